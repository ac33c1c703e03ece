/** Byte ranges of index keys: what a condition on one field means in an index. */
import { TYPE, typeClass } from "../bson/types.ts";
import { BSONRegExp, Decimal128, type Value } from "../bson/values.ts";
import { encodeValue, invert, LOWEST_NUMBER, prefixEnd } from "./keys.ts";

/** Keys from `low` up to, not including, `high`; null is no upper end. */
export interface Range {
	low: Buffer;
	high: Buffer | null;
}

const EMPTY = Buffer.alloc(0);
export const EVERYTHING: Range = { low: EMPTY, high: null };

/** What one condition says about the (ascending) keys of its field. */
export interface KeyCondition {
	/** Ascending, without overlap. None: the condition is never true. */
	ranges: Range[];
	/** Every range holds a single value. */
	points: readonly Value[] | undefined;
	/** For values that are not arrays, being in a range is the same as satisfying the condition. */
	exact: boolean;
	/** Only documents that have the field (and not null in it) satisfy the condition. */
	impliesPresence: boolean;
}

/** Equality with a value, or undefined when an index does not help: arrays match by element and as a whole. */
export function equalTo(value: Value): KeyCondition | undefined {
	if (value === undefined || Array.isArray(value) || value instanceof BSONRegExp) return undefined;
	const type = typeClass(value);
	const key = encodeValue(value);
	return {
		ranges: [{ low: key, high: prefixEnd(key) }],
		points: [value],
		exact: isExact(value, type),
		impliesPresence: type !== TYPE.Null,
	};
}

/** Null also means missing, decimals out of a double's range share keys, documents compare by more than their key. */
function isExact(value: Value, type: number): boolean {
	switch (type) {
		case TYPE.Number:
			return !(value instanceof Decimal128);
		case TYPE.String:
		case TYPE.ObjectId:
		case TYPE.Date:
		case TYPE.Boolean:
			return true;
		default:
			return false;
	}
}

export function oneOf(values: readonly Value[]): KeyCondition | undefined {
	const each: KeyCondition[] = [];
	for (const value of values) {
		const predicate = equalTo(value);
		if (predicate === undefined) return undefined;
		each.push(predicate);
	}
	const ranges = each.flatMap((predicate) => predicate.ranges).sort(byLow);
	return {
		ranges: ranges.filter((range, i) => i === 0 || byLow(range, ranges[i - 1] ?? EVERYTHING) !== 0),
		points: values,
		exact: each.every((predicate) => predicate.exact),
		impliesPresence: each.every((predicate) => predicate.impliesPresence),
	};
}

export type Comparison = "$gt" | "$gte" | "$lt" | "$lte";

/** A comparison only finds values of its operand's class: `{$gt: 5}` ends at the last number and leaves NaN out. */
export function compared(operator: Comparison, value: Value): KeyCondition | undefined {
	const type = typeClass(value);
	switch (type) {
		case TYPE.MinKey:
		case TYPE.MaxKey:
		case TYPE.Null:
		case TYPE.Array:
		case TYPE.Object:
			return undefined;
	}
	const key = encodeValue(value);
	if (type === TYPE.Number && Buffer.compare(key, LOWEST_NUMBER) < 0) return undefined; // NaN
	const first = type === TYPE.Number ? LOWEST_NUMBER : Buffer.from([type]);
	const afterLast = Buffer.from([type + 1]);
	const afterKey = prefixEnd(key);
	return {
		ranges: [comparedRange(operator, key, afterKey, first, afterLast)],
		points: undefined,
		exact: isExact(value, type),
		impliesPresence: true,
	};
}

function comparedRange(
	operator: Comparison,
	key: Buffer,
	afterKey: Buffer | null,
	first: Buffer,
	afterLast: Buffer,
): Range {
	switch (operator) {
		case "$gt":
			return { low: afterKey ?? afterLast, high: afterLast };
		case "$gte":
			return { low: key, high: afterLast };
		case "$lt":
			return { low: first, high: key };
		case "$lte":
			return { low: first, high: afterKey };
	}
}

/** A case-sensitive regular expression anchored at a fixed text only finds strings that start with it. */
export function matching(pattern: string, options: string): KeyCondition | undefined {
	const prefix = fixedPrefix(pattern, options);
	if (prefix === undefined) return undefined;
	const key = encodeValue(prefix);
	const low = Buffer.from(key.subarray(0, key.length - 2)); // without the end mark of the string
	return { ranges: [{ low, high: prefixEnd(low) }], points: undefined, exact: false, impliesPresence: true };
}

function fixedPrefix(pattern: string, options: string): string | undefined {
	if (/[imx]/.test(options) || !pattern.startsWith("^") || pattern.includes("|")) return undefined;
	let prefix = "";
	let at = 1;
	for (; at < pattern.length; at++) {
		const character = pattern.charAt(at);
		if (".[](){}*+?$^".includes(character)) break;
		if (character !== "\\") {
			prefix += character;
			continue;
		}
		const escaped = pattern.charAt(at + 1);
		if (!/[^A-Za-z0-9]/.test(escaped)) break;
		prefix += escaped;
		at++;
	}
	// A quantifier that allows none takes the last character back, whole code points included.
	if ("*?{".includes(pattern.charAt(at) || " ")) prefix = [...prefix].slice(0, -1).join("");
	return prefix === "" ? undefined : prefix;
}

const byLow = (a: Range, b: Range): number => Buffer.compare(a.low, b.low);

export function intersect(a: readonly Range[], b: readonly Range[]): Range[] {
	const both: Range[] = [];
	for (const x of a) {
		for (const y of b) {
			const low = Buffer.compare(x.low, y.low) >= 0 ? x.low : y.low;
			const high = lowerEnd(x.high, y.high);
			if (high === null || Buffer.compare(low, high) < 0) both.push({ low, high });
		}
	}
	return both.sort(byLow);
}

function lowerEnd(a: Buffer | null, b: Buffer | null): Buffer | null {
	if (a === null) return b;
	if (b === null) return a;
	return Buffer.compare(a, b) <= 0 ? a : b;
}

/** The ranges of the same values in a descending field. */
export function descending(ranges: readonly Range[]): Range[] {
	return ranges
		.map(({ low, high }) => ({
			low: high === null ? EMPTY : (prefixEnd(invert(high)) ?? EMPTY),
			high: low.length === 0 ? null : prefixEnd(invert(low)),
		}))
		.sort(byLow);
}

/** Every range of the fields so far, narrowed by the ranges of the next field. */
export function append(prefixes: readonly Range[], next: readonly Range[]): Range[] {
	const combined: Range[] = [];
	for (const { low: prefix } of prefixes) {
		for (const { low, high } of next) {
			const end = high === null ? prefixEnd(prefix) : Buffer.concat([prefix, high]);
			combined.push({ low: Buffer.concat([prefix, low]), high: end });
		}
	}
	return combined;
}
