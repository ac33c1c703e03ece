/** `$year`, `$hour`… and taking dates apart and putting them together. */
import { typeName } from "../bson/types.ts";
import { isNullish, isPlain, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { wholeNumber } from "./array.ts";
import { dateAt, dayOfYear, isoWeek, weekOfYear } from "./calendar.ts";
import { dateOf } from "./conversion.ts";
import {
	type Expression,
	namedOperands,
	type Operator,
	type Operators,
	optionalOperand,
	type Scope,
} from "./operator.ts";
import { fromWallClock, toWallClock } from "./time-zone.ts";

export function instantOf(value: Value): Date {
	const date = dateOf(value);
	if (!date) throw new StoreError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
	return date;
}

/** A time zone operand: UTC when there is none, null when it evaluates to null. */
export function zoneOf(expression: Expression | undefined): (root: Value, scope: Scope) => string | null {
	return (root, scope) => {
		if (!expression) return "UTC";
		const zone = expression(root, scope);
		if (isNullish(zone)) return null;
		if (typeof zone === "string") return zone;
		throw new StoreError(40517, `timezone must evaluate to a string, found ${typeName(zone)}`);
	};
}

/** Takes a date, or `{date, timezone}`. */
function part(name: string, read: (local: Date) => Value): Operator {
	return (operand, compiler) => {
		const only = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
		if (Array.isArray(only)) throw new StoreError(40536, `${name} accepts exactly one argument if given an array`);
		const isFull = isPlain(only) && !Object.keys(only)[0]?.startsWith("$");
		const named = isFull ? namedOperands(name, only, ["date"], ["timezone"]) : { date: only };
		const date = compiler.compile(named.date);
		const zone = zoneOf(optionalOperand("timezone" in named ? named.timezone : undefined, compiler));
		return (root, scope) => {
			const value = date(root, scope);
			const timezone = zone(root, scope);
			if (isNullish(value) || timezone === null) return null;
			return read(toWallClock(instantOf(value), timezone));
		};
	};
}

const toParts: Operator = (operand, compiler) => {
	const named = namedOperands("$dateToParts", operand, ["date"], ["timezone"]);
	const date = compiler.compile(named.date);
	const zone = zoneOf(optionalOperand(named.timezone, compiler));
	return (root, scope) => {
		const value = date(root, scope);
		const timezone = zone(root, scope);
		if (isNullish(value) || timezone === null) return null;
		const local = toWallClock(instantOf(value), timezone);
		return {
			year: local.getUTCFullYear(),
			month: local.getUTCMonth() + 1,
			day: local.getUTCDate(),
			hour: local.getUTCHours(),
			minute: local.getUTCMinutes(),
			second: local.getUTCSeconds(),
			millisecond: local.getUTCMilliseconds(),
		};
	};
};

const PARTS = ["month", "day", "hour", "minute", "second", "millisecond"] as const;

/** Parts outside their usual range carry over, as in JavaScript: month 13 is January. */
const fromParts: Operator = (operand, compiler) => {
	const named = namedOperands("$dateFromParts", operand, ["year"], [...PARTS, "timezone"]);
	const year = compiler.compile(named.year);
	const rest = PARTS.map((name) => ({ name, expression: optionalOperand(named[name], compiler) }));
	const zone = zoneOf(optionalOperand(named.timezone, compiler));
	return (root, scope) => {
		const values = [
			year(root, scope),
			...rest.map(({ name, expression }) => {
				const first = name === "month" || name === "day" ? 1 : 0;
				return expression ? expression(root, scope) : first;
			}),
		];
		const timezone = zone(root, scope);
		if (values.some(isNullish) || timezone === null) return null;
		const [y = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0] = values.map((value) =>
			wholeNumber(value, 40515, "$dateFromParts: parts must evaluate to an integer"),
		);
		if (y < 1 || y > 9999) {
			throw new StoreError(
				40523,
				`$dateFromParts: 'year' must evaluate to an integer in the range 1 to 9999, found ${y}`,
			);
		}
		const local = new Date(0);
		local.setUTCFullYear(y, month - 1, day);
		local.setUTCHours(hour, minute, second, ms);
		return fromWallClock(dateAt(local.getTime()), timezone);
	};
};

export const dateParts: Operators = {
	$year: part("$year", (local) => local.getUTCFullYear()),
	$month: part("$month", (local) => local.getUTCMonth() + 1),
	$dayOfMonth: part("$dayOfMonth", (local) => local.getUTCDate()),
	$hour: part("$hour", (local) => local.getUTCHours()),
	$minute: part("$minute", (local) => local.getUTCMinutes()),
	$second: part("$second", (local) => local.getUTCSeconds()),
	$millisecond: part("$millisecond", (local) => local.getUTCMilliseconds()),
	$dayOfYear: part("$dayOfYear", dayOfYear),
	$dayOfWeek: part("$dayOfWeek", (local) => local.getUTCDay() + 1),
	$week: part("$week", weekOfYear),
	$isoDayOfWeek: part("$isoDayOfWeek", (local) => local.getUTCDay() || 7),
	$isoWeek: part("$isoWeek", (local) => isoWeek(local).week),
	$isoWeekYear: part("$isoWeekYear", (local) => BigInt(isoWeek(local).year)),
	$dateToParts: toParts,
	$dateFromParts: fromParts,
};
