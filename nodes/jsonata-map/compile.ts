import jsonata from "jsonata";
import { helpers } from "../../config/mappings/helpers.ts";

export const limitMs = 500;

/** What went wrong, without the values the mapping was working on. `position` counts characters from 0. */
export interface MappingFailure {
	code: string;
	message: string;
	position: number | null;
}

export class MappingError extends Error {
	readonly problem: MappingFailure;
	constructor(problem: MappingFailure) {
		super(problem.message);
		this.problem = problem;
	}
}

interface AstNode {
	type?: string;
	position?: number;
}

/** Regular expressions escape every time limit of JSONata: a short one can run for minutes. */
function findRegex(ast: unknown, seen = new Set<unknown>()): AstNode | null {
	if (typeof ast !== "object" || ast === null || seen.has(ast)) return null;
	seen.add(ast);
	if ((ast as AstNode).type === "regex") return ast as AstNode;
	for (const part of Object.values(ast)) {
		const found = findRegex(part, seen);
		if (found) return found;
	}
	return null;
}

/**
 * Reads a mapping, with the helpers of config/mappings/helpers.ts ($yuan, $day …) at hand.
 * @throws MappingError when the text is not JSONata or holds a regular expression
 */
export function parseMapping(source: string): jsonata.Expression {
	const expression = readable(() => jsonata(source, { timeout: limitMs, stack: 500, sequence: 100_000 }));
	const regex = findRegex(expression.ast());
	if (regex) {
		throw new MappingError({
			code: "REGEX",
			message: "regular expressions are not allowed in mappings: use $contains, $split or $replace with plain text",
			position: regex.position ?? null,
		});
	}
	for (const [name, helper] of Object.entries(helpers)) expression.registerFunction(name, helper);
	return expression;
}

/** Makes a mapping ready to run. @throws as `parseMapping` */
export function compileMapping(source: string): (input: unknown) => Promise<unknown> {
	const expression = parseMapping(source);
	return async (input) => {
		try {
			return await expression.evaluate(input);
		} catch (err) {
			throw problemOf(err);
		}
	};
}

function readable<T>(work: () => T): T {
	try {
		return work();
	} catch (err) {
		throw problemOf(err);
	}
}

function problemOf(err: unknown): MappingError {
	const { code = "FAILED", message = String(err), position } = err as Partial<MappingFailure>;
	return new MappingError({ code, message: message.slice(0, 300), position: position ?? null });
}
