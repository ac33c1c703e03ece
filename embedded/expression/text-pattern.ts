/** `$regexMatch`, `$regexFind` and `$regexFindAll`. */
import { typeName } from "../bson/types.ts";
import { BSONRegExp, type Doc, isNullish, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { compileRegex } from "../query/regex.ts";
import { namedOperands, type Operator, type Operators, optionalOperand } from "./operator.ts";

function onPattern(name: string, whenNull: () => Value, apply: (text: string, pattern: RegExp) => Value): Operator {
	return (operand, compiler) => {
		const named = namedOperands(name, operand, ["input", "regex"], ["options"]);
		const input = compiler.compile(named.input);
		const regex = compiler.compile(named.regex);
		const options = optionalOperand(named.options, compiler);
		return (root, scope) => {
			const text = input(root, scope);
			const pattern = regex(root, scope);
			if (isNullish(text) || isNullish(pattern)) return whenNull();
			if (typeof text !== "string") {
				throw new StoreError(51104, `${name} needs 'input' to be of type string, found: ${typeName(text)}`);
			}
			return apply(text, patternOf(name, pattern, options?.(root, scope)));
		};
	};
}

function patternOf(name: string, pattern: Value, options: Value): RegExp {
	if (!isNullish(options) && typeof options !== "string") {
		throw new StoreError(51106, `${name} needs 'options' to be of type string`);
	}
	const flags = isNullish(options) ? "" : options;
	if (typeof pattern === "string") return compileRegex(pattern, flags);
	if (!(pattern instanceof BSONRegExp)) {
		throw new StoreError(51105, `${name} needs 'regex' to be of type string or regex`);
	}
	if (flags !== "" && pattern.options !== "") {
		throw new StoreError(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
	}
	return compileRegex(pattern.pattern, pattern.options + flags);
}

const found = (match: RegExpExecArray | RegExpMatchArray, text: string): Doc => ({
	match: match[0],
	idx: [...text.slice(0, match.index)].length,
	captures: match.slice(1).map((capture) => (capture === undefined ? null : capture)),
});

function find(text: string, pattern: RegExp): Value {
	const match = pattern.exec(text);
	return match ? found(match, text) : null;
}

const findAll = (text: string, pattern: RegExp): Value =>
	Array.from(text.matchAll(new RegExp(pattern.source, `${pattern.flags}g`)), (match) => found(match, text));

export const textPatterns: Operators = {
	$regexMatch: onPattern(
		"$regexMatch",
		() => false,
		(text, pattern) => pattern.test(text),
	),
	$regexFind: onPattern("$regexFind", () => null, find),
	$regexFindAll: onPattern("$regexFindAll", () => [], findAll),
};
