/** How a flow configuration is laid out in files: one per tab (or subflow), plain Node-RED JSON that can be imported. */

/** A node of any kind, as Node-RED stores it. */
export interface FlowNode {
	id: string;
	type: string;
	z?: string;
	[property: string]: unknown;
}

/** Configuration nodes used by no tab or by several. */
const globalFile = "global.json";
/** The tabs from left to right, as ids. Without it they are in alphabetical order. */
export const orderFile = "tabs.json";
/** Golden cases lie beside the flows of the repository. */
export const isFlowFile = (name: string): boolean =>
	name.endsWith(".json") && !name.endsWith(".cases.json") && name !== orderFile;

const first = ["id", "type", "z", "g", "name", "label"];
const last = ["x", "y", "w", "h", "wires"];

/** The same keys in the same order, however they were put in: a deploy changes only the lines that changed. */
function tidy(node: FlowNode): FlowNode {
	const rest = Object.keys(node)
		.filter((key) => !first.includes(key) && !last.includes(key))
		.sort();
	const keys = [...first, ...rest, ...last].filter((key) => key in node);
	return Object.fromEntries(keys.map((key) => [key, node[key]])) as FlowNode;
}

const isHome = ({ type }: FlowNode): boolean => type === "tab" || type === "subflow";
const fileOf = (homeId: string): string => `${encodeURIComponent(homeId)}.json`;

/** Every text anywhere in a node: among them are the ids of the configuration nodes that it uses. */
function* textsIn(value: unknown): Generator<string> {
	if (typeof value === "string") yield value;
	else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) yield* textsIn(part);
}

/** For each configuration node without a place of its own: the tabs that use it, directly or through others. */
function usersOf(flows: readonly FlowNode[]): Map<string, Set<string>> {
	const users = new Map(flows.filter((node) => !node.z && !isHome(node)).map(({ id }) => [id, new Set<string>()]));
	const byId = new Map(flows.map((node) => [node.id, node]));
	const mark = ({ id: _id, type: _type, ...settings }: FlowNode, home: string): void => {
		for (const text of textsIn(settings)) {
			const homes = users.get(text);
			const used = byId.get(text);
			if (!homes || !used || homes.has(home)) continue;
			homes.add(home);
			mark(used, home);
		}
	};
	for (const node of flows) {
		const home = isHome(node) ? node.id : node.z;
		if (home) mark(node, home);
	}
	return users;
}

/** @returns file name -> its text */
export function toFiles(flows: readonly FlowNode[]): Map<string, string> {
	const users = usersOf(flows);
	const files = new Map<string, FlowNode[]>();
	for (const node of flows) {
		const homes = users.get(node.id);
		const [only] = homes?.size === 1 ? homes : [];
		const home = isHome(node) ? node.id : (node.z ?? only);
		const file = home === undefined ? globalFile : fileOf(home);
		files.set(file, [...(files.get(file) ?? []), tidy(node)]);
	}
	const order = flows.filter(isHome).map(({ id }) => id);
	const text = (value: unknown): string => `${JSON.stringify(value, null, "\t")}\n`;
	return new Map([...[...files].map(([file, nodes]) => [file, text(nodes)] as const), [orderFile, text(order)]]);
}

/** @throws SyntaxError for a file that is no JSON */
export function fromFiles(files: ReadonlyMap<string, string>): FlowNode[] {
	const order = JSON.parse(files.get(orderFile) ?? "[]") as string[];
	const place = (file: string): number => {
		const at = order.findIndex((id) => fileOf(id) === file);
		return at < 0 ? order.length : at;
	};
	return [...files.keys()]
		.filter(isFlowFile)
		.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
		.flatMap((file) => JSON.parse(files.get(file) ?? "[]") as FlowNode[]);
}
