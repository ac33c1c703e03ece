/** The golden cases of a jsonata-map node: which they are, and whether a mapping keeps them. */
import { hubError } from "../../config/errors.ts";
import { type Difference, differences } from "./case-diff.ts";
import type { Mapper } from "./mapper.ts";
import { type Case, readCases } from "./mapping-files.ts";

/**
 * A case that the node itself keeps: a new one, or what it has to say about the case of that name of `casesFrom`: that
 * it goes (`removed`), or that another output is right, or another input.
 */
export interface OwnCase {
	name: string;
	input?: unknown;
	output?: unknown;
	removed?: boolean;
}

/** The settings of a jsonata-map node that say which cases apply to it. */
export interface CaseSettings {
	source: "file" | "inline";
	file: string;
	casesFrom?: string; // of an inline mapping: the mapping file whose cases apply; "" none
	cases?: readonly OwnCase[]; // of an inline mapping
}

export interface CaseResult {
	name: string;
	passed: boolean;
	output: unknown; // what the mapping made; undefined when it failed or made nothing
	differences: Difference[];
	failure: string; // why it made nothing: the mapping's error; "" when it ran
}

/**
 * A mapping file goes by the cases beside it; an inline mapping by those of `casesFrom`, with its own put over them.
 * @throws INVALID for an own case that is not whole; Error when a file is missing
 */
export async function casesOf({ source, file, casesFrom = "", cases = [] }: CaseSettings): Promise<Case[]> {
	if (source === "file") return readCases(file);
	const merged = new Map((casesFrom ? await readCases(casesFrom) : []).map((each) => [each.name, each]));
	for (const { removed, ...own } of cases) {
		const whole = { ...merged.get(own.name), ...own };
		if (removed) merged.delete(own.name);
		else if ("input" in whole && "output" in whole) merged.set(own.name, whole as Case);
		else throw hubError("INVALID", `the case "${own.name}" needs an input and an output`);
	}
	return [...merged.values()];
}

/** Runs the mapping `source` on the input of each case. Never throws for what the mapping does. */
export function runCases(mapper: Mapper, source: string, cases: readonly Case[]): Promise<CaseResult[]> {
	return Promise.all(cases.map((each) => runCase(mapper, source, each)));
}

async function runCase(mapper: Mapper, source: string, { name, input, output: expected }: Case): Promise<CaseResult> {
	try {
		const output = await mapper.run(source, input);
		const found = differences(expected, output);
		return { name, passed: found.length === 0, output, differences: found, failure: "" };
	} catch (err) {
		return { name, passed: false, output: undefined, differences: [], failure: (err as Error).message };
	}
}
