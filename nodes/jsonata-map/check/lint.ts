/** What can be told of a mapping by reading it, with the place where it stands. */
import { parse, walk } from "./ast.ts";
import { regexWords } from "./failure.ts";
import { Findings } from "./finding.ts";
import { Reader } from "./infer.ts";
import { inputShape } from "./input-shape.ts";
import type { MappingProblem, MappingTarget } from "./problem.ts";
import { Scope } from "./scope.ts";

export interface Reading {
	problems: MappingProblem[];
	/** Where in the text a field of the document is made. */
	placeOf(field: string): Pick<MappingProblem, "line" | "column">;
	/** The field that is made at a place of the text; "" where none is. */
	fieldAt(line: number, column: number): string;
}

/**
 * `settings`: names that `cfg` may have; null: any.
 * @throws the parser's error for what is no JSONata
 */
export function lint(source: string, kind: MappingTarget["kind"], settings: readonly string[] | null): Reading {
	const ast = parse(source);
	const findings = new Findings();
	new Reader(findings).read(ast, inputShape(kind, settings), new Scope(null), "");
	for (const node of walk(ast)) {
		// Also in a function that nothing calls: the mapping does not start with one anywhere.
		if (node.type === "regex") findings.add({ level: "error", code: "REGEX", node, path: "", words: regexWords });
	}
	return {
		problems: findings.problems(source),
		placeOf: (field) => findings.placeOf(source, field),
		fieldAt: (line, column) => findings.fieldAt(source, line, column),
	};
}
