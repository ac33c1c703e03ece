/** Compiles aggregation expressions: field paths, variables, literals, and `{$operator: operands}`. */
import { show } from "../bson/show.ts";
import { type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { statistics } from "./accumulation.ts";
import { arithmetic } from "./arithmetic.ts";
import { arrays } from "./array.ts";
import { conditions } from "./condition.ts";
import { conversions } from "./conversion.ts";
import { dates } from "./date.ts";
import { parsePath, valueAtPath } from "./field-path.ts";
import { objects } from "./object.ts";
import type { Compiler, Expression, Operators } from "./operator.ts";
import { strings } from "./string.ts";

const OPERATORS: Operators = {
	...arithmetic,
	...arrays,
	...conditions,
	...conversions,
	...dates,
	...objects,
	...statistics,
	...strings,
};

export const isExpressionOperator = (name: string): boolean => Object.hasOwn(OPERATORS, name);

const NO_NAMES: ReadonlySet<string> = new Set();

/** `variables` are the names the scope will hold; any other variable is refused here, before a document is read. */
export function compileExpression(expression: Value, variables: ReadonlySet<string> = NO_NAMES): Expression {
	return new ExpressionCompiler(variables).compile(expression);
}

class ExpressionCompiler implements Compiler {
	private readonly variables: ReadonlySet<string>;

	constructor(variables: ReadonlySet<string>) {
		this.variables = variables;
	}

	knowing(names: readonly string[]): Compiler {
		return new ExpressionCompiler(new Set([...this.variables, ...names]));
	}

	compile(expression: Value): Expression {
		if (typeof expression === "string" && expression.startsWith("$")) {
			return expression.startsWith("$$") ? this.variable(expression.slice(2)) : fieldPath(expression.slice(1));
		}
		if (Array.isArray(expression)) return this.array(expression);
		if (!isPlain(expression)) return () => expression;
		const [first] = Object.keys(expression);
		return first?.startsWith("$") ? this.operator(first, expression) : this.object(expression);
	}

	private array(expressions: Value[]): Expression {
		const elements = expressions.map((expression) => this.compile(expression));
		return (root, scope) => elements.map((element) => element(root, scope) ?? null);
	}

	private object(expressions: Doc): Expression {
		const fields = Object.keys(expressions).map((name) => {
			if (name.includes(".")) throw new StoreError(16412, "FieldPath field names may not contain '.'.");
			if (name.startsWith("$")) throw new StoreError(16410, "FieldPath field names may not start with '$'.");
			return { name, value: this.compile(expressions[name]) };
		});
		return (root, scope) => {
			const doc = newDoc();
			for (const field of fields) {
				const value = field.value(root, scope);
				if (value !== undefined) doc[field.name] = value;
			}
			return doc;
		};
	}

	private operator(name: string, expression: Doc): Expression {
		if (Object.keys(expression).length > 1) {
			throw new StoreError(15983, `an expression object must have exactly one field: ${show(expression)}`);
		}
		const operator = isExpressionOperator(name) ? OPERATORS[name] : undefined;
		if (!operator) throw new StoreError(168, `Unrecognized expression '${name}'`);
		return operator(expression[name], this);
	}

	private variable(path: string): Expression {
		const [name = "", ...rest] = parsePath(path);
		switch (name) {
			case "ROOT":
			case "CURRENT":
				return rest.length === 0 ? (root) => root : (root) => valueAtPath(root, rest);
			case "REMOVE":
				return () => undefined;
			case "NOW":
				return (_, scope) => scope.now;
		}
		if (!this.variables.has(name)) throw new StoreError(17276, `Use of undefined variable: ${name}`);
		return (_, scope) => valueAtPath(scope.variables[name], rest);
	}
}

function fieldPath(path: string): Expression {
	if (path === "") throw new StoreError(16872, "'$' by itself is not a valid FieldPath");
	const parts = parsePath(path);
	if (parts.length > 1) return (root) => valueAtPath(root, parts);
	return (root) => (isPlain(root) ? root[path] : valueAtPath(root, parts));
}
