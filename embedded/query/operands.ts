/** Reads and checks the operands of `$type`, `$size`, `$mod` and the bit operators. */
import { divideHalfEven, exactDecimal, powerOf10 } from "../bson/decimal.ts";
import { toInteger, truncate } from "../bson/number.ts";
import { show } from "../bson/show.ts";
import { isNumeric, TYPE_NUMBERS, typeName, typeNumber } from "../bson/types.ts";
import { Binary, Decimal128, type Numeric, type Value } from "../bson/values.ts";
import { badValue, failedToParse, typeMismatch } from "../errors.ts";
import type { ValueTest } from "./path.ts";

const NUMBER_TYPES = [1, 16, 18, 19];

export function hasType(operand: Value): ValueTest {
	const wanted = Array.isArray(operand) ? operand : [operand];
	if (wanted.length === 0) throw failedToParse("$type must match at least one type");
	const types = new Set(wanted.flatMap(typesNamed));
	return (value) => types.has(typeNumber(value));
}

function typesNamed(operand: Value): number[] {
	if (typeof operand === "string") {
		if (operand === "number") return NUMBER_TYPES;
		const type = Object.hasOwn(TYPE_NUMBERS, operand) ? TYPE_NUMBERS[operand] : undefined;
		if (type === undefined) throw badValue(`Unknown type name alias: ${operand}`);
		return [type];
	}
	if (!isNumeric(operand)) throw typeMismatch("type must be represented as a number or a string");
	const type = Number(toInteger(operand) ?? Number.NaN);
	if (!Object.values(TYPE_NUMBERS).includes(type)) throw badValue(`Invalid numerical type code: ${show(operand)}`);
	return [type];
}

export function hasSize(operand: Value): ValueTest {
	const size = isNumeric(operand) ? toInteger(operand) : undefined;
	if (size === undefined) {
		const expected = isNumeric(operand) ? "an integer" : "a number";
		throw failedToParse(`Failed to parse $size. Expected ${expected} in: $size: ${show(operand)}`);
	}
	if (size < 0n) throw failedToParse(`Failed to parse $size. Expected a non-negative number in: $size: ${size}`);
	return (value) => Array.isArray(value) && BigInt(value.length) === size;
}

/** `$mod: [divisor, remainder]`; fractions are cut off, values beyond 64 bits never match. */
export function hasRemainder(operand: Value): ValueTest {
	if (!Array.isArray(operand)) throw badValue("malformed mod, needs to be an array");
	if (operand.length < 2) throw badValue("malformed mod, not enough elements");
	if (operand.length > 2) throw badValue("malformed mod, too many elements");
	const divisor = modOperand(operand[0], "divisor");
	const remainder = modOperand(operand[1], "remainder");
	if (divisor === 0n) throw badValue("divisor cannot be 0");
	return (value) => {
		const whole = isNumeric(value) ? truncate(value) : undefined;
		return whole !== undefined && whole % divisor === remainder;
	};
}

function modOperand(value: Value, name: string): bigint {
	if (!isNumeric(value)) throw badValue(`malformed mod, ${name} not a number`);
	const whole = truncate(value);
	if (whole === undefined) throw badValue(`malformed mod, ${name} value is invalid`);
	return whole;
}

export type BitOperator = "$bitsAllSet" | "$bitsAllClear" | "$bitsAnySet" | "$bitsAnyClear";

/** The bits named by a mask, a binary mask or a list of positions. Integers are 64 bits wide and extend their sign. */
export function hasBits(operator: BitOperator, operand: Value): ValueTest {
	const positions = bitPositions(operator, operand);
	const wanted = operator.endsWith("Set");
	const any = operator.startsWith("$bitsAny");
	return (value) => {
		const bit = bitReader(value);
		if (!bit) return false;
		const agrees = (position: number): boolean => bit(position) === wanted;
		return any ? positions.some(agrees) : positions.every(agrees);
	};
}

function bitReader(value: Value): ((position: number) => boolean) | undefined {
	if (value instanceof Binary) {
		const bytes = value.buffer.subarray(0, value.position);
		return (position) => (((bytes[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
	}
	const whole = isNumeric(value) ? bitsOf(value) : undefined;
	if (whole === undefined) return undefined;
	return (position) => (position >= 63 ? whole < 0n : ((whole >> BigInt(position)) & 1n) === 1n);
}

/** Doubles with a fraction have no bits; decimals are rounded, as in the server. */
function bitsOf(value: Numeric): bigint | undefined {
	if (!(value instanceof Decimal128)) return toInteger(value);
	const exact = exactDecimal(value);
	if (typeof exact === "number" || exact.exponent >= 0) return toInteger(value);
	return divideHalfEven(exact.coefficient, powerOf10(-exact.exponent));
}

function bitPositions(operator: BitOperator, operand: Value): number[] {
	if (Array.isArray(operand)) return operand.map((position) => bitPosition(operator, position));
	if (operand instanceof Binary) {
		const bytes = operand.buffer.subarray(0, operand.position);
		return Array.from({ length: bytes.length * 8 }, (_, i) => i).filter((i) => ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1);
	}
	if (!isNumeric(operand)) {
		throw badValue(`${operator} takes an Array, a number, or a BinData but received: ${operator}: ${show(operand)}`);
	}
	const mask = bitMask(operator, operand);
	return Array.from({ length: 64 }, (_, i) => i).filter((i) => ((mask >> BigInt(i)) & 1n) === 1n);
}

function bitMask(operator: BitOperator, operand: Numeric): bigint {
	const mask = toInteger(operand);
	if (mask === undefined) throw failedToParse(`Expected an integer: ${operator}: ${show(operand)}`);
	if (mask < 0n) throw failedToParse(`Expected a non-negative number in: ${operator}: ${show(operand)}`);
	return mask;
}

function bitPosition(operator: BitOperator, operand: Value): number {
	const position = isNumeric(operand) ? toInteger(operand) : undefined;
	if (position === undefined) {
		throw failedToParse(`bit positions must be an integer but got: ${operator}: ${typeName(operand)} ${show(operand)}`);
	}
	if (position < 0n) throw failedToParse(`bit positions must be >= 0 but got: ${operator}: ${show(operand)}`);
	return Number(position);
}
