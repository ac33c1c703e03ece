/** Arrays taken as sets. Results are sorted: MongoDB leaves their order open. */
import { compare, equal } from "../bson/compare.ts";
import { typeName } from "../bson/types.ts";
import type { Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { type Operators, onPresent, onValues, type Present } from "./operator.ts";
import { truthy } from "./truth.ts";

const ANY_NUMBER = Number.POSITIVE_INFINITY;

function setOf(name: string, value: Value, code: number): Value[] {
	if (!Array.isArray(value)) {
		throw new StoreError(code, `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`);
	}
	return distinct(value);
}

export function distinct(values: readonly Value[]): Value[] {
	const sorted = [...values].sort(compare);
	return sorted.filter((value, i) => i === 0 || !equal(value, sorted[i - 1]));
}

const contains = (set: readonly Value[], value: Value): boolean => set.some((element) => equal(element, value));

const isSubset = (inner: readonly Value[], outer: readonly Value[]): boolean =>
	inner.every((value) => contains(outer, value));

const union = (...sets: Present[]): Value => distinct(sets.flatMap((set) => setOf("$setUnion", set, 17043)));

function intersection(...values: Present[]): Value {
	const [first, ...others] = values.map((value) => setOf("$setIntersection", value, 17047));
	return (first ?? []).filter((value) => others.every((set) => contains(set, value)));
}

/** Keeps the order of the first operand. */
function difference(a: Present, b: Present): Value {
	const unwanted = setOf("$setDifference", b, 17049);
	if (!Array.isArray(a)) setOf("$setDifference", a, 17048);
	const kept: Value[] = [];
	for (const value of a as Value[]) if (!contains(unwanted, value) && !contains(kept, value)) kept.push(value);
	return kept;
}

function equals(...values: Value[]): Value {
	const [first = [], ...others] = values.map((value) => setOf("$setEquals", value, 17044));
	return others.every((set) => isSubset(first, set) && isSubset(set, first));
}

export const sets: Operators = {
	$setUnion: onPresent("$setUnion", 0, ANY_NUMBER, union),
	$setIntersection: onPresent("$setIntersection", 0, ANY_NUMBER, intersection),
	$setDifference: onPresent("$setDifference", 2, 2, difference),
	$setEquals: onValues("$setEquals", 2, ANY_NUMBER, equals),
	$setIsSubset: onValues("$setIsSubset", 2, 2, (a, b) =>
		isSubset(setOf("$setIsSubset", a, 17046), setOf("$setIsSubset", b, 17042)),
	),
	$anyElementTrue: onValues("$anyElementTrue", 1, 1, (value) => setOf("$anyElementTrue", value, 17041).some(truthy)),
	$allElementsTrue: onValues("$allElementsTrue", 1, 1, (value) =>
		setOf("$allElementsTrue", value, 17040).every(truthy),
	),
};
