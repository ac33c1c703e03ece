/**
 * Translates MongoDB's regular expressions (PCRE2, UTF mode) to JavaScript's in unicode mode. What the two spell alike
 * but mean differently is rewritten: `.`, `^`, `$`, `\s`, literal braces. What only PCRE has is refused by name.
 * A pattern that backtracks without end can't be interrupted here: JavaScript gives no way to.
 */
import { StoreError } from "../errors.ts";

const SPACES = "\\t\\n\\v\\f\\r ";
const NO_SPACES = "\\0-\\x08\\x0e-\\x1f!-\\u{10ffff}";
const END = "(?![\\s\\S])";
const END_OR_LAST_NEWLINE = `(?=\\n?${END})`;
/** JavaScript also takes \r and U+2028 for line ends, PCRE does not; after a last newline there is no line. */
const LINE_START = "(?:^|(?<=\\n)(?=[\\s\\S]))";
const LINE_END = "(?=\\n|$)";

const unsupported = (what: string): StoreError =>
	new StoreError("BadValue", `regular expressions with ${what} are not supported by the embedded store`);

/** Options: i, m, s, x; u is implied. Throws 51108 for other options and 51091 for a malformed pattern. */
export function compileRegex(pattern: string, options = ""): RegExp {
	const inline = /^\(\?([imsx]+)\)/.exec(pattern);
	const flags = options + (inline?.[1] ?? "");
	const wrong = /[^imsxu]/.exec(flags);
	if (wrong) throw new StoreError(51108, `invalid flag in regex options: ${wrong[0]}`);
	try {
		const source = new Translation(pattern.slice(inline?.[0].length ?? 0), flags).run();
		return new RegExp(source, flags.includes("i") ? "iu" : "u");
	} catch (err) {
		if (err instanceof StoreError) throw err;
		throw new StoreError(51091, `Regular expression is invalid: ${(err as Error).message}`);
	}
}

class Translation {
	private readonly pattern: string;
	private readonly multiline: boolean;
	private readonly dotAll: boolean;
	private readonly extended: boolean;
	private at = 0;
	private output = "";

	constructor(pattern: string, flags: string) {
		this.pattern = pattern;
		this.multiline = flags.includes("m");
		this.dotAll = flags.includes("s");
		this.extended = flags.includes("x");
	}

	run(): string {
		while (this.at < this.pattern.length) this.output += this.token();
		return this.output;
	}

	/** The text at the current position if it matches a sticky expression; moves past it. */
	private take(expression: RegExp): RegExpExecArray | null {
		expression.lastIndex = this.at;
		const match = expression.exec(this.pattern);
		if (match) this.at += match[0].length;
		return match;
	}

	private token(): string {
		if (this.extended && this.take(/\s+|#[^\n]*/y)) return "";
		const character = String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0);
		switch (character) {
			case "\\":
				return this.escape(false);
			case "[":
				return this.characterClass();
			case "(":
				return this.group();
			case "*":
			case "+":
			case "?":
			case "{":
				return this.quantifier();
		}
		this.at += character.length;
		switch (character) {
			case ".":
				return this.dotAll ? "[\\s\\S]" : "[^\\n]";
			case "^":
				return this.multiline ? LINE_START : "^";
			case "$":
				return this.multiline ? LINE_END : END_OR_LAST_NEWLINE;
			case "}":
			case "]":
				return `\\${character}`;
			default:
				return character;
		}
	}

	private quantifier(): string {
		const match = this.take(/(?:[*+?]|\{\d+(?:,\d*)?\})([+?]?)/y);
		if (!match) {
			if (this.take(/\{,\d+\}/y)) throw unsupported("the quantifier {,n}");
			this.at++;
			return "\\{"; // a brace that starts no quantifier is a brace
		}
		if (match[1] === "+") throw unsupported("possessive quantifiers");
		return match[0];
	}

	private group(): string {
		const match = this.take(/\((\?(?:[:=!]|<[=!]|P?<[A-Za-z_]\w*>))?/y);
		if (this.pattern[this.at] === "?" && match?.[1] === undefined) {
			throw unsupported(`the group (${this.pattern.slice(this.at, this.at + 3)}`);
		}
		if (this.pattern[this.at] === "*" && match?.[1] === undefined) throw unsupported("(* verbs");
		return (match?.[0] ?? "(").replace("?P<", "?<");
	}

	private escape(inClass: boolean): string {
		const hex = this.take(/\\x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/y);
		if (hex) return `\\u{${hex[1] ?? hex[2]}}`;
		const property = this.take(/\\([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/y);
		if (property) return unicodeProperty(property);
		const reference = this.take(/\\(?:[1-9](?!\d)|k<\w+>)/y);
		if (reference && !inClass) return reference[0];
		const character = String.fromCodePoint(this.pattern.codePointAt(this.at + 1) ?? 0);
		this.at += 1 + character.length;
		if (this.at > this.pattern.length)
			throw new StoreError(51091, "Regular expression is invalid: \\ at end of pattern");
		return escaped(character, inClass);
	}

	private characterClass(): string {
		let output = this.take(/\[\^?/y)?.[0] ?? "[";
		let first = true;
		for (;;) {
			if (this.at >= this.pattern.length) {
				throw new StoreError(51091, "Regular expression is invalid: missing terminating ] for character class");
			}
			if (this.pattern[this.at] === "]" && !first) break;
			if (this.take(/\[[:.=]\^?\w+[:.=]\]/y)) throw unsupported("POSIX classes such as [:alpha:]");
			output += this.classItem();
			first = false;
		}
		this.at++;
		return `${output}]`;
	}

	private classItem(): string {
		if (this.pattern[this.at] === "\\") return this.escape(true);
		const character = String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0);
		this.at += character.length;
		return "[]".includes(character) ? `\\${character}` : character;
	}
}

function unicodeProperty([, letter = "p", caret = "", braced, bare]: RegExpExecArray): string {
	const negated = (letter === "P") !== (caret === "^");
	const name = braced ?? bare ?? "";
	// PCRE names scripts and categories alike; JavaScript wants to be told which it is.
	const isCategory = name.length <= 2 || name === "Any";
	return `\\${negated ? "P" : "p"}{${isCategory ? name : `Script=${name}`}}`;
}

function escaped(character: string, inClass: boolean): string {
	switch (character) {
		case "s":
			return inClass ? SPACES : `[${SPACES}]`;
		case "S":
			return inClass ? NO_SPACES : `[${NO_SPACES}]`;
		case "b":
			return inClass ? "\\x08" : "\\b";
		case "a":
			return "\\x07";
		case "e":
			return "\\x1b";
	}
	if ("dDwWntrf0".includes(character)) return `\\${character}`;
	if (!inClass && character === "B") return "\\B";
	if (!inClass && character === "A") return "^";
	if (!inClass && character === "z") return END;
	if (!inClass && character === "Z") return END_OR_LAST_NEWLINE;
	if (/[A-Za-z0-9]/.test(character)) throw unsupported(`\\${character}`);
	return /[\^$\\.*+?()[\]{}|/-]/.test(character) ? `\\${character === "-" && !inClass ? "x2d" : character}` : character;
}
