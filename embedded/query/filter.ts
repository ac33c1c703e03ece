/** Compiles filters to predicates. Source of the semantics: MongoDB manual, query operators; error texts: the server. */
import { type Doc, isPlain, type Value } from "../bson/values.ts";
import { badValue } from "../errors.ts";
import { compileExpression } from "../expression/expression.ts";
import { newScope, type Scope } from "../expression/operator.ts";
import { truthy } from "../expression/truth.ts";
import { conditionTests, isOperatorName } from "./operators.ts";
import { onPath, type Position, type ValueTest } from "./path.ts";

export type { Position } from "./path.ts";

/** Whether a document matches. Sets `position` to the array index the positional operator `$` stands for. */
export type Predicate = (doc: Doc, position: Position | null) => boolean;

export type CompileFilter = (filter: Doc) => ValueTest;

/**
 * `scope` gives `$expr` its variables (`let` of a `$lookup`) and the time.
 * Throws BadValue or FailedToParse for whatever is malformed or not supported: nothing is ignored.
 */
export function compileFilter(filter: Value, scope: Scope = newScope()): Predicate {
	return compile(filter, scope, true);
}

function compile(filter: Value, scope: Scope, topLevel: boolean): ValueTest {
	if (!isPlain(filter)) throw badValue("filter must be an object");
	const tests = Object.keys(filter).flatMap((name) => clause(name, filter[name], scope, topLevel));
	const [only] = tests;
	if (tests.length === 1 && only) return only;
	return (doc, position) => {
		for (const test of tests) if (!test(doc, position)) return false;
		return true;
	};
}

function clause(name: string, condition: Value, scope: Scope, topLevel: boolean): ValueTest[] {
	if (isOperatorName(name)) return [treeOperator(name, condition, scope, topLevel)];
	const parts = name.split(".");
	const nested: CompileFilter = (filter) => compile(filter, scope, false);
	return conditionTests(condition, nested).map((asked) => onPath(parts, asked));
}

function treeOperator(name: string, operand: Value, scope: Scope, topLevel: boolean): ValueTest {
	switch (name) {
		case "$and": {
			const tests = branches(name, operand, scope, topLevel);
			return (doc, position) => tests.every((test) => test(doc, position));
		}
		case "$or": {
			const tests = branches(name, operand, scope, topLevel);
			return (doc, position) => tests.some((test) => test(doc, position));
		}
		case "$nor": {
			const tests = branches(name, operand, scope, topLevel);
			return (doc) => !tests.some((test) => test(doc, null));
		}
		case "$expr": {
			if (!topLevel) throw badValue("$expr can only be applied to the top-level document");
			const expression = compileExpression(operand, new Set(Object.keys(scope.variables)));
			return (doc) => truthy(expression(doc, scope));
		}
		case "$comment":
			return () => true;
		default:
			throw badValue(`unknown top level operator: ${name} is not supported by the embedded store`);
	}
}

function branches(name: string, operand: Value, scope: Scope, topLevel: boolean): ValueTest[] {
	if (!Array.isArray(operand) || operand.length === 0) throw badValue(`${name} must be a nonempty array`);
	return operand.map((branch) => {
		if (!isPlain(branch)) throw badValue(`${name} entries need to be full objects`);
		return compile(branch, scope, topLevel);
	});
}
