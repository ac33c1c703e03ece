import { differences } from "../../nodes/jsonata-map/case-diff.ts";
import type { FlowNode } from "./flow-files.ts";

const text = (value: unknown): string => (value === undefined ? "–" : JSON.stringify(value));

/** In what two flow configurations differ, a line for each node that came or went and for each setting that changed. */
export function flowDifference(before: readonly FlowNode[], after: readonly FlowNode[]): string[] {
	const [old, now] = [before, after].map((flows) => new Map(flows.map((node) => [node.id, node])));
	const named = ({ id, type, z, name, label }: FlowNode): string =>
		[`${type} ${id}`, ...(z ? [`on ${z}`] : []), ...(name || label ? [`"${name || label}"`] : [])].join(" ");
	return [
		...after.filter(({ id }) => !old?.has(id)).map((node) => `+ ${named(node)}`),
		...before.filter(({ id }) => !now?.has(id)).map((node) => `- ${named(node)}`),
		...after.flatMap((node) => {
			const found = old?.has(node.id) ? differences(old.get(node.id), node) : [];
			return found.map(({ at, expected, actual }) => `~ ${named(node)}: ${at}: ${text(expected)} → ${text(actual)}`);
		}),
	];
}
