import { BSONRegExp, Double, isPlain, ObjectId, type Value } from "./values.ts";

/** Longest text of a value inside an error message. */
const MAX_LENGTH = 300;

/** A value as MongoDB writes it in error messages: { a: 1, b: [ "x" ] }. */
export function show(value: Value): string {
	const text = write(value);
	return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}...`;
}

function write(value: Value): string {
	if (typeof value === "string") return `"${value}"`;
	if (value === undefined) return "missing";
	if (value instanceof Double) return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
	if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
	if (value instanceof Date) return `new Date(${value.getTime()})`;
	if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
	if (Array.isArray(value)) return value.length === 0 ? "[]" : `[ ${value.map(write).join(", ")} ]`;
	if (!isPlain(value)) return String(value);
	const fields = Object.keys(value).map((name) => `${name}: ${write(value[name])}`);
	return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}
