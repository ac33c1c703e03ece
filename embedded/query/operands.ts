/** Reads and checks the operands of `$type`, `$size` and `$mod`. */
import { toInteger, truncate } from "../bson/number.ts";
import { show } from "../bson/show.ts";
import { isNumeric, TYPE_NUMBERS, typeNumber } from "../bson/types.ts";
import type { Value } from "../bson/values.ts";
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
	if (size === undefined || size < 0n) {
		throw failedToParse(`Failed to parse $size. Expected an integer from 0 on in: $size: ${show(operand)}`);
	}
	return (value) => Array.isArray(value) && BigInt(value.length) === size;
}

/** `$mod: [divisor, remainder]`; fractions are cut off, values beyond 64 bits never match. */
export function hasRemainder(operand: Value): ValueTest {
	if (!Array.isArray(operand) || operand.length !== 2) throw badValue("malformed mod, needs to be an array of two");
	const divisor = modOperand(operand[0], "divisor");
	const remainder = modOperand(operand[1], "remainder");
	if (divisor === 0n) throw badValue("divisor cannot be 0");
	return (value) => {
		const whole = isNumeric(value) ? truncate(value) : undefined;
		return whole !== undefined && whole % divisor === remainder;
	};
}

function modOperand(value: Value, name: string): bigint {
	const whole = isNumeric(value) ? truncate(value) : undefined;
	if (whole === undefined) throw badValue(`malformed mod, ${name} is no number of 64 bits`);
	return whole;
}
