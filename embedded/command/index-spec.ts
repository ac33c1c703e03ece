/** Reads index specifications: checks them, and brings them into the one form that is stored and listed. */
import { equal } from "../bson/compare.ts";
import { toNumber } from "../bson/number.ts";
import { show } from "../bson/show.ts";
import { isNumeric } from "../bson/types.ts";
import { type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { failedToParse, StoreError } from "../errors.ts";
import { truthy } from "../expression/truth.ts";
import { compileFilter } from "../query/filter.ts";

const OFFERED = ["key", "name", "unique", "sparse", "partialFilterExpression", "expireAfterSeconds"];
/** Options that say nothing here. */
const INDIFFERENT = ["v", "background", "ns"];
const MAX_FIELDS = 31;

const cannotCreate = (message: string): StoreError => new StoreError("CannotCreateIndex", message);

export function readIndexSpec(given: Doc): Doc {
	const { key, name, expireAfterSeconds, partialFilterExpression } = given;
	if (!isPlain(key)) throw failedToParse("The 'key' field is a required property of an index specification");
	if (typeof name !== "string" || name === "") {
		throw failedToParse("The 'name' field is a required property of an index specification");
	}
	refuseUnknownOptions(given);
	checkKeyPattern(key);
	const spec = newDoc();
	spec.v = 2;
	spec.key = key;
	spec.name = name;
	for (const flag of ["unique", "sparse"]) if (truthy(given[flag])) spec[flag] = true;
	if (partialFilterExpression !== undefined)
		spec.partialFilterExpression = checkedPartialFilter(partialFilterExpression);
	if (spec.sparse === true && partialFilterExpression !== undefined) {
		throw cannotCreate('cannot mix "partialFilterExpression" and "sparse" options');
	}
	if (expireAfterSeconds !== undefined) spec.expireAfterSeconds = checkedExpiry(expireAfterSeconds);
	return spec;
}

/** An option that is switched off asks for nothing. */
function refuseUnknownOptions(given: Doc): void {
	const isRefused = (name: string): boolean => ![...OFFERED, ...INDIFFERENT].includes(name) && truthy(given[name]);
	const option = Object.keys(given).find(isRefused);
	if (option === undefined) return;
	const message = `The index option '${option}' is not valid, or not supported by the embedded store`;
	throw new StoreError("InvalidIndexSpecificationOption", message);
}

function checkKeyPattern(key: Doc): void {
	const fields = Object.keys(key);
	if (fields.length === 0) throw cannotCreate("Index keys cannot be empty.");
	if (fields.length > MAX_FIELDS)
		throw cannotCreate(`the embedded store indexes at most ${MAX_FIELDS} fields together`);
	for (const field of fields) {
		checkKind(key[field]);
		const parts = field.split(".");
		if (parts.some((part) => /^(\$.*|\d*)$/.test(part))) {
			throw cannotCreate(`index field '${field}': empty parts, '$' and array positions are not supported`);
		}
	}
}

function checkKind(kind: Value): void {
	if (typeof kind === "string") throw cannotCreate(`index type '${kind}' is not supported by the embedded store`);
	if (isNumeric(kind) && Math.abs(toNumber(kind)) > 0) return;
	throw cannotCreate(`The values of an index key pattern are 1 and -1, not ${show(kind)}`);
}

const PARTIAL_OPERATORS = ["$eq", "$exists", "$gt", "$gte", "$in", "$lt", "$lte", "$type"];

/** Source: manual, "Partial Indexes": equality, comparisons, $exists: true, $type, and $and at the top. */
function checkedPartialFilter(filter: Value): Doc {
	if (!isPlain(filter)) throw cannotCreate("partialFilterExpression must be an object");
	compileFilter(filter);
	for (const field in filter) {
		const condition = filter[field];
		if (field === "$and" && Array.isArray(condition)) condition.forEach(checkedPartialFilter);
		else if (field.startsWith("$")) throw unsupportedPartial(field);
		else if (isPlain(condition)) checkPartialOperators(condition);
	}
	return filter;
}

function checkPartialOperators(condition: Doc): void {
	for (const operator in condition) {
		if (!operator.startsWith("$")) return;
		if (!PARTIAL_OPERATORS.includes(operator)) throw unsupportedPartial(operator);
		if (operator === "$exists" && !truthy(condition[operator])) throw unsupportedPartial("$exists: false");
	}
}

const unsupportedPartial = (what: string): StoreError =>
	cannotCreate(`unsupported expression in partial index: ${what}`);

/** Source: manual, "TTL Indexes": 0 to 2147483647 seconds. */
function checkedExpiry(seconds: Value): Value {
	const number = isNumeric(seconds) ? toNumber(seconds) : Number.NaN;
	if (number >= 0 && number <= 0x7fffffff) return seconds;
	throw cannotCreate(`TTL index 'expireAfterSeconds' option must be a number within 0 to ${0x7fffffff}`);
}

/** Whether two specifications ask for the same index, whatever their names. */
export const sameIndex = (a: Doc, b: Doc): boolean => sameKeys(a, b) && sameOptions(a, b);

/** Indexes on the same fields may stand side by side when they hold different documents. */
export const sameKeys = (a: Doc, b: Doc): boolean =>
	equal(a.key, b.key) && equal(a.partialFilterExpression ?? null, b.partialFilterExpression ?? null);

export const sameOptions = (a: Doc, b: Doc): boolean =>
	["unique", "sparse", "expireAfterSeconds"].every((option) => equal(a[option] ?? null, b[option] ?? null));
