/**
 * Translates MongoDB's regular expressions (PCRE2, UTF mode) to JavaScript's in unicode mode. What the two spell alike
 * but mean differently is rewritten: `.`, `^`, `$`, `\s`. What only PCRE has is refused: JavaScript's unicode mode calls
 * everything an error that it does not know.
 * A pattern that backtracks without end can't be interrupted here: JavaScript gives no way to.
 */
import { badValue, StoreError } from "../errors.ts";

const SPACES = "\\t\\n\\v\\f\\r ";
const NO_SPACES = "\\0-\\x08\\x0e-\\x1f!-\\u{10ffff}";
const END_OR_LAST_NEWLINE = "(?=\\n?(?![\\s\\S]))";
/** JavaScript also takes \r and U+2028 for line ends, PCRE does not; after a last newline there is no line. */
const LINE_START = "(?:^|(?<=\\n)(?=[\\s\\S]))";
const LINE_END = "(?=\\n|$)";

/** Escapes both know and mean alike, inside and outside of a class. */
const SHARED_ESCAPE = /^\\(?:[dDwWntrf]|x[0-9a-fA-F]{2})$/;
const TOKEN = /\\x[0-9a-fA-F]{2}|\\k<\w+>|\\.|\[\^?\]|\[:|[.^$[\]]|\(\*|\(\?(?:[:=!]|<[=!]|<\w+>)?|./gsu;

/** Options: i, m, s; u is implied. Throws 51108 for other options, 51091 for a malformed pattern. */
export function compileRegex(pattern: string, options = ""): RegExp {
	refuseFlags(options);
	try {
		return new RegExp(translate(pattern, options), options.includes("i") ? "iu" : "u");
	} catch (err) {
		if (err instanceof StoreError) throw err;
		throw new StoreError(51091, `Regular expression is invalid or not supported: ${(err as Error).message}`);
	}
}

export function refuseFlags(options: string): void {
	const wrong = /[^imsu]/.exec(options);
	if (wrong) throw new StoreError(51108, `flag '${wrong[0]}' in regex options is invalid or not supported`);
}

function translate(pattern: string, options: string): string {
	let inClass = false;
	return pattern.replace(TOKEN, (token) => {
		if (token === "[:" || token === "[]" || token === "[^]" || token === "(*" || token === "(?")
			throw unsupported(token);
		if (token.startsWith("\\")) return escaped(token, inClass);
		if (inClass) {
			inClass = token !== "]";
			return token;
		}
		switch (token) {
			case "[":
				inClass = true;
				return token;
			case ".":
				return options.includes("s") ? "[\\s\\S]" : "[^\\n]";
			case "^":
				return options.includes("m") ? LINE_START : "^";
			case "$":
				return options.includes("m") ? LINE_END : END_OR_LAST_NEWLINE;
			default:
				return token;
		}
	});
}

function escaped(token: string, inClass: boolean): string {
	if (token === "\\") return token; // at the end of the pattern: an error
	if (token === "\\s") return inClass ? SPACES : `[${SPACES}]`;
	if (token === "\\S") return inClass ? NO_SPACES : `[${NO_SPACES}]`;
	if (SHARED_ESCAPE.test(token)) return token;
	if (!inClass && /^\\(?:[bB1-9]|k<.*)$/.test(token)) return token;
	const character = token.slice(1);
	if (/[A-Za-z0-9]/.test(character)) throw unsupported(token);
	if (character === "-") return inClass ? "\\-" : "-";
	return /[\^$\\.*+?()[\]{}|/]/.test(character) ? token : character;
}

const unsupported = (what: string): StoreError =>
	badValue(`regular expressions with ${what} are not supported by the embedded store`);
