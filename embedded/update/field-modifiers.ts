/** Update operators on single values. Source: MongoDB manual, "Field Update Operators"; error texts: the server. */
import { compare } from "../bson/compare.ts";
import { add, multiply } from "../bson/number.ts";
import { show } from "../bson/show.ts";
import { DECIMAL, DOUBLE, isNumeric, numericType, typeName } from "../bson/types.ts";
import { isPlain, type Numeric, Timestamp, type Value } from "../bson/values.ts";
import { badValue, typeMismatch } from "../errors.ts";
import { fieldName, type Modifier, type ModifierCompiler } from "./modifier.ts";

const set: ModifierCompiler = (operand) => ({ missing: "create", change: () => operand });

const unset: ModifierCompiler = () => ({ missing: "ignore", change: () => undefined });

function arithmetic(operator: "$inc" | "$mul", operand: Value, path: string): Modifier {
	if (!isNumeric(operand)) {
		const verb = operator === "$inc" ? "increment" : "multiply";
		throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${show(operand)}}`);
	}
	const combine = operator === "$inc" ? add : multiply;
	return {
		missing: "create",
		change(current, { document }) {
			if (current === undefined) return operator === "$inc" ? operand : multiply(operand, 0);
			if (!isNumeric(current)) {
				throw typeMismatch(
					`Cannot apply ${operator} to a value of non-numeric type. {_id: ${show(document._id)}} has the field '${fieldName(path)}' of non-numeric type ${typeName(current)}`,
				);
			}
			const result = combine(current, operand);
			if (isInexact(result) && !isInexact(current) && !isInexact(operand)) {
				throw badValue(
					`Failed to apply ${operator} operations to current value (${show(current)}) for document {_id: ${show(document._id)}}`,
				);
			}
			return result;
		},
	};
}

/** A double out of two integers is an overflow of 64 bits. */
const isInexact = (value: Numeric): boolean => numericType(value) === DOUBLE || numericType(value) === DECIMAL;

const min: ModifierCompiler = (operand) => ({
	missing: "create",
	change: (current) => (current === undefined || compare(operand, current) < 0 ? operand : current),
});

const max: ModifierCompiler = (operand) => ({
	missing: "create",
	change: (current) => (current === undefined || compare(operand, current) > 0 ? operand : current),
});

function currentDate(operand: Value): Modifier {
	const asTimestamp = isTimestampRequest(operand);
	return {
		missing: "create",
		change: (_, { now }) =>
			asTimestamp ? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }) : new Date(now),
	};
}

function isTimestampRequest(operand: Value): boolean {
	if (typeof operand === "boolean") return false;
	if (!isPlain(operand)) {
		throw badValue(
			`${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
		);
	}
	const unknown = Object.keys(operand).find((name) => name !== "$type");
	if (unknown !== undefined) throw badValue(`Unrecognized $currentDate option: ${unknown}`);
	if (operand.$type !== "timestamp" && operand.$type !== "date") {
		throw badValue(
			"The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
		);
	}
	return operand.$type === "timestamp";
}

const BIT_OPERATIONS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
	and: (a, b) => a & b,
	or: (a, b) => a | b,
	xor: (a, b) => a ^ b,
};

function bit(operand: Value, path: string): Modifier {
	if (!isPlain(operand)) {
		throw badValue(
			`The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
		);
	}
	const steps = Object.keys(operand).map((name) => {
		const operation = Object.hasOwn(BIT_OPERATIONS, name) ? BIT_OPERATIONS[name] : undefined;
		const mask = operand[name];
		if (!operation) {
			throw badValue(
				`The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${show(mask)}}`,
			);
		}
		if (!isInteger(mask)) {
			throw badValue(
				`The $bit modifier field must be an Integer(32/64 bit); a '${typeName(mask)}' is not supported here`,
			);
		}
		return { operation, mask };
	});
	if (steps.length === 0) {
		throw badValue(`You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`);
	}
	return {
		missing: "create",
		change(current, { document }) {
			const start = current === undefined ? 0 : current;
			if (!isInteger(start)) {
				throw badValue(
					`Cannot apply $bit to a value of non-integral type.{_id: ${show(document._id)}} has the field ${fieldName(path)} of non-integer type ${typeName(start)}`,
				);
			}
			const wide = typeof start === "bigint" || steps.some(({ mask }) => typeof mask === "bigint");
			const result = steps.reduce((bits, { operation, mask }) => operation(bits, BigInt(mask)), BigInt(start));
			return wide ? result : Number(result);
		},
	};
}

const isInteger = (value: Value): value is number | bigint =>
	typeof value === "bigint" || (typeof value === "number" && numericType(value) !== DOUBLE);

export const fieldModifiers: Readonly<Record<string, ModifierCompiler>> = {
	$set: set,
	$setOnInsert: set,
	$unset: unset,
	$inc: (operand, path) => arithmetic("$inc", operand, path),
	$mul: (operand, path) => arithmetic("$mul", operand, path),
	$min: min,
	$max: max,
	$currentDate: currentDate,
	$bit: bit,
};
