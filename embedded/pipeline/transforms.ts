/** Stages that turn each document into another one; updates in pipeline form are made of these alone. */
import { show } from "../bson/show.ts";
import { typeName } from "../bson/types.ts";
import { copyFields, type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { compileExpression } from "../expression/expression.ts";
import { namedOperands, type Scope } from "../expression/operator.ts";
import { compileProjection } from "../project.ts";
import { addRule, type Rules } from "../projection-spec.ts";

export type Transform = (doc: Doc) => Doc;

function addFields(stage: string, operand: Value, scope: Scope): Transform {
	if (!isPlain(operand)) {
		throw new StoreError(40272, `${stage} specification stage must be an object, got ${typeName(operand)}`);
	}
	const rules: Rules = new Map();
	readFields(operand, "", rules, new Set(Object.keys(scope.variables)));
	return (doc) => withFields(doc, rules, doc, scope) as Doc;
}

/** A document without operators adds to the fields within: `{a: {b: 1}}` is `{"a.b": 1}`. */
function readFields(spec: Doc, prefix: string, rules: Rules, variables: ReadonlySet<string>): void {
	for (const name of Object.keys(spec)) {
		const value = spec[name];
		const [first] = isPlain(value) ? Object.keys(value) : [];
		if (isPlain(value) && first !== undefined && !first.startsWith("$")) {
			readFields(value, `${prefix}${name}.`, rules, variables);
		} else {
			addRule(rules, prefix + name, { kind: "compute", expression: compileExpression(value, variables) });
		}
	}
}

/** Keeps the other fields and their order, reaches into arrays. A missing value removes the field. */
function withFields(doc: Value, rules: Rules, root: Doc, scope: Scope): Value {
	if (Array.isArray(doc)) return doc.map((element) => withFields(element, rules, root, scope));
	const result = isPlain(doc) ? copyFields(doc) : newDoc();
	for (const [name, rule] of rules) {
		let value: Value;
		if (rule.kind === "compute") value = rule.expression(root, scope);
		else if (rule.kind === "nested") value = withFields(result[name], rule.fields, root, scope);
		if (value === undefined) delete result[name];
		else result[name] = value;
	}
	return result;
}

function unset(operand: Value, scope: Scope): Transform {
	const paths = Array.isArray(operand) ? operand : [operand];
	const spec = newDoc();
	for (const path of paths) {
		if (typeof path !== "string") throw new StoreError(31120, "$unset takes a string or an array of strings");
		spec[path] = false;
	}
	return compileProjection(spec, "aggregate", scope);
}

function replaceRoot(newRoot: Value, scope: Scope): Transform {
	const expression = compileExpression(newRoot, new Set(Object.keys(scope.variables)));
	return (doc) => {
		const result = expression(doc, scope);
		if (isPlain(result)) return result;
		throw new StoreError(40228, `'newRoot' must evaluate to an object, but is ${show(result)} (${typeName(result)})`);
	};
}

export const transforms: Readonly<Record<string, (operand: Value, scope: Scope) => Transform>> = {
	$project: (operand, scope) => compileProjection(operand, "aggregate", scope),
	$addFields: (operand, scope) => addFields("$addFields", operand, scope),
	$set: (operand, scope) => addFields("$set", operand, scope),
	$unset: unset,
	$replaceRoot: (operand, scope) => replaceRoot(namedOperands("$replaceRoot", operand, ["newRoot"]).newRoot, scope),
	$replaceWith: replaceRoot,
};
