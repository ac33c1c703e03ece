/** What a filter says about single fields, in the form an index can use. The filter itself is still tested. */
import { BSONRegExp, type Doc, isPlain, type Value } from "../bson/values.ts";
import { type Comparison, compared, equalTo, type KeyCondition, matching, oneOf } from "./ranges.ts";

/** All of it holds for every document the filter matches. */
export interface Conditions {
	predicates: Map<string, KeyCondition[]>;
	/** The conditions as written, by field. */
	written: Map<string, Value[]>;
	/** Fields with `{$exists: true}`. */
	present: Set<string>;
	/** The branches of each `$or`. */
	alternatives: Doc[][];
	/** The filter says nothing beyond `predicates`. */
	complete: boolean;
}

export function conditionsOf(filter: Doc): Conditions {
	const conditions: Conditions = {
		predicates: new Map(),
		written: new Map(),
		present: new Set(),
		alternatives: [],
		complete: true,
	};
	addFilter(conditions, filter);
	return conditions;
}

function addFilter(conditions: Conditions, filter: Doc): void {
	for (const name in filter) {
		const value = filter[name];
		if (!name.startsWith("$")) addField(conditions, name, value);
		else if (name === "$and" && isDocuments(value)) for (const part of value) addFilter(conditions, part);
		else if (name === "$or" && isDocuments(value)) addAlternatives(conditions, value);
		else if (name !== "$comment") conditions.complete = false;
	}
}

const isDocuments = (value: Value): value is Doc[] => Array.isArray(value) && value.every(isPlain);

function addAlternatives(conditions: Conditions, branches: Doc[]): void {
	const [only, second] = branches;
	if (only !== undefined && second === undefined) {
		addFilter(conditions, only);
		return;
	}
	conditions.alternatives.push(branches);
	conditions.complete = false;
}

function addField(conditions: Conditions, field: string, value: Value): void {
	append(conditions.written, field, value);
	if (value instanceof BSONRegExp) {
		addPredicate(conditions, field, matching(value.pattern, value.options));
	} else if (isOperators(value)) {
		for (const operator in value) addOperator(conditions, field, operator, value);
	} else {
		addPredicate(conditions, field, equalTo(value));
	}
}

/** {$gt: 5}, but not the literal {$ref: …} of a DBRef. */
export function isOperators(value: Value): value is Doc {
	if (!isPlain(value)) return false;
	for (const first in value) return first.startsWith("$") && first !== "$ref";
	return false;
}

function addOperator(conditions: Conditions, field: string, operator: string, operators: Doc): void {
	const operand = operators[operator];
	if (operator === "$exists" && isTrue(operand)) {
		conditions.present.add(field);
		conditions.complete = false;
	} else if (operator === "$elemMatch" && isPlain(operand)) {
		addElementMatch(conditions, field, operand);
	} else if (operator !== "$options") {
		addPredicate(conditions, field, predicateOf(operator, operand, operators));
	}
}

const isTrue = (value: Value): boolean => value === true || value === 1;

function predicateOf(operator: string, operand: Value, operators: Doc): KeyCondition | undefined {
	switch (operator) {
		case "$eq":
			return equalTo(operand);
		case "$in":
			return Array.isArray(operand) ? oneOf(operand) : undefined;
		case "$all":
			return Array.isArray(operand) ? firstOf(operand) : undefined;
		case "$gt":
		case "$gte":
		case "$lt":
		case "$lte":
			return compared(operator satisfies Comparison, operand);
		case "$regex":
			return regexPredicate(operand, operators.$options);
		default:
			return undefined;
	}
}

/** A document with all values has the first one. */
function firstOf(values: readonly Value[]): KeyCondition | undefined {
	const [first] = values;
	const condition = isPlain(first) ? undefined : equalTo(first);
	return condition && { ...condition, exact: false };
}

function regexPredicate(pattern: Value, options: Value): KeyCondition | undefined {
	const given = typeof options === "string" ? options : "";
	if (pattern instanceof BSONRegExp) return matching(pattern.pattern, pattern.options + given);
	return typeof pattern === "string" ? matching(pattern, given) : undefined;
}

/**
 * `{a: {$elemMatch: {b: 1}}}` implies some element with b = 1: a condition on "a.b". Operators on the elements
 * themselves are left to the filter.
 */
function addElementMatch(conditions: Conditions, field: string, element: Doc): void {
	conditions.complete = false;
	if (isOperators(element)) return;
	const inner = conditionsOf(element);
	for (const [name, predicates] of inner.predicates) {
		for (const predicate of predicates) {
			append(conditions.predicates, `${field}.${name}`, { ...predicate, exact: false });
		}
	}
}

function addPredicate(conditions: Conditions, field: string, predicate: KeyCondition | undefined): void {
	if (predicate === undefined) conditions.complete = false;
	else append(conditions.predicates, field, predicate);
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
	const list = map.get(key);
	if (list === undefined) map.set(key, [value]);
	else list.push(value);
}
