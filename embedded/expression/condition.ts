/** Comparisons, boolean logic, branches and variables. */
import { compare } from "../bson/compare.ts";
import { isNullish, isPlain, MinKey, newDoc, type Value } from "../bson/values.ts";
import { failedToParse, StoreError } from "../errors.ts";
import type { Compiler, Expression, Operator, Operators, Scope } from "./operator.ts";
import { ANY_NUMBER, namedOperands, onValues, operandList, optionalOperand } from "./operator.ts";
import { truthy } from "./truth.ts";

/** The order in expressions: as everywhere, but a missing value comes before null. */
function compareInExpression(a: Value, b: Value): number {
	if (a !== undefined && b !== undefined) return compare(a, b);
	if (a === b) return 0;
	if (a === undefined) return b instanceof MinKey ? 1 : -1;
	return a instanceof MinKey ? -1 : 1;
}

const comparison = (name: string, result: (order: number) => Value): Operator =>
	onValues(name, 2, 2, (a, b) => result(compareInExpression(a, b)));

const and: Operator = (operand, compiler) => {
	const operands = operandList("$and", operand, compiler, 0, ANY_NUMBER);
	return (root, scope) => operands.every((expression) => truthy(expression(root, scope)));
};

const or: Operator = (operand, compiler) => {
	const operands = operandList("$or", operand, compiler, 0, ANY_NUMBER);
	return (root, scope) => operands.some((expression) => truthy(expression(root, scope)));
};

const cond: Operator = (operand, compiler) => {
	const [condition, whenTrue, whenFalse] = conditionOperands(operand, compiler);
	return (root, scope) => (truthy(condition(root, scope)) ? whenTrue : whenFalse)(root, scope);
};

/** Of `[if, then, else]` or the object with those names. */
function conditionOperands(operand: Value, compiler: Compiler): [Expression, Expression, Expression] {
	if (Array.isArray(operand)) return operandList("$cond", operand, compiler, 3) as [Expression, Expression, Expression];
	const named = namedOperands("$cond", operand, ["if", "then", "else"]);
	return [compiler.compile(named.if), compiler.compile(named.then), compiler.compile(named.else)];
}

const ifNull: Operator = (operand, compiler) => {
	const operands = operandList("$ifNull", operand, compiler, 2, ANY_NUMBER);
	return (root, scope) => {
		let value: Value;
		for (const expression of operands) {
			value = expression(root, scope);
			if (!isNullish(value)) return value;
		}
		return value;
	};
};

const switchOperator: Operator = (operand, compiler) => {
	const named = namedOperands("$switch", operand, ["branches"], ["default"]);
	if (!Array.isArray(named.branches)) throw new StoreError(40061, "$switch expected an array for 'branches'");
	if (named.branches.length === 0) throw new StoreError(40068, "$switch requires at least one branch");
	const branches = named.branches.map((branch) => {
		const { case: condition, then } = namedOperands("$switch branch", branch, ["case", "then"]);
		return { condition: compiler.compile(condition), result: compiler.compile(then) };
	});
	const fallback = optionalOperand(named.default, compiler);
	return (root, scope) => {
		const branch = branches.find(({ condition }) => truthy(condition(root, scope)));
		if (branch) return branch.result(root, scope);
		if (fallback) return fallback(root, scope);
		throw new StoreError(40066, "$switch could not find a matching branch, and no default was specified.");
	};
};

const letOperator: Operator = (operand, compiler) => {
	const named = namedOperands("$let", operand, ["vars", "in"]);
	const { vars } = named;
	if (!isPlain(vars)) throw new StoreError(16875, "invalid parameter: expected an object (vars)");
	const variables = Object.keys(vars).map((name) => {
		refuseBadVariable(name);
		return { name, value: compiler.compile(vars[name]) };
	});
	const body = compiler.knowing(Object.keys(vars)).compile(named.in);
	return (root, scope) => {
		const values = newDoc();
		for (const { name, value } of variables) values[name] = value(root, scope);
		return body(root, withVariables(scope, values));
	};
};

/** Names of users begin with a small letter; capitals are the system's. */
export function refuseBadVariable(name: string): void {
	if (/^[a-z\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*$/u.test(name) || name === "CURRENT") return;
	throw failedToParse(`'${name}' starts with an invalid character for a user variable name`);
}

export const withVariables = (scope: Scope, values: Readonly<Record<string, Value>>): Scope => ({
	...scope,
	variables: { ...scope.variables, ...values },
});

export const conditions: Operators = {
	$eq: comparison("$eq", (order) => order === 0),
	$ne: comparison("$ne", (order) => order !== 0),
	$gt: comparison("$gt", (order) => order > 0),
	$gte: comparison("$gte", (order) => order >= 0),
	$lt: comparison("$lt", (order) => order < 0),
	$lte: comparison("$lte", (order) => order <= 0),
	$cmp: comparison("$cmp", (order) => Math.sign(order)),
	$and: and,
	$or: or,
	$not: onValues("$not", 1, 1, (value) => !truthy(value)),
	$cond: cond,
	$ifNull: ifNull,
	$switch: switchOperator,
	$let: letOperator,
	$literal: (operand) => () => operand,
};
