/** Accumulators used as expressions: over a list of operands, or over the one array they are given. */
import { compare } from "../bson/compare.ts";
import { divide } from "../bson/number.ts";
import { Sum } from "../bson/sum.ts";
import { isNumeric } from "../bson/types.ts";
import { isNullish, type Value } from "../bson/values.ts";
import { type Operator, type Operators, onValues } from "./operator.ts";

function overAll(name: string, reduce: (values: readonly Value[]) => Value): Operator {
	return onValues(name, 0, Number.POSITIVE_INFINITY, (...values) => {
		const [only] = values;
		return reduce(values.length === 1 && Array.isArray(only) ? only : values);
	});
}

function sumOf(values: readonly Value[]): Sum {
	const sum = new Sum();
	for (const value of values) if (isNumeric(value)) sum.add(value);
	return sum;
}

function average(values: readonly Value[]): Value {
	const sum = sumOf(values);
	return sum.count === 0 ? null : divide(sum.total(), sum.count);
}

function extreme(values: readonly Value[], sign: number): Value {
	let found: Value;
	for (const value of values) {
		if (!isNullish(value) && (found === undefined || compare(value, found) * sign > 0)) found = value;
	}
	return found === undefined ? null : found;
}

export const statistics: Operators = {
	$sum: overAll("$sum", (values) => sumOf(values).total()),
	$avg: overAll("$avg", average),
	$min: overAll("$min", (values) => extreme(values, -1)),
	$max: overAll("$max", (values) => extreme(values, 1)),
};
