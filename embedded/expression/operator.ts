/** What an expression is, and how operators take their operands. */
import { isNullish, isPlain, type Value } from "../bson/values.ts";
import { failedToParse, StoreError } from "../errors.ts";

/** What an expression sees beside its document. */
export interface Scope {
	/** By `$let`, `$map` and the like, or the `let` of a `$lookup`. */
	variables: Readonly<Record<string, Value>>;
	/** `$$NOW`: the same instant for a whole command. */
	now: Date;
}

export const newScope = (variables: Readonly<Record<string, Value>> = {}): Scope => ({ variables, now: new Date() });

/** Evaluates to undefined where MongoDB says "missing". */
export type Expression = (root: Value, scope: Scope) => Value;

/** Compiles the operands of an operator, knowing the variables in reach. */
export interface Compiler {
	compile(expression: Value): Expression;
	/** A compiler that also knows further variables. */
	knowing(names: readonly string[]): Compiler;
}

/** Compiles one use of an operator. Throws what MongoDB throws for operands that can be refused before any document. */
export type Operator = (operand: Value, compiler: Compiler) => Expression;

export type Operators = Readonly<Record<string, Operator>>;

export const ANY_NUMBER = Number.POSITIVE_INFINITY;

/** The operands of an operator that takes a list (a lone operand needs no list). */
export function operandList(
	name: string,
	operand: Value,
	compiler: Compiler,
	least: number,
	most = least,
): Expression[] {
	const operands = Array.isArray(operand) ? operand : [operand];
	const count = operands.length;
	if (count < least || count > most) {
		const code = least === most ? 16020 : 28667;
		throw new StoreError(code, `Expression ${name} takes ${least} to ${most} arguments. ${count} were passed in.`);
	}
	return operands.map((expression) => compiler.compile(expression));
}

/** An operator whose result depends on nothing but the values of its operands. */
export function onValues(name: string, least: number, most: number, apply: (...values: Value[]) => Value): Operator {
	return (operand, compiler) => {
		const operands = operandList(name, operand, compiler, least, most);
		const [first, second] = operands;
		if (most === 1 && first) return (root, scope) => apply(first(root, scope));
		if (most === 2 && first && second) return (root, scope) => apply(first(root, scope), second(root, scope));
		return (root, scope) => apply(...operands.map((expression) => expression(root, scope)));
	};
}

/** The same, answering null as soon as an operand is null or missing. */
export function onPresent(name: string, least: number, most: number, apply: (...values: Present[]) => Value): Operator {
	return onValues(name, least, most, (...values) => (values.some(isNullish) ? null : apply(...(values as Present[]))));
}

/** A value that is neither null nor missing. */
export type Present = Exclude<Value, null | undefined>;

/** The operands of an operator that takes names: `{$map: {input, as, in}}`. Throws for missing and unknown ones. */
export function namedOperands<Required extends string, Optional extends string = never>(
	name: string,
	operand: Value,
	required: readonly Required[],
	optional: readonly Optional[] = [],
): Record<Required, Value> & Partial<Record<Optional, Value>> {
	if (!isPlain(operand)) throw failedToParse(`${name} only supports an object as its argument`);
	const known: readonly string[] = [...required, ...optional];
	for (const field in operand) {
		if (!known.includes(field)) throw failedToParse(`argument '${field}' of ${name} is not supported`);
	}
	for (const field of required) {
		if (!Object.hasOwn(operand, field)) throw failedToParse(`Missing '${field}' parameter to ${name}`);
	}
	return operand as Record<Required, Value> & Partial<Record<Optional, Value>>;
}

/** Compiles an operand that may be left out. */
export const optionalOperand = (operand: Value, compiler: Compiler): Expression | undefined =>
	operand === undefined ? undefined : compiler.compile(operand);
