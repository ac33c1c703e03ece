/** `$sum`, `$avg`, `$min` and `$max`: as accumulators of groups, and as expressions over a list or an array. */
import { compare } from "../bson/compare.ts";
import { divide } from "../bson/number.ts";
import { Sum } from "../bson/sum.ts";
import { isNumeric } from "../bson/types.ts";
import { isNullish, type Value } from "../bson/values.ts";
import { ANY_NUMBER, type Operators, onValues } from "./operator.ts";

/** Gathers values one by one. */
export interface Accumulator {
	add(value: Value): void;
	result(): Value;
}

function summing(result: (total: Sum) => Value): () => Accumulator {
	return () => {
		const total = new Sum();
		const add = (value: Value): void => {
			if (isNumeric(value)) total.add(value);
		};
		return { add, result: () => result(total) };
	};
}

function extreme(sign: number): () => Accumulator {
	return () => {
		let found: Value = null;
		const add = (value: Value): void => {
			if (!isNullish(value) && (found === null || compare(value, found) * sign > 0)) found = value;
		};
		return { add, result: () => found };
	};
}

export const accumulation = {
	$sum: summing((total) => total.total()),
	$avg: summing((total) => (total.count === 0 ? null : divide(total.total(), total.count))),
	$min: extreme(-1),
	$max: extreme(1),
};

export const statistics: Operators = Object.fromEntries(
	Object.entries(accumulation).map(([name, start]) => [
		name,
		onValues(name, 0, ANY_NUMBER, (...values) => {
			const [only] = values;
			const accumulator = start();
			for (const value of values.length === 1 && Array.isArray(only) ? only : values) accumulator.add(value);
			return accumulator.result();
		}),
	]),
);
