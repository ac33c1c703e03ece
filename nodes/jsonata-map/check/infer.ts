/** Reads a mapping as JSONata would run it, with kinds of values in place of values, and finds the traps on the way. */
import { nearest } from "../../../config/nearest.ts";
import { type AstNode, isNode } from "./ast.ts";
import { constantTrap } from "./constants.ts";
import { regexWords } from "./failure.ts";
import type { Findings } from "./finding.ts";
import { functionNames, functions } from "./functions.ts";
import { operate } from "./operators.ts";
import { place } from "./place.ts";
import { Scope } from "./scope.ts";
import { any, either, entryOf, listOf, nothing, plain, type Shape } from "./shape.ts";

const mostNodes = 50_000; // functions of the mapping are read for each of their calls
const mostDepth = 60;

export class Reader {
	readonly findings: Findings;
	#nodes = 0;
	#depth = 0;

	constructor(findings: Findings) {
		this.findings = findings;
	}

	/** `at`: what names stand for fields of · `path`: of the document, where the value goes. */
	read(node: AstNode | undefined, at: Shape, scope: Scope, path: string): Shape {
		this.#nodes += 1;
		if (!node || this.#nodes > mostNodes || this.#depth > mostDepth) return any;
		this.#depth += 1;
		try {
			const shape = this.#readAs(node, at, scope, path);
			return this.#filtered(node, shape, scope, path);
		} finally {
			this.#depth -= 1;
		}
	}

	#readAs(node: AstNode, at: Shape, scope: Scope, path: string): Shape {
		switch (node.type) {
			case "path":
				return this.#path(node, at, scope, path);
			case "name":
				return this.#field(node, at, path);
			case "variable":
				return this.#variable(node, at, scope, path);
			case "string":
				constantTrap(node, path, this.findings);
				return plain("text");
			case "number":
				constantTrap(node, path, this.findings);
				return plain("number");
			case "value":
				return node.value === null ? nothing : plain("flag");
			case "regex":
				this.findings.add({ level: "error", code: "REGEX", node, path, words: regexWords });
				return any;
			case "unary":
				return this.#unary(node, at, scope, path);
			case "binary":
				return this.#binary(node, at, scope, path);
			case "condition": {
				this.read(node.condition, at, scope, path);
				const then = this.read(node.then, at, scope, path);
				return node.else ? either(then, this.read(node.else, at, scope, path)) : then;
			}
			case "block": {
				const inner = new Scope(scope);
				const shapes = (node.expressions ?? []).map((each) => this.read(each, at, inner, path));
				return shapes.at(-1) ?? nothing;
			}
			case "bind": {
				const name = String((node.lhs as AstNode).value);
				const shape = this.read(node.rhs, at, scope, `$${name}`);
				scope.set(name, shape);
				return shape;
			}
			case "lambda":
				return node.thunk ? this.read(node.body, at, scope, path) : this.#lambda(node, at, scope);
			case "function":
				return this.#call(node, node.arguments ?? [], at, scope, path);
			case "apply":
				return this.#apply(node, at, scope, path);
			default:
				return any;
		}
	}

