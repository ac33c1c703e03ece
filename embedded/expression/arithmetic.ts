/** `$add`, `$floor` and the other arithmetic. Results take the stronger type of their operands (see bson/number.ts). */
import {
	compareNumbers,
	divide,
	integer,
	multiply,
	strongerType,
	subtract,
	toInteger,
	toNumber,
} from "../bson/number.ts";
import { Sum } from "../bson/sum.ts";
import { DOUBLE, isNumeric, LONG, typeName } from "../bson/types.ts";
import { Double, double, isNullish, type Numeric, type Value } from "../bson/values.ts";
import { badValue, StoreError, typeMismatch } from "../errors.ts";
import { dateAt } from "./instant.ts";
import { ANY_NUMBER, type Operator, type Operators, onPresent, onValues, type Present } from "./operator.ts";

const isZero = (value: Numeric): boolean => compareNumbers(value, 0) === 0;

/** A date plus milliseconds is a date. */
function addAll(...values: Value[]): Value {
	const sum = new Sum();
	let dates = 0;
	for (const value of values) {
		if (isNullish(value)) return null;
		if (value instanceof Date) {
			if (++dates > 1) throw new StoreError(16612, "only one date allowed in an $add expression");
			sum.add(BigInt(value.getTime()));
		} else {
			sum.add(numberOf("$add", value));
		}
	}
	return dates > 0 ? dateAt(roundedAway(toNumber(sum.total()))) : sum.total();
}

/** Half a millisecond counts as one. */
const roundedAway = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

function multiplyAll(...values: Value[]): Value {
	let product: Numeric = 1;
	for (const value of values) {
		if (isNullish(value)) return null;
		product = multiply(product, numberOf("$multiply", value));
	}
	return product;
}

function subtractValues(a: Present, b: Present): Value {
	if (a instanceof Date && b instanceof Date) return BigInt(a.getTime() - b.getTime());
	if (a instanceof Date) return dateAt(a.getTime() - toNumber(numberOf("$subtract", b)));
	return subtract(numberOf("$subtract", a), numberOf("$subtract", b));
}

function divideValues(a: Present, b: Present): Value {
	const [dividend, divisor] = [numberOf("$divide", a), numberOf("$divide", b)];
	if (isZero(divisor)) throw badValue("can't $divide by zero");
	return divide(dividend, divisor);
}

function remainder(a: Present, b: Present): Value {
	const [dividend, given] = [numberOf("$mod", a, 16611), numberOf("$mod", b, 16611)];
	if (isZero(given)) throw new StoreError(16610, "can't $mod by zero");
	// A whole double as divisor counts as an int: shells send every number as a double.
	const divisor = given instanceof Double ? given.value : given;
	const type = strongerType(dividend, divisor);
	if (type === DOUBLE) return double(toNumber(dividend) % toNumber(divisor));
	const rest = (toInteger(dividend) ?? 0n) % (toInteger(divisor) ?? 1n);
	return type === LONG ? rest : integer(rest);
}

function numberOf(name: string, value: Value, code?: number): Numeric {
	if (isNumeric(value)) return value;
	const message = `${name} only supports numeric types, not ${typeName(value)}`;
	throw code === undefined ? typeMismatch(message) : new StoreError(code, message);
}

/** An operator on one number: `whole` for ints and longs, `fraction` for doubles. */
function onNumber(name: string, whole: (value: Numeric) => Value, fraction: (value: number) => number): Operator {
	return onPresent(name, 1, 1, (value) => {
		const number = numberOf(name, value, 28765);
		return strongerType(number, 0) === DOUBLE ? double(fraction(toNumber(number))) : whole(number);
	});
}

function absolute(value: Numeric): Value {
	if (typeof value !== "bigint") return integer(BigInt(Math.abs(toNumber(value))));
	if (value === -(2n ** 63n)) throw new StoreError(28680, "can't take $abs of long long min");
	return value < 0n ? -value : value;
}

const unchanged = (value: Numeric): Value => value;

export const arithmetic: Operators = {
	$add: onValues("$add", 0, ANY_NUMBER, addAll),
	$multiply: onValues("$multiply", 0, ANY_NUMBER, multiplyAll),
	$subtract: onPresent("$subtract", 2, 2, subtractValues),
	$divide: onPresent("$divide", 2, 2, divideValues),
	$mod: onPresent("$mod", 2, 2, remainder),
	$abs: onNumber("$abs", absolute, Math.abs),
	$floor: onNumber("$floor", unchanged, Math.floor),
	$ceil: onNumber("$ceil", unchanged, Math.ceil),
};
