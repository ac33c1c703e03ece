/** Whether an index that leaves documents out (sparse, partial) holds all that a filter can match. */
import { compare, equal } from "../bson/compare.ts";
import { toNumber } from "../bson/number.ts";
import { isNumeric, TYPE_NUMBERS, typeClass, typeNumber } from "../bson/types.ts";
import type { Doc, Value } from "../bson/values.ts";
import { type Conditions, isOperators } from "./conditions.ts";
import type { IndexDefinition } from "./definition.ts";

export function holdsAllMatches(index: IndexDefinition, conditions: Conditions): boolean {
	if (index.sparse && !index.fields.some((field) => isPresent(conditions, field))) return false;
	return index.partialFilter === undefined || impliesFilter(conditions, index.partialFilter);
}

function isPresent(conditions: Conditions, field: string): boolean {
	if (conditions.present.has(field)) return true;
	return conditions.predicates.get(field)?.some((predicate) => predicate.impliesPresence) ?? false;
}

function impliesFilter(conditions: Conditions, partialFilter: Doc): boolean {
	return Object.keys(partialFilter).every((field) => {
		const required = partialFilter[field];
		if (field === "$and" && Array.isArray(required)) {
			return required.every((part) => impliesFilter(conditions, part as Doc));
		}
		if (field.startsWith("$")) return false;
		const written = conditions.written.get(field) ?? [];
		if (written.some((condition) => equal(condition, required))) return true;
		if (!isOperators(required)) return hasPoints(conditions, field, (value) => equal(value, required));
		return Object.keys(required).every((operator) => impliesOperator(conditions, field, operator, required[operator]));
	});
}

function impliesOperator(conditions: Conditions, field: string, operator: string, operand: Value): boolean {
	switch (operator) {
		case "$exists":
			return (operand === true || operand === 1) && isPresent(conditions, field);
		case "$eq":
			return hasPoints(conditions, field, (value) => equal(value, operand));
		case "$in":
			return Array.isArray(operand) && hasPoints(conditions, field, (value) => operand.some((x) => equal(x, value)));
		case "$type": {
			const types = (Array.isArray(operand) ? operand : [operand]).map(numberOfType);
			return hasPoints(conditions, field, (value) => types.includes(typeNumber(value)));
		}
		case "$gt":
			return implies(conditions, field, operator, operand, (order) => order > 0);
		case "$gte":
			return implies(conditions, field, operator, operand, (order) => order >= 0);
		case "$lt":
			return implies(conditions, field, operator, operand, (order) => order < 0);
		case "$lte":
			return implies(conditions, field, operator, operand, (order) => order <= 0);
		default:
			return false;
	}
}

function numberOfType(type: Value): number | undefined {
	return typeof type === "string" ? TYPE_NUMBERS[type] : isNumeric(type) ? toNumber(type) : undefined;
}

/** Some condition only allows values that all satisfy the test. */
function hasPoints(conditions: Conditions, field: string, test: (value: Value) => boolean): boolean {
	return conditions.predicates.get(field)?.some(({ points }) => points?.every(test)) ?? false;
}

function implies(
	conditions: Conditions,
	field: string,
	operator: string,
	operand: Value,
	satisfied: (order: number) => boolean,
): boolean {
	const sameClass = (value: Value): boolean => typeClass(value) === typeClass(operand);
	if (hasPoints(conditions, field, (value) => sameClass(value) && satisfied(compare(value, operand)))) return true;
	const written = conditions.written.get(field) ?? [];
	return written.some((condition) => isOperators(condition) && equal(condition[operator], operand));
}
