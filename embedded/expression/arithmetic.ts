/** `$add`, `$round` and the other arithmetic. Results take the stronger type of their operands (see bson/number.ts). */
import { divideHalfEven, exactDecimal, powerOf10, toDecimal128 } from "../bson/decimal.ts";
import {
	compareNumbers,
	decimalOf,
	divide,
	fitsLong,
	integer,
	longOrDouble,
	multiply,
	strongerType,
	subtract,
	toInteger,
	toNumber,
} from "../bson/number.ts";
import { Sum } from "../bson/sum.ts";
import { DECIMAL, DOUBLE, INT, isNumeric, LONG, numericType, typeName } from "../bson/types.ts";
import { Decimal128, Double, double, isNullish, type Numeric, type Value } from "../bson/values.ts";
import { badValue, StoreError, typeMismatch } from "../errors.ts";
import { dateAt } from "./calendar.ts";
import { type Operator, type Operators, onPresent, onValues, type Present } from "./operator.ts";

const isZero = (value: Numeric): boolean => compareNumbers(value, 0) === 0;

function addAll(...values: Value[]): Value {
	const sum = new Sum();
	let hasDate = false;
	for (const value of values) {
		if (isNullish(value)) return null;
		if (value instanceof Date) {
			if (hasDate) throw new StoreError(16612, "only one date allowed in an $add expression");
			hasDate = true;
			sum.add(BigInt(value.getTime()));
		} else if (isNumeric(value)) {
			sum.add(value);
		} else {
			throw typeMismatch(`$add only supports numeric or date types, not ${typeName(value)}`);
		}
	}
	return hasDate ? dateAt(roundedAway(toNumber(sum.total()))) : sum.total();
}

/** Half a millisecond counts as one. */
const roundedAway = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

function multiplyAll(...values: Value[]): Value {
	let product: Numeric = 1;
	for (const value of values) {
		if (isNullish(value)) return null;
		if (!isNumeric(value)) throw typeMismatch(`$multiply only supports numeric types, not ${typeName(value)}`);
		product = multiply(product, value);
	}
	return product;
}

function subtractValues(a: Present, b: Present): Value {
	if (a instanceof Date && b instanceof Date) return BigInt(a.getTime() - b.getTime());
	if (a instanceof Date && isNumeric(b)) return dateAt(a.getTime() - toNumber(b));
	if (isNumeric(a) && isNumeric(b)) return subtract(a, b);
	throw typeMismatch(`can't $subtract ${typeName(b)} from ${typeName(a)}`);
}

