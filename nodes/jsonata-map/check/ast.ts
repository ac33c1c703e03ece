/** The parts of JSONata's syntax tree that are looked at. Source: jsonata 2, parser.js (its own types leave most out). */
import jsonata from "jsonata";

export interface AstNode {
	type: string;
	value?: unknown;
	position?: number; // where its first token ends
	steps?: AstNode[];
	predicate?: AstNode[]; // of type "filter", as are stages
	stages?: AstNode[];
	expr?: AstNode;
	group?: { lhs: [AstNode, AstNode][] };
	keepArray?: boolean; // lines[]
	keepSingletonArray?: boolean;
	expressions?: AstNode[];
	expression?: AstNode;
	lhs?: AstNode | [AstNode, AstNode][];
	rhs?: AstNode;
	condition?: AstNode;
	then?: AstNode;
	else?: AstNode;
	procedure?: AstNode;
	arguments?: AstNode[];
	body?: AstNode;
	thunk?: boolean; // a lambda that the parser put around the last call of a function
	terms?: { expression: AstNode }[];
}

/** @throws the parser's error: code, position, message */
export const parse = (source: string): AstNode => jsonata(source).ast() as unknown as AstNode;

export const isNode = (value: unknown): value is AstNode =>
	typeof value === "object" && value !== null && "type" in value;

/** Where the text of a name, a variable or another token starts. */
export function startOf(node: AstNode): number | null {
	if (node.type === "path" && node.steps?.[0]) return startOf(node.steps[0]);
	if (node.type === "function" && node.procedure) return startOf(node.procedure);
	if (node.type === "binary" && isNode(node.lhs)) return startOf(node.lhs);
	if (node.type === "condition" && node.condition) return startOf(node.condition);
	if (node.position === undefined) return null;
	const text = typeof node.value === "string" ? node.value.length : 1;
	if (node.type === "name") return node.position - text;
	if (node.type === "variable") return node.position - text - 1;
	if (node.type === "string") return node.position - text - 2;
	return node.position - 1;
}

/** The node and all below it. */
export function* walk(node: unknown, seen = new Set<unknown>()): Generator<AstNode> {
	if (typeof node !== "object" || node === null || seen.has(node)) return;
	seen.add(node);
	if (isNode(node)) yield node;
	for (const part of Object.values(node)) yield* walk(part, seen);
}
