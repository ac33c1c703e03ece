/** Update operators on single values. Source: MongoDB manual, "Field Update Operators". */
import { compare, equal } from "../bson/compare.ts";
import { add, multiply } from "../bson/number.ts";
import { show } from "../bson/show.ts";
import { DOUBLE, isNumeric, numericType, typeName } from "../bson/types.ts";
import { isPlain, type Numeric, type Value } from "../bson/values.ts";
import { badValue, typeMismatch } from "../errors.ts";
import type { Modifier, ModifierCompiler } from "./modifier.ts";

const set: ModifierCompiler = (operand) => ({ missing: "create", change: () => operand });

const unset: ModifierCompiler = () => ({ missing: "ignore", change: () => undefined });

function arithmetic(operator: "$inc" | "$mul", operand: Value, path: string): Modifier {
	if (!isNumeric(operand)) throw typeMismatch(`Cannot ${operator} by a non-numeric value: {${path}: ${show(operand)}}`);
	const combine = operator === "$inc" ? add : multiply;
	return {
		missing: "create",
		change(current, { document }) {
			if (current === undefined) return operator === "$inc" ? operand : multiply(operand, 0);
			const where = `'${path}' of the document {_id: ${show(document._id)}}`;
			if (!isNumeric(current)) {
				throw typeMismatch(`Cannot apply ${operator} to the non-numeric type ${typeName(current)} of ${where}`);
			}
			const result = combine(current, operand);
			if (isDouble(result) && !isDouble(current) && !isDouble(operand)) {
				throw badValue(`${operator} of ${where} exceeds 64 bits`);
			}
			return result;
		},
	};
}

const isDouble = (value: Numeric): boolean => numericType(value) === DOUBLE;

const min: ModifierCompiler = (operand) => ({
	missing: "create",
	change: (current) => (current === undefined || compare(operand, current) < 0 ? operand : current),
});

const max: ModifierCompiler = (operand) => ({
	missing: "create",
	change: (current) => (current === undefined || compare(operand, current) > 0 ? operand : current),
});

function currentDate(operand: Value): Modifier {
	const isDate = typeof operand === "boolean" || (isPlain(operand) && equal(operand, { $type: "date" }));
	if (!isDate) throw badValue("$currentDate takes a boolean or {$type: 'date'}; timestamps are not supported");
	return { missing: "create", change: (_, { now }) => new Date(now) };
}

export const fieldModifiers: Readonly<Record<string, ModifierCompiler>> = {
	$set: set,
	$setOnInsert: set,
	$unset: unset,
	$inc: (operand, path) => arithmetic("$inc", operand, path),
	$mul: (operand, path) => arithmetic("$mul", operand, path),
	$min: min,
	$max: max,
	$currentDate: currentDate,
};