	#path(node: AstNode, at: Shape, scope: Scope, path: string): Shape {
		const [first, ...rest] = node.steps ?? [];
		if (!first) return any;
		let shape = this.read(first, at, scope, path);
		for (const step of rest) shape = this.#step(step, shape, scope, path);
		if (node.group) return this.#object(node.group.lhs, entryOf(shape), scope, path);
		const kept = node.keepSingletonArray === true || node.steps?.some(({ keepArray }) => keepArray) === true;
		return kept && shape.is === "list" ? { ...shape, kept } : shape;
	}

	/** Lists in lists become one, which is none with one entry, whatever it was before. */
	#step(step: AstNode, from: Shape, scope: Scope, path: string): Shape {
		if (step.type === "sort") {
			for (const { expression } of step.terms ?? []) this.read(expression, entryOf(from), scope, path);
			return from;
		}
		const one = this.read(step, entryOf(from), scope, path);
		if (from.is !== "list") return one;
		return listOf(entryOf(one));
	}

	#filtered(node: AstNode, shape: Shape, scope: Scope, path: string): Shape {
		let left = shape;
		for (const { expr } of [...(node.predicate ?? []), ...(node.stages ?? [])]) {
			if (!expr) continue;
			this.read(expr, entryOf(left), scope, path);
			const isPlace = expr.type === "number" || (expr.type === "unary" && expr.value === "-");
			left = isPlace ? entryOf(left) : left.is === "list" ? { ...left, kept: false } : left;
		}
		return left;
	}

	#field(node: AstNode, at: Shape, path: string): Shape {
		const name = String(node.value);
		const of = entryOf(at);
		if (of.is === "any" || of.is === "nothing" || of.is === "function") return any;
		const fields = of.is === "object" ? of.fields : {};
		const shape = Object.hasOwn(fields, name) ? fields[name] : undefined;
		if (shape) return shape;
		const from = of.is === "object" ? of.from : "";
		const field = from ? `${from}.${name}` : name;
		const meant = nearest(name, Object.keys(fields));
		const hint = {
			zh: meant ? `，是否应为 ${meant}？` : "，请检查名称",
			en: meant ? `: did you mean ${meant}?` : ": check its name",
		};
		const isSetting = from === "cfg";
		this.findings.add({
			level: isSetting && !meant ? "warning" : "error",
			code: isSetting ? "SETTING" : "INPUT_FIELD",
			node,
			path,
			field,
			words: isSetting
				? { zh: `连接没有此设置${hint.zh}`, en: `the connection has no such setting${hint.en}` }
				: { zh: `输入中没有此字段${hint.zh}`, en: `the input has no such field${hint.en}` },
		});
		return any;
	}

	#variable(node: AstNode, at: Shape, scope: Scope, path: string): Shape {
		const name = String(node.value);
		if (name === "") return at;
		if (name === "$") return any;
		this.findings.uses(name, path);
		const shape = scope.get(name);
		if (shape) return shape;
		const give = Object.hasOwn(functions, name) ? functions[name] : undefined;
		if (give)
			return {
				is: "function",
				call: (args, to) => give({ args, nodes: [], path: to, trap: this.#trapAt(node, to) }),
			};
		const meant = nearest(name, [...functionNames, ...scope.names()]);
		this.findings.add({
			level: "error",
			code: "NAME",
			node,
			path,
			words: {
				zh: `没有名为 $${name} 的函数或变量${meant ? `，是否应为 $${meant}？` : ""}`,
				en: `there is no function or variable $${name}${meant ? `: did you mean $${meant}?` : ""}`,
			},
		});
		return any;
	}

	#unary(node: AstNode, at: Shape, scope: Scope, path: string): Shape {
		if (node.value === "{") return this.#object(node.lhs as [AstNode, AstNode][], at, scope, path);
		if (node.value !== "[") return entryOf(this.read(node.expression, at, scope, path));
		const entries = (node.expressions ?? []).map((each) => this.read(each, at, scope, `${path}[]`));
		return listOf(entries.map(entryOf).reduce(either, nothing), true);
	}

	#object(pairs: readonly [AstNode, AstNode][], at: Shape, scope: Scope, path: string): Shape {
		const fields: Record<string, Shape> = {};
		for (const [key, value] of pairs) {
			const name = key.type === "string" ? String(key.value) : "*";
			if (key.type !== "string") this.read(key, at, scope, path);
			const to = path ? `${path}.${name}` : name;
			this.findings.made(to, key);
			const shape = this.read(value, at, scope, to);
			place(value, shape, to, this.findings);
			fields[name] = shape;
		}
		return Object.hasOwn(fields, "*") ? any : { is: "object", fields, from: "" };
	}

	#binary(node: AstNode, at: Shape, scope: Scope, path: string): Shape {
		if (!isNode(node.lhs) || !node.rhs) return any;
		const left = this.read(node.lhs, at, scope, path);
		const right = this.read(node.rhs, at, scope, path);
		return operate(node, left, right, path, this.findings);
	}

	/** Read anew for each call, with what it is given and where its value goes. */
	#lambda(node: AstNode, at: Shape, scope: Scope): Shape {
		return {
			is: "function",
			call: (args, path) => {
				const inner = new Scope(scope);
				for (const [place, { value }] of (node.arguments ?? []).entries())
					inner.set(String(value), args[place] ?? nothing);
				return this.read(node.body, at, inner, path);
			},
		};
	}

	#call(node: AstNode, given: readonly AstNode[], at: Shape, scope: Scope, path: string, piped?: Shape): Shape {
		const { procedure } = node;
		if (!procedure) return any;
		const name = procedure.type === "variable" ? String(procedure.value) : "";
		const args = [...(piped ? [piped] : []), ...given.map((each) => this.read(each, at, scope, path))];
		const own = name === "" ? undefined : scope.get(name);
		const give = !own && Object.hasOwn(functions, name) ? functions[name] : undefined;
		if (give) {
			// A function of one value that is called without any takes what stands before the dot.
			const all = args.length ? args : [at];
			return give({ args: all, nodes: piped ? [node, ...given] : given, path, trap: this.#trapAt(node, path) });
		}
		const called = this.read(procedure, at, scope, path);
		return called.is === "function" ? called.call(args, path) : any;
	}

	#apply(node: AstNode, at: Shape, scope: Scope, path: string): Shape {
		if (!isNode(node.lhs) || !node.rhs) return any;
		const left = this.read(node.lhs, at, scope, path);
		if (node.rhs.type === "function") return this.#call(node.rhs, node.rhs.arguments ?? [], at, scope, path, left);
		const right = this.read(node.rhs, at, scope, path);
		return right.is === "function" && left.is !== "function" ? right.call([left], path) : any;
	}

	#trapAt(node: AstNode, path: string): Parameters<NonNullable<(typeof functions)[string]>>[0]["trap"] {
		return (code, words, level = "error") => this.findings.add({ level, code, node, path, words });
	}
}
