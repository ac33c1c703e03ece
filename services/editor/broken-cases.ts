/** Whether mappings keep their golden cases when they are deployed, and how that is told. */
import { errorTypes } from "../../config/errors.ts";
import { type CaseResult, type CaseSettings, casesOf, runCases } from "../../nodes/jsonata-map/cases.ts";
import { Mapper } from "../../nodes/jsonata-map/mapper.ts";
import { readMapping } from "../../nodes/jsonata-map/mapping-files.ts";
import { activeNodes } from "./active-nodes.ts";
import type { FlowNode } from "./flow-files.ts";
import { placeOf } from "./place.ts";

export interface BrokenCase {
	place: string; // `tab › node`, by their names
	name: string; // of the case; "" when the mapping or its cases cannot be read
	problems: string[]; // `items[0].qty: 2 ≠ 1`: expected ≠ got; or why the mapping failed
}

type MappingNode = FlowNode & CaseSettings & { expression: string };

/** The cases that active jsonata-map nodes break. What was not run within `limitMs` counts as broken. */
export async function brokenCases(flows: readonly FlowNode[], limitMs = 10_000): Promise<BrokenCase[]> {
	const nodes = activeNodes(flows).filter(({ type }) => type === "jsonata-map") as MappingNode[];
	const mapper = new Mapper();
	let late = false;
	const timer = setTimeout(() => {
		late = true;
		void mapper.close(); // what waits fails
	}, limitMs);
	try {
		const found = await Promise.all(nodes.map((node) => brokenBy(mapper, node, placeOfMapping(flows, node))));
		const lines = late ? [`> ${limitMs} ms`] : [];
		return found.flat().map((each) => ({ ...each, problems: [...lines, ...each.problems] }));
	} finally {
		clearTimeout(timer);
		await mapper.close();
	}
}

async function brokenBy(mapper: Mapper, node: MappingNode, place: string): Promise<BrokenCase[]> {
	try {
		const source = node.source === "inline" ? node.expression : await readMapping(node.file);
		const results = await runCases(mapper, source, await casesOf(node));
		return results
			.filter(({ passed }) => !passed)
			.map((result) => ({ place, name: result.name, problems: lines(result) }));
	} catch (err) {
		return [{ place, name: "", problems: [(err as Error).message] }];
	}
}

const placeOfMapping = (flows: readonly FlowNode[], node: MappingNode): string =>
	placeOf(flows, node, node.source === "file" ? node.file : "");

const lines = ({ failure, differences }: CaseResult): string[] => [
	...(failure ? [failure] : []),
	...differences.map(({ at, expected, actual }) => `${at || "*"}: ${text(expected)} ≠ ${text(actual)}`),
];

const longest = 80; // characters of a value that are shown
const text = (value: unknown): string => (value === undefined ? "–" : JSON.stringify(value).slice(0, longest));

const shown = 5;

/** The first few cases with their first few fields, in no language. */
function brokenLines(broken: readonly BrokenCase[]): string[] {
	const more = broken.length - shown;
	return [
		...broken
			.slice(0, shown)
			.flatMap(({ place, name, problems }) => [
				[place, name].filter(Boolean).join(" › "),
				...problems.slice(0, shown).map((problem) => `  ${problem}`),
			]),
		...(more > 0 ? [`… +${more}`] : []),
	];
}

/** For the author of the flow, in lines. */
export const brokenWords = (broken: readonly BrokenCase[]): { zh: string; en: string } => {
	const { zh, en } = errorTypes.CASES_BROKEN;
	const lines = brokenLines(broken);
	return { zh: [zh, ...lines].join("\n"), en: [en, ...lines].join("\n") };
};
