/** Operators on documents. */
import { typeName } from "../bson/types.ts";
import { isNullish, isPlain, newDoc, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { ANY_NUMBER, type Operators, onPresent, onValues, type Present } from "./operator.ts";

function toPairs(value: Present): Value {
	if (isPlain(value)) return Object.keys(value).map((k) => ({ k, v: value[k] }));
	throw new StoreError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
}

/** From `[[key, value], …]` or `[{k, v}, …]`. */
function fromPairs(value: Present): Value {
	if (!Array.isArray(value)) {
		throw new StoreError(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`);
	}
	const doc = newDoc();
	for (const pair of value) {
		const [key, content, ...more] = Array.isArray(pair) ? pair : pairOf(pair);
		if (content === undefined || more.length > 0) {
			throw new StoreError(40397, "$arrayToObject requires arrays of size 2, or objects of 'k' and 'v'");
		}
		if (typeof key !== "string") {
			throw new StoreError(40394, `$arrayToObject requires a string key, found: ${typeName(key)}`);
		}
		doc[key] = content;
	}
	return doc;
}

const pairOf = (pair: Value): Value[] => (isPlain(pair) && Object.keys(pair).length === 2 ? [pair.k, pair.v] : []);

/** `$mergeObjects`, also as an accumulator. */
export function mergeInto(merged: Record<string, Value>, value: Value): void {
	if (isNullish(value)) return;
	if (!isPlain(value)) {
		throw new StoreError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
	}
	for (const name in value) merged[name] = value[name];
}

function mergeAll(...values: Value[]): Value {
	const merged = newDoc();
	for (const value of values) mergeInto(merged, value);
	return merged;
}

export const objects: Operators = {
	$objectToArray: onPresent("$objectToArray", 1, 1, toPairs),
	$arrayToObject: onPresent("$arrayToObject", 1, 1, fromPairs),
	$mergeObjects: onValues("$mergeObjects", 0, ANY_NUMBER, mergeAll),
};
