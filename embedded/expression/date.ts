/** The parts of dates, and dates as text, in UTC or at a fixed offset. */
import { typeName } from "../bson/types.ts";
import { isNullish, isPlain, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { dateOf, offsetOf } from "./instant.ts";
import {
	type Compiler,
	type Expression,
	namedOperands,
	type Operator,
	type Operators,
	optionalOperand,
} from "./operator.ts";

/** A Date whose UTC fields read as the wall clock of the zone; undefined without a date, null without a zone. */
function wallClock(date: Value, timezone: Value, compiler: Compiler): Expression {
	const instant = compiler.compile(date);
	const zone = optionalOperand(timezone, compiler) ?? (() => "UTC");
	return (root, scope) => {
		const value = instant(root, scope);
		const name = zone(root, scope);
		if (isNullish(value)) return undefined;
		if (isNullish(name)) return null;
		const found = dateOf(value);
		if (!found) throw new StoreError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
		if (typeof name !== "string") throw new StoreError(40517, `timezone must be a string, found ${typeName(name)}`);
		return new Date(found.getTime() + offsetOf(name));
	};
}

/** Takes a date, or `{date, timezone}`. */
function part(name: string, read: (local: Date) => number): Operator {
	return (operand, compiler) => {
		const only = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
		if (Array.isArray(only)) throw new StoreError(40536, `${name} accepts exactly one argument if given an array`);
		const isFull = isPlain(only) && !Object.keys(only)[0]?.startsWith("$");
		const named = isFull ? namedOperands(name, only, ["date"], ["timezone"]) : { date: only, timezone: undefined };
		const local = wallClock(named.date, named.timezone, compiler);
		return (root, scope) => {
			const date = local(root, scope);
			return date instanceof Date ? read(date) : null;
		};
	};
}

const dateToString: Operator = (operand, compiler) => {
	const named = namedOperands("$dateToString", operand, ["date"], ["format", "timezone", "onNull"]);
	const local = wallClock(named.date, named.timezone, compiler);
	const zone = optionalOperand(named.timezone, compiler) ?? (() => "UTC");
	const format = optionalOperand(named.format, compiler);
	const onNull = optionalOperand(named.onNull, compiler) ?? (() => null);
	return (root, scope) => {
		const date = local(root, scope);
		const timezone = zone(root, scope);
		if (date === undefined) return onNull(root, scope);
		if (!(date instanceof Date) || typeof timezone !== "string") return null;
		const pattern = format ? format(root, scope) : `%Y-%m-%dT%H:%M:%S.%L${timezone === "UTC" ? "Z" : ""}`;
		if (isNullish(pattern)) return null;
		if (typeof pattern !== "string") throw new StoreError(18533, "$dateToString requires that 'format' be a string");
		return write(date, pattern, timezone);
	};
};

const digits = (value: number, width: number): string => String(value).padStart(width, "0");

/** `%` letters of `$dateToString`. Source: MongoDB manual, "Format Specifiers"; those of weeks and names are left out. */
const LETTERS: Readonly<Record<string, (local: Date, zone: string) => string>> = {
	Y: (local) => digits(local.getUTCFullYear(), 4),
	m: (local) => digits(local.getUTCMonth() + 1, 2),
	d: (local) => digits(local.getUTCDate(), 2),
	H: (local) => digits(local.getUTCHours(), 2),
	M: (local) => digits(local.getUTCMinutes(), 2),
	S: (local) => digits(local.getUTCSeconds(), 2),
	L: (local) => digits(local.getUTCMilliseconds(), 3),
	z: (_, zone) => {
		const minutes = offsetOf(zone) / 60_000;
		const size = Math.abs(minutes);
		return `${minutes < 0 ? "-" : "+"}${digits(Math.trunc(size / 60), 2)}${digits(size % 60, 2)}`;
	},
	"%": () => "%",
};

function write(local: Date, format: string, zone: string): string {
	return format.replace(/%(.?)/gs, (_, letter: string) => {
		const written = Object.hasOwn(LETTERS, letter) ? LETTERS[letter]?.(local, zone) : undefined;
		if (written === undefined) throw new StoreError(18536, `Invalid format character '%${letter}' in format string`);
		return written;
	});
}

const DAY_MS = 86_400_000;
const dayOfYear = (local: Date): number =>
	Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;

export const dates: Operators = {
	$year: part("$year", (local) => local.getUTCFullYear()),
	$month: part("$month", (local) => local.getUTCMonth() + 1),
	$dayOfMonth: part("$dayOfMonth", (local) => local.getUTCDate()),
	$dayOfYear: part("$dayOfYear", dayOfYear),
	$dayOfWeek: part("$dayOfWeek", (local) => local.getUTCDay() + 1),
	$hour: part("$hour", (local) => local.getUTCHours()),
	$minute: part("$minute", (local) => local.getUTCMinutes()),
	$second: part("$second", (local) => local.getUTCSeconds()),
	$millisecond: part("$millisecond", (local) => local.getUTCMilliseconds()),
	$dateToString: dateToString,
};
