import { compare } from "../bson/compare.ts";
import { toInteger } from "../bson/number.ts";
import { isNumeric } from "../bson/types.ts";
import { isPlain, type Value } from "../bson/values.ts";
import { badValue } from "../errors.ts";
import { plainValueAt } from "../expression/field-path.ts";

export type ElementOrder = (a: Value, b: Value) => number;

/** The `$sort` of a `$push`: 1 or -1 for the elements themselves, `{field: 1}` for documents by their fields. */
export function compileElementOrder(spec: Value): ElementOrder {
	if (!isPlain(spec)) {
		const direction = directionOf(spec);
		return (a, b) => compare(a, b) * direction;
	}
	const keys = Object.keys(spec).map((path) => {
		if (path === "" || path.split(".").includes("")) {
			throw badValue(`The $sort field is a dotted field but has an empty part: ${path}`);
		}
		return { parts: path.split("."), direction: directionOf(spec[path]) };
	});
	if (keys.length === 0) throw badValue("The $sort pattern is empty when it should be a set of fields.");
	return (a, b) => {
		for (const { parts, direction } of keys) {
			const order = compare(plainValueAt(a, parts), plainValueAt(b, parts)) * direction;
			if (order !== 0) return order;
		}
		return 0;
	};
}

function directionOf(value: Value): number {
	const direction = isNumeric(value) ? toInteger(value) : undefined;
	if (direction !== 1n && direction !== -1n) throw badValue("The $sort element value must be either 1 or -1");
	return Number(direction);
}
