/** Reads the specification of a projection: what happens to which field. */
import { toInteger } from "./bson/number.ts";
import { show } from "./bson/show.ts";
import { isNumeric } from "./bson/types.ts";
import { type Doc, isPlain, type Value } from "./bson/values.ts";
import { StoreError } from "./errors.ts";
import { compileExpression, isExpressionOperator } from "./expression/expression.ts";
import type { Expression, Scope } from "./expression/operator.ts";
import { truthy } from "./expression/truth.ts";
import { compileFilter } from "./query/filter.ts";

/** Projections of find know `$slice`, `$elemMatch` and the positional `$`; those of an aggregation don't. */
export type ProjectionMode = "find" | "aggregate";

export type Rule =
	| { kind: "include" }
	| { kind: "exclude" }
	| { kind: "compute"; expression: Expression }
	| { kind: "slice"; from: number | undefined; count: number }
	| { kind: "firstMatching"; matches: (element: Value) => boolean }
	| { kind: "positional" }
	| { kind: "nested"; fields: Rules };

export type Rules = Map<string, Rule>;

export interface Projection {
	/** Whether only what is named stays, or everything but what is named. */
	inclusion: boolean;
	rules: Rules;
}

export function readProjection(spec: Value, mode: ProjectionMode, scope: Scope): Projection {
	if (!isPlain(spec)) throw new StoreError(15969, "a projection must be an object");
	if (mode === "aggregate" && Object.keys(spec).length === 0) {
		throw new StoreError(51272, "Invalid $project: the specification must have at least one field");
	}
	const reader = new ProjectionReader(mode, scope);
	for (const path of Object.keys(spec)) reader.read(path, spec[path]);
	return reader.finish();
}

class ProjectionReader {
	private readonly mode: ProjectionMode;
	private readonly scope: Scope;
	private readonly variables: ReadonlySet<string>;
	private readonly rules: Rules = new Map();
	private included = false;
	private excluded = false;
	private computed = false;
	private sliced = false;
	private id: boolean | undefined;

	constructor(mode: ProjectionMode, scope: Scope) {
		this.mode = mode;
		this.scope = scope;
		this.variables = new Set(Object.keys(scope.variables));
	}

	read(path: string, value: Value): void {
		if (this.mode === "find" && path.endsWith(".$")) {
			this.include(path);
			addRule(this.rules, path.slice(0, -2), { kind: "positional" });
		} else if (typeof value === "boolean" || isNumeric(value)) {
			this.readFlag(path, truthy(value));
		} else if (isPlain(value)) {
			this.readDocument(path, value);
		} else {
			this.compute(path, value);
		}
	}

	finish(): Projection {
		if (this.excluded && this.computed) throw new StoreError(31252, "Cannot use expressions in exclusion projection");
		const inclusion = this.included || this.computed || (!this.excluded && !this.sliced && this.id === true);
		if (inclusion && this.id === undefined && !this.rules.has("_id")) this.rules.set("_id", { kind: "include" });
		if (!inclusion && this.id === false) this.rules.set("_id", { kind: "exclude" });
		return { inclusion, rules: this.rules };
	}

	/** `_id` may be switched either way in either kind of projection. */
	private readFlag(path: string, on: boolean): void {
		if (path === "_id") {
			this.id = on;
			if (on) addRule(this.rules, path, { kind: "include" });
		} else if (on) {
			this.include(path);
			addRule(this.rules, path, { kind: "include" });
		} else {
			if (this.included) throw new StoreError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
			this.excluded = true;
			addRule(this.rules, path, { kind: "exclude" });
		}
	}

	private include(path: string): void {
		if (this.excluded) throw new StoreError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
		this.included = true;
	}

	private readDocument(path: string, value: Doc): void {
		const names = Object.keys(value);
		const [operator] = names;
		if (operator === undefined) throw new StoreError(51270, `An empty sub-projection is not valid: ${path}`);
		if (this.mode === "find" && operator === "$slice" && !isExpressionSlice(value.$slice)) {
			this.sliced = true; // on its own it cuts an array and keeps the other fields
			addRule(this.rules, path, sliceRule(value.$slice));
		} else if (this.mode === "find" && operator === "$elemMatch") {
			if (path.includes(".")) throw new StoreError(31275, "Cannot use $elemMatch projection on a nested field.");
			this.include(path);
			addRule(this.rules, path, elementRule(value.$elemMatch, this.scope));
		} else if (operator.startsWith("$")) {
			if (!isExpressionOperator(operator)) throw new StoreError(31325, `Unknown expression ${operator}`);
			this.compute(path, value);
		} else {
			for (const name of names) this.read(`${path}.${name}`, value[name]);
		}
	}

	private compute(path: string, expression: Value): void {
		this.computed = true;
		if (path === "_id") this.id = true;
		addRule(this.rules, path, { kind: "compute", expression: compileExpression(expression, this.variables) });
	}
}

/** Puts a rule at a dotted path. Throws 31249 and 31250 when it would lie within another, or another within it. */
export function addRule(rules: Rules, path: string, rule: Rule): void {
	const parts = path.split(".");
	const last = parts.pop() ?? "";
	let level = rules;
	for (const part of parts) {
		refuseBadName(part);
		const present = level.get(part) ?? { kind: "nested", fields: new Map<string, Rule>() };
		if (present.kind !== "nested") throw new StoreError(31249, `Path collision at ${path} remaining portion ${part}`);
		level.set(part, present);
		level = present.fields;
	}
	refuseBadName(last);
	if (level.has(last)) throw new StoreError(31250, `Path collision at ${path}`);
	level.set(last, rule);
}

function refuseBadName(name: string): void {
	if (name === "") throw new StoreError(40352, "FieldPath cannot be constructed with empty string");
	if (name.startsWith("$")) throw new StoreError(16410, "FieldPath field names may not start with '$'.");
}

/** `$slice: 5`, `$slice: [skip, count]`; with an array or expression first it is the expression of that name. */
const isExpressionSlice = (operand: Value): boolean => Array.isArray(operand) && !isNumeric(operand[0]);

function sliceRule(operand: Value): Rule {
	if (!Array.isArray(operand)) return { kind: "slice", from: undefined, count: sliceNumber(operand) };
	if (operand.length !== 2) throw new StoreError(28724, "$slice takes a count, or what to skip and a count");
	const count = sliceNumber(operand[1]);
	if (count <= 0) throw new StoreError(28724, `$slice limit must be positive: ${count}`);
	return { kind: "slice", from: sliceNumber(operand[0]), count };
}

function sliceNumber(operand: Value): number {
	const whole = isNumeric(operand) ? toInteger(operand) : undefined;
	if (whole === undefined) throw new StoreError(28667, `Invalid $slice syntax. ${show(operand)} is no integer`);
	return Number(whole);
}

function elementRule(operand: Value, scope: Scope): Rule {
	if (!isPlain(operand)) throw new StoreError(31274, `$elemMatch takes an object, not ${show(operand)}`);
	const filter = compileFilter({ elements: { $elemMatch: operand } }, scope);
	return { kind: "firstMatching", matches: (element) => filter({ elements: [element] }, null) };
}
