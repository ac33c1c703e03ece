/** Operators on strings. Positions count code points. */
import { isNumeric, typeName } from "../bson/types.ts";
import { Decimal128, Double, isNullish, type Numeric, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { wholeNumber } from "./array.ts";
import type { Operator, Operators } from "./operator.ts";
import { ANY_NUMBER, namedOperands, onPresent, onValues, optionalOperand } from "./operator.ts";

/** A value as the text operators see it: null and missing are empty, numbers and dates are written out. */
function textOf(value: Value): string {
	if (isNullish(value)) return "";
	if (typeof value === "string") return value;
	if (isNumeric(value)) return numberText(value);
	if (value instanceof Date) return value.toISOString();
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

/** A string, refusing anything else with the code of the operator. */
function stringOf(value: Value, code: number, name: string): string {
	if (typeof value === "string") return value;
	throw new StoreError(code, `${name} only supports strings, not ${typeName(value)}`);
}

const concat = (...values: Value[]): string => values.map((value) => stringOf(value, 16702, "$concat")).join("");

function split(text: Value, separator: Value): Value {
	const by = stringOf(separator, 40086, "$split");
	if (by === "") throw new StoreError(40087, "$split requires a non-empty separator");
	return stringOf(text, 40085, "$split").split(by);
}

function substring(text: Value, start: Value, length: Value): string {
	const from = wholeNumber(start, 34450, "$substrCP: starting index must be a numeric type");
	const count = wholeNumber(length, 34452, "$substrCP: length must be a numeric type");
	if (from < 0 || count < 0) throw new StoreError(34455, "$substrCP: start and length must be nonnegative integers");
	return [...textOf(text)].slice(from, from + count).join("");
}

/** Where a string begins within another, -1 for nowhere. */
function indexOf(text: Value, wanted: Value, start: Value, stop: Value): Value {
	if (isNullish(text)) return null;
	const letters = [...stringOf(text, 40093, "$indexOfCP")];
	const pattern = [...stringOf(wanted, 40094, "$indexOfCP")];
	const from = index(start, 0);
	const end = Math.min(index(stop, letters.length), letters.length);
	for (let at = from; at + pattern.length <= end; at++) {
		if (pattern.every((letter, i) => letter === letters[at + i])) return at;
	}
	return -1;
}

function index(value: Value, missing: number): number {
	if (value === undefined) return missing;
	const whole = wholeNumber(value, 40096, "$indexOfCP requires an integral index");
	if (whole < 0) throw new StoreError(40097, `$indexOfCP requires a nonnegative index, found: ${whole}`);
	return whole;
}

/** What `$trim` takes away when not told: Unicode's blanks and the zero byte. */
const BLANKS = "\0\u0020\t\n\v\f\r\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A";

const trim: Operator = (operand, compiler) => {
	const named = namedOperands("$trim", operand, ["input"], ["chars"]);
	const input = compiler.compile(named.input);
	const chars = optionalOperand(named.chars, compiler) ?? (() => BLANKS);
	return (root, scope) => {
		const text = input(root, scope);
		const unwanted = chars(root, scope);
		if (isNullish(text) || isNullish(unwanted)) return null;
		const set = new Set(stringOf(unwanted, 50700, "$trim"));
		const letters = [...stringOf(text, 50699, "$trim")];
		const isKept = (letter: string): boolean => !set.has(letter);
		const from = letters.findIndex(isKept);
		return from < 0 ? "" : letters.slice(from, letters.findLastIndex(isKept) + 1).join("");
	};
};

/** Upper and lower case are ASCII's, as in MongoDB. */
const lowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
const upperCase = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

export const strings: Operators = {
	$concat: onPresent("$concat", 0, ANY_NUMBER, concat),
	$toLower: onValues("$toLower", 1, 1, (value) => lowerCase(textOf(value))),
	$toUpper: onValues("$toUpper", 1, 1, (value) => upperCase(textOf(value))),
	$strLenCP: onValues("$strLenCP", 1, 1, (value) => [...stringOf(value, 34471, "$strLenCP")].length),
	$substrCP: onValues("$substrCP", 3, 3, substring),
	$indexOfCP: onValues("$indexOfCP", 2, 4, indexOf),
	$split: onPresent("$split", 2, 2, split),
	$trim: trim,
};
