/** Projections of find and `$project`, and the stages that add and remove fields. */
import { type Doc, isPlain, newDoc, type Value } from "./bson/values.ts";
import { StoreError } from "./errors.ts";
import { newScope, type Scope } from "./expression/operator.ts";
import { type ProjectionMode, type Rule, type Rules, readProjection } from "./projection-spec.ts";

/** `position` is the array index a positional projection (`lines.$`) takes: from the filter's Position, -1 for none. */
export type Projector = (doc: Doc, position?: number) => Doc;

/** Throws what MongoDB throws for a bad specification. An empty specification of find changes nothing. */
export function compileProjection(spec: Value, mode: ProjectionMode, scope: Scope = newScope()): Projector {
	const { inclusion, rules } = readProjection(spec, mode, scope);
	return (doc, position = -1) => {
		const run = new ProjectionRun(doc, position, scope);
		return inclusion ? run.include(doc, rules) : run.exclude(doc, rules);
	};
}

/** The projection of one document. */
class ProjectionRun {
	private readonly root: Doc;
	private readonly position: number;
	private readonly scope: Scope;

	constructor(root: Doc, position: number, scope: Scope) {
		this.root = root;
		this.position = position;
		this.scope = scope;
	}

	/** Named fields in the document's order, then computed ones in the specification's. */
	include(doc: Doc, rules: Rules): Doc {
		const result = newDoc();
		for (const name in doc) {
			const rule = rules.get(name);
			if (rule === undefined || rule.kind === "compute") continue;
			const value = rule.kind === "nested" ? this.includeWithin(doc[name], rule.fields) : this.pick(doc[name], rule);
			if (value !== undefined) result[name] = value;
		}
		this.addComputed(result, doc, rules);
		return result;
	}

	/** Everything but what is named; computed fields are only possible in inclusions. */
	exclude(doc: Doc, rules: Rules): Doc {
		const result = newDoc();
		for (const name in doc) {
			const rule = rules.get(name);
			const value = rule?.kind === "nested" ? this.excludeWithin(doc[name], rule.fields) : this.pick(doc[name], rule);
			if (value !== undefined) result[name] = value;
		}
		return result;
	}

	private includeWithin(value: Value, rules: Rules): Value {
		if (isPlain(value)) return this.include(value, rules);
		if (Array.isArray(value)) {
			return value.map((element) => this.includeWithin(element, rules)).filter((element) => element !== undefined);
		}
		return computes(rules) ? this.include(newDoc(), rules) : undefined;
	}

	private excludeWithin(value: Value, rules: Rules): Value {
		if (isPlain(value)) return this.exclude(value, rules);
		return Array.isArray(value) ? value.map((element) => this.excludeWithin(element, rules)) : value;
	}

	private addComputed(result: Doc, doc: Doc, rules: Rules): void {
		for (const [name, rule] of rules) {
			if (rule.kind === "compute") {
				const value = rule.expression(this.root, this.scope);
				if (value !== undefined) result[name] = value;
			} else if (rule.kind === "nested" && doc[name] === undefined && computes(rule.fields)) {
				result[name] = this.include(newDoc(), rule.fields);
			}
		}
	}

	private pick(value: Value, rule: Rule | undefined): Value {
		switch (rule?.kind) {
			case "exclude":
				return undefined;
			case "slice":
				return Array.isArray(value) ? slice(value, rule.from, rule.count) : value;
			case "firstMatching": {
				const found = Array.isArray(value) ? value.find(rule.matches) : undefined;
				return found === undefined ? undefined : [found];
			}
			case "positional":
				return Array.isArray(value) ? this.elementAtPosition(value) : value;
			default:
				return value;
		}
	}

	private elementAtPosition(array: Value[]): Value[] {
		const element = array[this.position];
		if (element !== undefined) return [element];
		throw new StoreError(51246, "positional operator '.$' couldn't find a matching element in the array");
	}
}

function computes(rules: Rules): boolean {
	for (const rule of rules.values()) {
		if (rule.kind === "compute" || (rule.kind === "nested" && computes(rule.fields))) return true;
	}
	return false;
}

function slice(array: Value[], from: number | undefined, count: number): Value[] {
	if (from === undefined) return count < 0 ? array.slice(count) : array.slice(0, count);
	const start = from < 0 ? Math.max(0, array.length + from) : from;
	return array.slice(start, start + count);
}
