/** Whether an index that leaves documents out (sparse, partial) holds all that a filter can match. */
import { equal } from "../bson/compare.ts";
import { type Doc, isNullish, type Value } from "../bson/values.ts";
import { compileFilter } from "../query/filter.ts";
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
		if (!isOperators(required)) return arePoints(conditions, field, required);
		return Object.keys(required).every((operator) => {
			if (operator === "$exists") return isPresent(conditions, field); // `$exists: false` is refused in partial filters
			const operand = required[operator];
			if (written.some((condition) => isOperators(condition) && equal(condition[operator], operand))) return true;
			return arePoints(conditions, field, { [operator]: operand });
		});
	});
}

/** Some condition only allows values that all satisfy the required one. Null does not count: it also means missing. */
function arePoints(conditions: Conditions, field: string, required: Value): boolean {
	const satisfies = compileFilter({ value: required });
	const isFitting = (value: Value): boolean => !isNullish(value) && satisfies({ value }, null);
	return conditions.predicates.get(field)?.some(({ points }) => points?.every(isFitting)) ?? false;
}
