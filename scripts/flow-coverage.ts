/** Which nodes and branches of a tab no golden case goes through. */
import type { FlowNode } from "../services/editor/flow-files.ts";
import { wireId } from "../services/replay/rig/messages.ts";

export interface Coverage {
	nodes: number;
	branches: number;
	/** One line each: what no case goes through. */
	missing: string[];
}

/** `wires`: those that messages took. A branch is a wire from an output of a node to another node. */
export function coverageOf(tab: readonly FlowNode[], wires: ReadonlySet<string>): Coverage {
	const byId = new Map(tab.map(({ id, type, name }) => [id, { type, name }]));
	const named = (id: string): string => {
		const { type, name } = byId.get(id) ?? { type: "node", name: "" };
		return `${type}${name ? ` "${name}"` : ""} (${id})`;
	};
	const branches = tab.flatMap(({ id: from, wires: outputs = [] }) =>
		(outputs as string[][]).flatMap((targets, port) => targets.map((to) => ({ from, port, to }))),
	);
	const isTaken = ({ from, port, to }: (typeof branches)[number]): boolean => wires.has(wireId(from, port, to));
	const reached = new Set(branches.filter(isTaken).flatMap(({ from, to }) => [from, to]));
	const working = tab.filter(({ type, z }) => z && type !== "comment" && type !== "group");
	const missing = [
		...working.filter(({ id }) => !reached.has(id)).map(({ id }) => `no case reaches ${named(id)}`),
		...branches
			.filter((branch) => !isTaken(branch) && reached.has(branch.from) && reached.has(branch.to))
			.map(({ from, port, to }) => `no case goes from output ${port + 1} of ${named(from)} to ${named(to)}`),
	];
	return { nodes: working.length, branches: branches.length, missing };
}