function divideValues(a: Present, b: Present): Value {
	if (!isNumeric(a) || !isNumeric(b)) {
		throw typeMismatch(`$divide only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
	}
	if (isZero(b)) throw badValue("can't $divide by zero");
	return divide(a, b);
}

function remainder(a: Present, b: Present): Value {
	if (!isNumeric(a) || !isNumeric(b)) {
		throw new StoreError(16611, `$mod only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
	}
	if (isZero(b)) throw new StoreError(16610, "can't $mod by zero");
	if (strongerType(a, b) === DECIMAL) return decimalRemainder(a, b);
	// A whole double as divisor counts as an int: shells send every number as a double.
	const divisor = b instanceof Double ? b.value : b;
	if (strongerType(a, divisor) === DOUBLE) return double(toNumber(a) % toNumber(b));
	const rest = (toInteger(a) ?? 0n) % (toInteger(divisor) ?? 1n);
	return strongerType(a, divisor) === LONG ? rest : integer(rest);
}

function decimalRemainder(a: Numeric, b: Numeric): Decimal128 {
	const x = decimalOf(a);
	const y = decimalOf(b);
	if (typeof x === "number" || typeof y === "number") return toDecimal128(toNumber(a) % toNumber(b));
	const exponent = Math.min(x.exponent, y.exponent);
	const dividend = x.coefficient * powerOf10(x.exponent - exponent);
	return toDecimal128({ coefficient: dividend % (y.coefficient * powerOf10(y.exponent - exponent)), exponent });
}

/** An operator on one number. */
function onNumber(name: string, apply: (value: Numeric) => Value): Operator {
	return onPresent(name, 1, 1, (value) => {
		if (!isNumeric(value)) throw new StoreError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
		return apply(value);
	});
}

function absolute(value: Numeric): Value {
	if (typeof value === "bigint") {
		const size = value < 0n ? -value : value;
		if (!fitsLong(size)) throw new StoreError(28680, "can't take $abs of long long min");
		return size;
	}
	if (value instanceof Decimal128) {
		const exact = exactDecimal(value);
		if (typeof exact === "number") return toDecimal128(Math.abs(exact));
		const { coefficient, exponent } = exact;
		return toDecimal128({ coefficient: coefficient < 0n ? -coefficient : coefficient, exponent });
	}
	if (numericType(value) === INT) return integer(BigInt(Math.abs(toNumber(value))));
	return double(Math.abs(toNumber(value)));
}

/** How a quotient is made whole. The bigint rule works on `numerator / denominator` with a positive denominator. */
interface Rounding {
	number: (value: number) => number;
	exact: (numerator: bigint, denominator: bigint) => bigint;
}

const DOWN: Rounding = {
	number: Math.floor,
	exact: (n, d) => (n < 0n && n % d !== 0n ? n / d - 1n : n / d),
};
const UP: Rounding = {
	number: Math.ceil,
	exact: (n, d) => (n > 0n && n % d !== 0n ? n / d + 1n : n / d),
};
const TO_ZERO: Rounding = { number: Math.trunc, exact: (n, d) => n / d };
const HALF_EVEN: Rounding = {
	number(value) {
		const floor = Math.floor(value);
		const fraction = value - floor;
		if (fraction !== 0.5) return Math.round(value);
		return floor % 2 === 0 ? floor : floor + 1;
	},
	exact: divideHalfEven,
};

/** Rounds to a number of decimal places (negative: to tens, hundreds…), keeping the type. */
function roundTo(value: Numeric, places: number, rounding: Rounding): Value {
	if (value instanceof Decimal128) return roundDecimal(value, places, rounding);
	if (numericType(value) === DOUBLE) {
		const number = toNumber(value);
		if (places === 0 || !Number.isFinite(number)) return double(rounding.number(number));
		const rounded = toNumber(roundDecimal(toDecimal128(exactDecimal(number)), places, rounding));
		return double(rounded === 0 && number < 0 ? -0 : rounded);
	}
	if (places >= 0) return value;
	const unit = powerOf10(-places);
	const rounded = rounding.exact(BigInt(toInteger(value) ?? 0n), unit) * unit;
	return numericType(value) === INT ? integer(rounded) : longOrDouble(rounded);
}

function roundDecimal(value: Decimal128, places: number, rounding: Rounding): Decimal128 {
	const exact = exactDecimal(value);
	if (typeof exact === "number" || -exact.exponent <= places) return value;
	const denominator = powerOf10(-exact.exponent - places);
	return toDecimal128({ coefficient: rounding.exact(exact.coefficient, denominator), exponent: -places });
}

function rounding(name: string, how: Rounding): Operator {
	return onPresent(name, 1, 2, (value, places = 0) => {
		if (!isNumeric(value)) throw new StoreError(51081, `${name} only supports numeric types, not ${typeName(value)}`);
		const whole = isNumeric(places) ? toInteger(places) : undefined;
		if (whole === undefined) throw new StoreError(51082, `precision argument to ${name} must be a integral value`);
		if (whole < -20n || whole > 100n) {
			throw new StoreError(51083, `cannot apply ${name} with precision value ${whole} value must be in [-20, 100]`);
		}
		return roundTo(value, Number(whole), how);
	});
}

function power(base: Present, exponent: Present): Value {
	if (!isNumeric(base)) throw new StoreError(28762, `$pow's base must be numeric, not ${typeName(base)}`);
	if (!isNumeric(exponent)) throw new StoreError(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
	if (isZero(base) && compareNumbers(exponent, 0) < 0) {
		throw new StoreError(28764, "$pow cannot take a base of 0 and a negative exponent");
	}
	const type = strongerType(base, exponent);
	if (type === DECIMAL) throw badValue("$pow of decimals is not supported by the embedded store");
	const start = toInteger(base);
	const times = toInteger(exponent);
	if (type === DOUBLE || start === undefined || times === undefined)
		return double(toNumber(base) ** toNumber(exponent));
	const isUnit = start >= -1n && start <= 1n;
	if (!isUnit && (times < 0n || times > 63n)) return double(toNumber(base) ** toNumber(exponent));
	const result = isUnit && times !== 0n ? start ** (times % 2n === 0n ? 2n : 1n) : start ** times;
	return type === INT ? integer(result) : longOrDouble(result);
}

function squareRoot(value: Numeric): Value {
	if (value instanceof Decimal128) throw badValue("$sqrt of decimals is not supported by the embedded store");
	const number = toNumber(value);
	if (number < 0) throw new StoreError(28714, "$sqrt's argument must be greater than or equal to 0");
	return double(Math.sqrt(number));
}

export const arithmetic: Operators = {
	$add: onValues("$add", 0, Number.POSITIVE_INFINITY, addAll),
	$multiply: onValues("$multiply", 0, Number.POSITIVE_INFINITY, multiplyAll),
	$subtract: onPresent("$subtract", 2, 2, subtractValues),
	$divide: onPresent("$divide", 2, 2, divideValues),
	$mod: onPresent("$mod", 2, 2, remainder),
	$abs: onNumber("$abs", absolute),
	$floor: onNumber("$floor", (value) => roundTo(value, 0, DOWN)),
	$ceil: onNumber("$ceil", (value) => roundTo(value, 0, UP)),
	$round: rounding("$round", HALF_EVEN),
	$trunc: rounding("$trunc", TO_ZERO),
	$pow: onPresent("$pow", 2, 2, power),
	$sqrt: onNumber("$sqrt", squareRoot),
};
