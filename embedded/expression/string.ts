/** Operators on strings. Positions count code points (CP) or UTF-8 bytes. */
import { compareStrings } from "../bson/compare.ts";
import { isNumeric, typeName } from "../bson/types.ts";
import { BSONSymbol, Decimal128, Double, isNullish, type Numeric, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { wholeNumber } from "./array.ts";
import { namedOperands, type Operator, type Operators, onPresent, onValues, optionalOperand } from "./operator.ts";

const ANY_NUMBER = Number.POSITIVE_INFINITY;

/** A value as the text operators see it: null and missing are empty, numbers and dates are written out. */
export function textOf(value: Value): string {
	if (isNullish(value)) return "";
	if (typeof value === "string") return value;
	if (isNumeric(value)) return numberText(value);
	if (value instanceof Date) return value.toISOString();
	if (value instanceof BSONSymbol) return value.value;
	throw new StoreError(16007, `can't convert from BSON type ${typeName(value)} to String`);
}

export const numberText = (value: Numeric): string => {
	if (typeof value === "bigint" || value instanceof Decimal128) return String(value);
	return doubleText(value instanceof Double ? value.value : value);
};

/** A double as C's `%.16g` writes it, which is what MongoDB uses: 0.3 for 0.1 + 0.2, 1e-07, 1e+16. */
function doubleText(value: number): string {
	if (!Number.isFinite(value) || value === 0) return Object.is(value, -0) ? "-0" : String(value);
	const [digits = "", exponent = "0"] = value.toExponential(15).split("e");
	const power = Number(exponent);
	if (power >= -4 && power < 16) return withoutZeros(Number(value.toPrecision(16)).toFixed(15 - power));
	return `${withoutZeros(digits)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

const withoutZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** A string, refusing anything else with the code and words of the operator. */
function stringOf(value: Value, code: number, message: string): string {
	if (typeof value === "string") return value;
	throw new StoreError(code, `${message} ${typeName(value)}`);
}

const concat = (...values: Value[]): string =>
	values.map((value) => stringOf(value, 16702, "$concat only supports strings, not")).join("");

function split(text: Value, separator: Value): Value {
	const whole = stringOf(
		text,
		40085,
		"$split requires an expression that evaluates to a string as a first argument, found:",
	);
	const by = stringOf(
		separator,
		40086,
		"$split requires an expression that evaluates to a string as a second argument, found:",
	);
	if (by === "") throw new StoreError(40087, "$split requires a non-empty separator");
	return whole.split(by);
}

function substring(name: string, decode: (text: string, start: number, length: number) => string): Operator {
	return onValues(name, 3, 3, (text, start, length) => {
		const from = wholeNumber(start, 34450, `${name}: starting index must be a numeric type`);
		const count = wholeNumber(length, 34452, `${name}: length must be a numeric type`);
		if (from < 0) throw new StoreError(50752, `${name}: starting index must be non-negative (got: ${from})`);
		if (count >= 0) return decode(textOf(text), from, count);
		// A negative length means "to the end" for bytes only.
		if (name === "$substrCP") throw new StoreError(34455, `${name}: length must be a nonnegative integer.`);
		return decode(textOf(text), from, Number.POSITIVE_INFINITY);
	});
}

const codePoints = (text: string, start: number, length: number): string =>
	[...text].slice(start, start + length).join("");

function utf8Bytes(text: string, start: number, length: number): string {
	const bytes = Buffer.from(text);
	const isInside = (at: number): boolean => at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80;
	if (isInside(start))
		throw new StoreError(28656, "$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.");
	const end = Math.min(bytes.length, start + length);
	if (isInside(end))
		throw new StoreError(28657, "$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.");
	return bytes.toString("utf8", start, end);
}

/** `$indexOfCP` and `$indexOfBytes`: where a string begins within another, -1 for nowhere. */
function indexOf(name: string, unitsOf: (text: string) => readonly (string | number)[]): Operator {
	return onValues(name, 2, 4, (text, wanted, start, stop) => {
		if (isNullish(text)) return null;
		const units = unitsOf(stringOf(text, 40091, `${name} requires a string as the first argument, found:`));
		const pattern = unitsOf(stringOf(wanted, 40092, `${name} requires a string as the second argument, found:`));
		const from = start === undefined ? 0 : index(name, start, "starting");
		const end = stop === undefined ? units.length : Math.min(index(name, stop, "ending"), units.length);
		for (let at = from; at + pattern.length <= end; at++) {
			if (pattern.every((unit, i) => unit === units[at + i])) return at;
		}
		return -1;
	});
}

function index(name: string, value: Value, which: string): number {
	const whole = wholeNumber(value, 40096, `${name} requires an integral ${which} index`);
	if (whole < 0) throw new StoreError(40097, `${name} requires a nonnegative ${which} index, found: ${whole}`);
	return whole;
}

/** What `$trim` takes away when not told: Unicode's blanks and the zero byte. */
const BLANKS = "\0\u0020\t\n\v\f\r\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A";

function trim(name: string, sides: { left: boolean; right: boolean }): Operator {
	return (operand, compiler) => {
		const named = namedOperands(name, operand, ["input"], ["chars"]);
		const input = compiler.compile(named.input);
		const chars = optionalOperand(named.chars, compiler);
		return (root, scope) => {
			const text = input(root, scope);
			const unwanted = chars ? chars(root, scope) : BLANKS;
			if (isNullish(text) || isNullish(unwanted)) return null;
			const set = new Set(stringOf(unwanted, 50700, `${name} requires 'chars' to be a string, got`));
			const letters = [...stringOf(text, 50699, `${name} requires its input to be a string, got`)];
			let from = 0;
			let to = letters.length;
			while (sides.left && from < to && set.has(letters[from] ?? "")) from++;
			while (sides.right && to > from && set.has(letters[to - 1] ?? "")) to--;
			return letters.slice(from, to).join("");
		};
	};
}

function replace(name: "$replaceOne" | "$replaceAll"): Operator {
	return (operand, compiler) => {
		const named = namedOperands(name, operand, ["input", "find", "replacement"]);
		const fields = (["input", "find", "replacement"] as const).map((field) => ({
			field,
			expression: compiler.compile(named[field]),
		}));
		return (root, scope) => {
			const texts = fields.map(({ field, expression }) => {
				const value = expression(root, scope);
				return isNullish(value) ? null : stringOf(value, 51746, `${name} requires that '${field}' be a string, found:`);
			});
			const [input, find, replacement] = texts;
			if (typeof input !== "string" || typeof find !== "string" || typeof replacement !== "string") return null;
			// A function, so that "$&" in the replacement is text.
			return name === "$replaceOne"
				? input.replace(find, () => replacement)
				: input.replaceAll(find, () => replacement);
		};
	};
}

/** Upper and lower case are ASCII's, as in MongoDB. */
const lowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
const upperCase = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

export const strings: Operators = {
	$concat: onPresent("$concat", 0, ANY_NUMBER, concat),
	$toLower: onValues("$toLower", 1, 1, (value) => lowerCase(textOf(value))),
	$toUpper: onValues("$toUpper", 1, 1, (value) => upperCase(textOf(value))),
	$strcasecmp: onValues("$strcasecmp", 2, 2, (a, b) =>
		Math.sign(compareStrings(upperCase(textOf(a)), upperCase(textOf(b)))),
	),
	$strLenCP: onValues(
		"$strLenCP",
		1,
		1,
		(value) => [...stringOf(value, 34471, "$strLenCP requires a string argument, found:")].length,
	),
	$strLenBytes: onValues("$strLenBytes", 1, 1, (value) =>
		Buffer.byteLength(stringOf(value, 34473, "$strLenBytes requires a string argument, found:")),
	),
	$substr: substring("$substrBytes", utf8Bytes),
	$substrBytes: substring("$substrBytes", utf8Bytes),
	$substrCP: substring("$substrCP", codePoints),
	$indexOfCP: indexOf("$indexOfCP", (text) => [...text]),
	$indexOfBytes: indexOf("$indexOfBytes", (text) => [...Buffer.from(text)]),
	$split: onPresent("$split", 2, 2, split),
	$trim: trim("$trim", { left: true, right: true }),
	$ltrim: trim("$ltrim", { left: true, right: false }),
	$rtrim: trim("$rtrim", { left: false, right: true }),
	$replaceOne: replace("$replaceOne"),
	$replaceAll: replace("$replaceAll"),
};
