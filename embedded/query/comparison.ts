/** Tests of one value against an operand: equality, order and membership. Only values of the operand's class compare. */
import { compareSameClass, equal } from "../bson/compare.ts";
import { compareNumbers, isNaNValue } from "../bson/number.ts";
import { isNumeric, TYPE, typeClass } from "../bson/types.ts";
import { BSONRegExp, Decimal128, Double, isNullish, type Numeric, ObjectId, type Value } from "../bson/values.ts";
import type { ValueTest } from "./path.ts";
import { compileRegex } from "./regex.ts";

/** `{field: operand}` and `$eq`. null also matches a missing field. */
export function equalTo(operand: Value): ValueTest {
	if (isNullish(operand)) return isNullish;
	if (typeof operand === "string" || typeof operand === "boolean") return (value) => value === operand;
	if (typeof operand === "number" && !Number.isNaN(operand)) {
		return (value) =>
			typeof value === "number" ? value === operand : isNumeric(value) && compareNumbers(value, operand) === 0;
	}
	const type = typeClass(operand);
	return (value) => typeClass(value) === type && compareSameClass(value, operand, type) === 0;
}

export type OrderOperator = "$gt" | "$gte" | "$lt" | "$lte";

const ACCEPTS: Readonly<Record<OrderOperator, (order: number) => boolean>> = {
	$gt: (order) => order > 0,
	$gte: (order) => order >= 0,
	$lt: (order) => order < 0,
	$lte: (order) => order <= 0,
};

/** `$gt` and its kin. MinKey and MaxKey compare with every class. NaN is neither below nor above a number. */
export function inOrder(operator: OrderOperator, operand: Value): ValueTest {
	const accepts = ACCEPTS[operator];
	const type = typeClass(operand);
	if (type === TYPE.MinKey || type === TYPE.MaxKey) {
		return (value) => value !== undefined && accepts(typeClass(value) - type);
	}
	if (type === TYPE.Null) return accepts(0) ? isNullish : () => false;
	if (isNumeric(operand)) return numberInOrder(accepts, operand);
	return (value) => typeClass(value) === type && accepts(compareSameClass(value, operand, type));
}

function numberInOrder(accepts: (order: number) => boolean, operand: Numeric): ValueTest {
	if (isNaNValue(operand)) return (value) => isNumeric(value) && isNaNValue(value) && accepts(0);
	return (value) => isNumeric(value) && !isNaNValue(value) && accepts(compareNumbers(value, operand));
}

/** `$in`: equality with any operand, or a match of any regular expression among them. */
export function oneOf(operands: readonly Value[]): ValueTest {
	const keys = new Set<string | number | bigint | boolean>();
	const objectIds = new Set<string>();
	const numbers: Numeric[] = [];
	const others: ValueTest[] = [];
	let includesNull = false;
	for (const operand of operands) {
		const key = lookupKey(operand);
		if (isNumeric(operand)) numbers.push(operand);
		if (isNullish(operand)) includesNull = true;
		else if (key !== undefined) keys.add(key);
		else if (operand instanceof ObjectId) objectIds.add(operand.toHexString());
		else if (operand instanceof BSONRegExp) others.push(matching(operand));
		else others.push(equalTo(operand));
	}
	return (value) => {
		if (isNullish(value)) return includesNull;
		const key = lookupKey(value);
		if (key !== undefined && keys.has(key)) return true;
		if (value instanceof ObjectId) return objectIds.has(value.toHexString());
		if (value instanceof Decimal128) return numbers.some((number) => compareNumbers(number, value) === 0);
		return others.some((test) => test(value, null));
	};
}

/** A primitive that is the same for equal values, for the types that have one: a Set finds them among thousands. */
function lookupKey(value: Value): string | number | bigint | boolean | undefined {
	switch (typeof value) {
		case "string":
		case "number":
		case "boolean":
			return value;
		case "bigint": {
			const number = Number(value);
			return BigInt(number) === value ? number : value;
		}
	}
	return value instanceof Double ? value.value : undefined;
}

/** A regular expression matches strings, and itself when it is what was stored. */
export function matching(regex: BSONRegExp): ValueTest {
	const compiled = compileRegex(regex.pattern, regex.options);
	return (value) =>
		typeof value === "string" ? compiled.test(value) : value instanceof BSONRegExp && equal(value, regex);
}
