/**
 * Small mistakes, made one at a time in a parsed mapping: what golden cases must notice. JSONata evaluates the very tree
 * that `ast()` gives, so a mistake is made in place and taken back.
 */

/** A node of JSONata's tree, as far as mistakes go. */
interface Ast {
	type?: string;
	value?: unknown;
	position?: number;
	[part: string]: unknown;
}

export interface Mutant {
	/** "= becomes !=", for people. */
	what: string;
	position: number; // in the mapping's text; of the nearest node that has one
	/** @returns what takes it back */
	make(): () => void;
}

const operators: Readonly<Record<string, string>> = {
	"=": "!=",
	"!=": "=",
	"<": ">=",
	">": "<=",
	"<=": ">",
	">=": "<",
	"+": "-",
	"-": "+",
	"*": "/",
	"/": "*",
	and: "or",
	or: "and",
};

/** Helpers that are easily taken for one another. */
const helpers: Readonly<Record<string, string>> = {
	yuan: "number",
	yuanText: "string",
	pieceYuan: "string",
	halfUp: "round",
	fixed: "string",
	day: "string",
	iso: "string",
	time: "string",
	exists: "not",
	sum: "max",
};

const isAst = (value: unknown): value is Ast => typeof value === "object" && value !== null && !Array.isArray(value);

/** Every mistake that can be made in the tree, in the order of the text as far as the tree keeps it. */
export function* mutantsOf(root: unknown): Generator<Mutant> {
	const seen = new Set<unknown>();
	yield* walk(root, 0);

	function* walk(node: unknown, near: number): Generator<Mutant> {
		if (typeof node !== "object" || node === null || seen.has(node)) return;
		seen.add(node);
		if (Array.isArray(node)) {
			for (const part of node) yield* walk(part, near);
			return;
		}
		const ast = node as Ast;
		const position = ast.position ?? near;
		for (const { what, make } of mistakes(ast)) yield { what, position, make };
		for (const part of Object.values(ast)) yield* walk(part, position);
	}
}

type Mistake = Omit<Mutant, "position">;

function* mistakes(ast: Ast): Generator<Mistake> {
	const { type, value } = ast;
	if (type === "binary") yield* ofOperator(ast, String(value));
	if (type === "string") yield set(ast, "value", `${String(value)}~`, `"${String(value)}" becomes another text`);
	if (type === "number") yield set(ast, "value", Number(value) + 1, `${String(value)} becomes one more`);
	if (type === "value" && typeof value === "boolean") yield set(ast, "value", !value, `${value} becomes ${!value}`);
	if (type === "name")
		yield set(ast, "value", `${String(value)}~`, `${String(value)} becomes a field that is not there`);
	if (type === "condition") yield* ofCondition(ast);
	if (type === "function") yield* ofCall(ast);
	if (value === "{" && Array.isArray(ast.lhs)) yield* ofPairs(ast.lhs as [Ast, Ast][]);
	if (type === "unary" && value === "[") yield* ofList(ast, ast.expressions as Ast[]);
	if (Array.isArray(ast.stages)) yield* ofFilters(ast, "stages");
	if (Array.isArray(ast.predicate)) yield* ofFilters(ast, "predicate");
}

function* ofOperator(ast: Ast, operator: string): Generator<Mistake> {
	const other = operators[operator];
	if (other) yield set(ast, "value", other, `${operator} becomes ${other}`);
	if (operator !== "&") return;
	yield set(ast, "rhs", nothing, "what stands after & goes");
	yield set(ast, "lhs", nothing, "what stands before & goes");
}

const nothing: Ast = { type: "string", value: "" };

function* ofCondition(ast: Ast): Generator<Mistake> {
	yield set(ast, "condition", { type: "value", value: true }, "the condition is always met");
	yield set(ast, "condition", { type: "value", value: false }, "the condition is never met");
}

function* ofCall(ast: Ast): Generator<Mistake> {
	const procedure = ast.procedure as Ast | undefined;
	const name = String(procedure?.value);
	const other = helpers[name];
	if (procedure && other) yield set(procedure, "value", other, `$${name} becomes $${other}`);
}

function* ofPairs(pairs: [Ast, Ast][]): Generator<Mistake> {
	for (const pair of pairs) yield without(pairs, pair, `the field ${JSON.stringify(pair[0].value)} goes`);
}

function* ofList(ast: Ast, items: Ast[]): Generator<Mistake> {
	const [only] = items;
	if (only && items.length === 1) yield become(ast, only, "the list's brackets go");
	else for (const item of items) yield without(items, item, "an item of the list goes");
}

function* ofFilters(ast: Ast, part: "stages" | "predicate"): Generator<Mistake> {
	const filters = (ast[part] as unknown[]).filter((stage) => isAst(stage) && stage.type === "filter");
	for (const filter of filters) yield without(ast[part] as unknown[], filter, "the filter goes");
}

function set(ast: Ast, part: string, wrong: unknown, what: string): Mistake {
	return {
		what,
		make() {
			const right = ast[part];
			ast[part] = wrong;
			return () => {
				ast[part] = right;
			};
		},
	};
}

/** The node turns into another one, where it stands. */
function become(ast: Ast, other: Ast, what: string): Mistake {
	return {
		what,
		make() {
			const right = { ...ast };
			const put = (properties: Ast): void => {
				for (const key of Object.keys(ast)) delete ast[key];
				Object.assign(ast, properties);
			};
			put(other);
			return () => put(right);
		},
	};
}

function without<T>(list: T[], item: T, what: string): Mistake {
	return {
		what,
		make() {
			const at = list.indexOf(item);
			list.splice(at, 1);
			return () => {
				list.splice(at, 0, item);
			};
		},
	};
}
