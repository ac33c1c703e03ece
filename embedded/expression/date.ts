/** Dates as text, and arithmetic on them in units of the calendar. */
import { toInteger } from "../bson/number.ts";
import { isNumeric, typeName } from "../bson/types.ts";
import { isNullish, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { addMonths, DAY, dateAt, dayNumber, monthNumber } from "./calendar.ts";
import { instantOf, zoneOf } from "./date-parts.ts";
import { readDate, writeDate } from "./date-text.ts";
import { namedOperands, type Operator, type Operators, optionalOperand } from "./operator.ts";
import { fromWallClock, offsetAt, toWallClock } from "./time-zone.ts";

const dateToString: Operator = (operand, compiler) => {
	const named = namedOperands("$dateToString", operand, ["date"], ["format", "timezone", "onNull"]);
	const date = compiler.compile(named.date);
	const format = optionalOperand(named.format, compiler);
	const zone = zoneOf(optionalOperand(named.timezone, compiler));
	const onNull = optionalOperand(named.onNull, compiler);
	return (root, scope) => {
		const value = date(root, scope);
		if (isNullish(value)) return onNull ? onNull(root, scope) : null;
		const timezone = zone(root, scope);
		const pattern = format ? format(root, scope) : defaultFormat(timezone);
		if (timezone === null || isNullish(pattern)) return null;
		if (typeof pattern !== "string") {
			throw new StoreError(18533, `$dateToString requires that 'format' be a string, found: ${typeName(pattern)}`);
		}
		return writeDate(instantOf(value), pattern, timezone);
	};
};

const defaultFormat = (zone: string | null): string =>
	zone === "UTC" ? "%Y-%m-%dT%H:%M:%S.%LZ" : "%Y-%m-%dT%H:%M:%S.%L";

const dateFromString: Operator = (operand, compiler) => {
	const named = namedOperands("$dateFromString", operand, ["dateString"], ["timezone", "onError", "onNull"]);
	const text = compiler.compile(named.dateString);
	const zone = zoneOf(optionalOperand(named.timezone, compiler));
	const onError = optionalOperand(named.onError, compiler);
	const onNull = optionalOperand(named.onNull, compiler);
	return (root, scope) => {
		const value = text(root, scope);
		const timezone = zone(root, scope);
		if (isNullish(value)) return onNull ? onNull(root, scope) : null;
		if (timezone === null) return null;
		const date =
			typeof value === "string" ? readDate(value, named.timezone === undefined ? undefined : timezone) : undefined;
		if (date) return date;
		if (onError) return onError(root, scope);
		throw new StoreError("ConversionFailure", `Error parsing date string '${String(value)}'`);
	};
};

/** Units of a fixed length, in ms. */
const LENGTHS = new Map([
	["hour", 3_600_000],
	["minute", 60_000],
	["second", 1000],
	["millisecond", 1],
]);
/** Units of a number of months. */
const MONTHS = new Map([
	["year", 12],
	["quarter", 3],
	["month", 1],
]);
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

function unitOf(value: Value): string {
	if (typeof value === "string" && (LENGTHS.has(value) || MONTHS.has(value) || value === "week" || value === "day")) {
		return value;
	}
	throw new StoreError("FailedToParse", `unknown time unit value: ${String(value)}`);
}

/** Weekday a week begins on: 0 is Sunday. */
function weekStartOf(value: Value): number {
	if (value === undefined) return 0;
	const name = typeof value === "string" ? value.toLowerCase() : "";
	const weekday = WEEKDAYS.findIndex((day) => day === name || day.slice(0, 3) === name);
	if (weekday < 0) throw new StoreError(5439016, `unknown day of week value: ${String(value)}`);
	return weekday;
}

function adding(name: "$dateAdd" | "$dateSubtract"): Operator {
	const sign = name === "$dateAdd" ? 1 : -1;
	return (operand, compiler) => {
		const named = namedOperands(name, operand, ["startDate", "unit", "amount"], ["timezone"]);
		const start = compiler.compile(named.startDate);
		const unit = compiler.compile(named.unit);
		const amount = compiler.compile(named.amount);
		const zone = zoneOf(optionalOperand(named.timezone, compiler));
		return (root, scope) => {
			const date = start(root, scope);
			const count = amount(root, scope);
			const unitValue = unit(root, scope);
			const timezone = zone(root, scope);
			if (isNullish(date) || isNullish(count) || isNullish(unitValue) || timezone === null) return null;
			const whole = isNumeric(count) ? toInteger(count) : undefined;
			if (whole === undefined) throw new StoreError(5166405, `${name} expects integer amount of time units`);
			return move(instantOf(date), unitOf(unitValue), sign * Number(whole), timezone);
		};
	};
}

/** Days and longer keep the wall clock's time of day; hours and shorter are elapsed time. */
function move(instant: Date, unit: string, amount: number, zone: string): Date {
	const length = LENGTHS.get(unit);
	if (length !== undefined) return dateAt(instant.getTime() + amount * length);
	const local = toWallClock(instant, zone);
	const months = MONTHS.get(unit);
	const moved =
		months !== undefined
			? addMonths(local, amount * months)
			: new Date(local.getTime() + amount * DAY * (unit === "week" ? 7 : 1));
	return fromWallClock(dateAt(moved.getTime()), zone);
}

const dateDiff: Operator = (operand, compiler) => {
	const named = namedOperands("$dateDiff", operand, ["startDate", "endDate", "unit"], ["timezone", "startOfWeek"]);
	const start = compiler.compile(named.startDate);
	const end = compiler.compile(named.endDate);
	const unit = compiler.compile(named.unit);
	const zone = zoneOf(optionalOperand(named.timezone, compiler));
	const startOfWeek = optionalOperand(named.startOfWeek, compiler);
	return (root, scope) => {
		const [from, to, unitValue] = [start(root, scope), end(root, scope), unit(root, scope)];
		const timezone = zone(root, scope);
		if (isNullish(from) || isNullish(to) || isNullish(unitValue) || timezone === null) return null;
		const weekStart = weekStartOf(startOfWeek?.(root, scope));
		const name = unitOf(unitValue);
		const count = (value: Value): number => boundaries(instantOf(value), name, timezone, weekStart);
		return BigInt(count(to) - count(from));
	};
};

/** How many beginnings of a unit lie before an instant, since some fixed one. */
function boundaries(instant: Date, unit: string, zone: string, weekStart: number): number {
	const length = LENGTHS.get(unit);
	if (length !== undefined) {
		// Half-hour zones begin their hours at another minute; whole hours of a shift of the clock don't count.
		return Math.floor((instant.getTime() + (offsetAt(instant, zone) % length)) / length);
	}
	const local = toWallClock(instant, zone);
	const months = MONTHS.get(unit);
	if (months !== undefined) return Math.floor(monthNumber(local) / months);
	// Day 0, 1 January 1970, was a Thursday (4).
	return unit === "week" ? Math.floor((dayNumber(local) + 4 - weekStart) / 7) : dayNumber(local);
}

const dateTrunc: Operator = (operand, compiler) => {
	const named = namedOperands("$dateTrunc", operand, ["date", "unit"], ["binSize", "timezone", "startOfWeek"]);
	const date = compiler.compile(named.date);
	const unit = compiler.compile(named.unit);
	const binSize = optionalOperand(named.binSize, compiler);
	const zone = zoneOf(optionalOperand(named.timezone, compiler));
	const startOfWeek = optionalOperand(named.startOfWeek, compiler);
	return (root, scope) => {
		const value = date(root, scope);
		const unitValue = unit(root, scope);
		const bin = binSize ? binSize(root, scope) : 1;
		const timezone = zone(root, scope);
		if (isNullish(value) || isNullish(unitValue) || isNullish(bin) || timezone === null) return null;
		const size = isNumeric(bin) ? toInteger(bin) : undefined;
		if (size === undefined || size <= 0n)
			throw new StoreError(5439018, "$dateTrunc requires 'binSize' to be greater than 0");
		const weekStart = weekStartOf(startOfWeek?.(root, scope));
		return truncate(instantOf(value), unitOf(unitValue), Number(size), timezone, weekStart);
	};
};

/** 1 January 2000, a Saturday: where MongoDB begins to count bins. */
const REFERENCE = Date.UTC(2000, 0, 1);

function truncate(instant: Date, unit: string, size: number, zone: string, weekStart: number): Date {
	const floorTo = (value: number, step: number): number => Math.floor(value / step) * step;
	const length = LENGTHS.get(unit);
	if (length !== undefined) {
		const reference = fromWallClock(new Date(REFERENCE), zone).getTime();
		return new Date(reference + floorTo(instant.getTime() - reference, size * length));
	}
	const local = toWallClock(instant, zone);
	const months = MONTHS.get(unit);
	if (months !== undefined) {
		const month = 2000 * 12 + floorTo(monthNumber(local) - 2000 * 12, size * months);
		return fromWallClock(new Date(Date.UTC(Math.floor(month / 12), month % 12, 1)), zone);
	}
	const firstWeek = REFERENCE + ((weekStart - 6 + 7) % 7) * DAY;
	const reference = unit === "week" ? firstWeek : REFERENCE;
	const step = size * DAY * (unit === "week" ? 7 : 1);
	return fromWallClock(new Date(reference + floorTo(local.getTime() - reference, step)), zone);
}

export const dates: Operators = {
	$dateToString: dateToString,
	$dateFromString: dateFromString,
	$dateAdd: adding("$dateAdd"),
	$dateSubtract: adding("$dateSubtract"),
	$dateDiff: dateDiff,
	$dateTrunc: dateTrunc,
};
