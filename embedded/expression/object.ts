/** Operators on documents. */
import { typeName } from "../bson/types.ts";
import { copyFields, isNullish, isPlain, newDoc, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { namedOperands, type Operator, type Operators, onPresent, onValues, type Present } from "./operator.ts";

function toPairs(value: Present): Value {
	if (!isPlain(value)) {
		throw new StoreError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
	}
	return Object.keys(value).map((k) => ({ k, v: value[k] }));
}

/** From `[[key, value], …]` or `[{k, v}, …]`. */
function fromPairs(value: Present): Value {
	if (!Array.isArray(value)) {
		throw new StoreError(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`);
	}
	const doc = newDoc();
	for (const pair of value) {
		const [key, content] = readPair(pair);
		doc[key] = content;
	}
	return doc;
}

function readPair(pair: Value): [string, Value] {
	let key: Value;
	let value: Value;
	if (Array.isArray(pair)) {
		if (pair.length !== 2) {
			throw new StoreError(
				40397,
				`$arrayToObject requires an array of size 2 arrays,found array of size: ${pair.length}`,
			);
		}
		[key, value] = pair;
	} else if (isPlain(pair)) {
		if (Object.keys(pair).length !== 2 || !Object.hasOwn(pair, "k") || !Object.hasOwn(pair, "v")) {
			throw new StoreError(40392, "$arrayToObject requires an object keys of 'k' and 'v'");
		}
		key = pair.k;
		value = pair.v;
	} else {
		throw new StoreError(40398, `Unrecognised input type format for $arrayToObject: ${typeName(pair)}`);
	}
	if (typeof key !== "string") {
		throw new StoreError(40394, `$arrayToObject requires a string key, found: ${typeName(key)}`);
	}
	return [key, value];
}

function mergeAll(...values: Value[]): Value {
	const merged = newDoc();
	for (const value of values) {
		if (isNullish(value)) continue;
		if (!isPlain(value)) {
			throw new StoreError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
		}
		for (const name in value) merged[name] = value[name];
	}
	return merged;
}

/** `$getField: "name"` of the document, or `{field, input}`. Reaches names with dots and dollars. */
const getField: Operator = (operand, compiler) => {
	const isFull = isPlain(operand) && Object.hasOwn(operand, "field");
	const named = isFull
		? namedOperands("$getField", operand, ["field", "input"])
		: { field: operand, input: "$$CURRENT" };
	const field = compiler.compile(named.field);
	const input = compiler.compile(named.input);
	return (root, scope) => {
		const name = field(root, scope);
		if (typeof name !== "string") {
			throw new StoreError(3041704, `$getField requires 'field' to evaluate to type String, but got ${typeName(name)}`);
		}
		const doc = input(root, scope);
		if (isPlain(doc)) return doc[name];
		return isNullish(doc) && doc !== undefined ? null : undefined;
	};
};

function settingField(name: "$setField" | "$unsetField"): Operator {
	return (operand, compiler) => {
		const named =
			name === "$setField"
				? namedOperands(name, operand, ["field", "input", "value"])
				: { ...namedOperands(name, operand, ["field", "input"]), value: "$$REMOVE" };
		const { field } = named;
		if (typeof field !== "string" || field.startsWith("$")) {
			throw new StoreError(4161107, `${name} requires 'field' to be a constant string; use $literal's content itself`);
		}
		const input = compiler.compile(named.input);
		const value = compiler.compile(named.value);
		return (root, scope) => {
			const doc = input(root, scope);
			if (isNullish(doc)) return null;
			if (!isPlain(doc)) throw new StoreError(4161105, `${name} requires 'input' to evaluate to type Object`);
			const result = copyFields(doc);
			const next = value(root, scope);
			if (next === undefined) delete result[field];
			else result[field] = next;
			return result;
		};
	};
}

export const objects: Operators = {
	$objectToArray: onPresent("$objectToArray", 1, 1, toPairs),
	$arrayToObject: onPresent("$arrayToObject", 1, 1, fromPairs),
	$mergeObjects: onValues("$mergeObjects", 0, Number.POSITIVE_INFINITY, mergeAll),
	$getField: getField,
	$setField: settingField("$setField"),
	$unsetField: settingField("$unsetField"),
};
