import type { Words } from "../../../services/erp/format.ts";
import { type AstNode, startOf } from "./ast.ts";
import { type MappingProblem, type ProblemCode, placeOf } from "./problem.ts";

export interface Finding {
	level: MappingProblem["level"];
	code: ProblemCode;
	node: AstNode;
	path: string; // of the document, or "$name…" inside a variable of the mapping
	field?: string; // of the input, where it is about that
	words: Words; // the trap and the remedy
}

/** What was found while a mapping was read, and which fields of the document each variable goes into. */
export class Findings {
	readonly #found = new Map<string, Finding>();
	readonly #uses = new Map<string, Set<string>>();
	readonly #keys = new Map<string, AstNode>();

	/** The field of the document is made here. */
	made(field: string, key: AstNode): void {
		if (!this.#keys.has(field)) this.#keys.set(field, key);
	}

	/** A function of the mapping is read once for each place that calls it: each trap counts once. */
	add(finding: Finding): void {
		const key = `${finding.code} ${finding.field ?? ""} ${finding.node.position}`;
		if (!this.#found.has(key)) this.#found.set(key, finding);
	}

	uses(variable: string, path: string): void {
		this.#uses.set(variable, (this.#uses.get(variable) ?? new Set()).add(path));
	}

	/** Where in the text a field of the document is made, or the nearest that it is in; null: the text does not say. */
	placeOf(source: string, field: string): Pick<MappingProblem, "line" | "column"> {
		const key = this.#keys.get(field);
		const outer = field.replace(/(\[\]|\.?[^.[\]]+)$/, "");
		if (key || outer === "" || outer === field) return placeOf(source, key ? startOf(key) : null);
		return this.placeOf(source, outer);
	}

	/** The field whose value stands at a place of the text, as far as its key tells: the last one before it; "" none. */
	fieldAt(source: string, line: number, column: number): string {
		const before = source.split("\n").slice(0, line - 1);
		const position = before.reduce((sum, each) => sum + each.length + 1, column - 1);
		const starts = [...this.#keys].map(([field, key]) => ({ field, start: startOf(key) ?? 0 }));
		const earlier = starts.filter(({ start }) => start <= position).sort((a, b) => b.start - a.start);
		return earlier[0]?.field ?? "";
	}

	problems(source: string): MappingProblem[] {
		return [...this.#found.values()].map(({ level, code, node, path, field, words }) => {
			const document = this.#documentFields(path);
			const named = field ?? document[0] ?? path;
			const used = document.filter((each) => each !== named).slice(0, 3);
			return {
				level,
				code,
				field: named,
				...placeOf(source, startOf(node)),
				words: {
					zh: `${named}：${words.zh}${used.length ? `（用于 ${used.join("、")}）` : ""}`,
					en: `${named}: ${words.en}${used.length ? ` (used for ${used.join(", ")})` : ""}`,
				},
			};
		});
	}

	#documentFields(path: string, seen = new Set<string>()): string[] {
		const variable = /^\$(\w+)/.exec(path)?.[1];
		if (variable === undefined) return path === "" ? [] : [path];
		if (seen.has(variable)) return [];
		seen.add(variable);
		return [...(this.#uses.get(variable) ?? [])].flatMap((each) => this.#documentFields(each, seen));
	}
}
