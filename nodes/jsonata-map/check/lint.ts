/** What can be told of a mapping by reading it, with the place where it stands. */
import { parse, walk } from "./ast.ts";
import { regexWords } from "./failure.ts";
import { Findings } from "./finding.ts";
import { Reader } from "./infer.ts";
import { inputShape } from "./input-shape.ts";
import { type MappingProblem, type MappingTarget, placeOf } from "./problem.ts";
import { Scope } from "./scope.ts";
import type { Shape } from "./shape.ts";

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
	try {
		return readingOf(source, inputShape(kind, settings));
	} catch (err) {
		if (!(err instanceof RangeError)) throw err; // the stack is full: of a mapping that no person wrote
		return { problems: [tooDeep], placeOf: () => placeOf(source, null), fieldAt: () => "" };
	}
}

const tooDeep: MappingProblem = {
	level: "error",
	code: "SYNTAX",
	field: "",
	line: null,
	column: null,
	words: { zh: "映射嵌套过深，请拆分", en: "The mapping is nested too deeply: take it apart" },
};

function readingOf(source: string, input: Shape): Reading {
	const ast = parse(source);
	const findings = new Findings();
	new Reader(findings).read(ast, input, new Scope(null), "");
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
