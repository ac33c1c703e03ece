/** From the rules by which an action checks its parameters to JSON Schema 2020-12, which OpenAPI 3.1 speaks. */
import Validator from "fastest-validator";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A rule of fastest-validator with its short forms written out, as far as the hub's actions use its words. */
export interface Rule {
	type: string;
	optional?: boolean;
	nullable?: boolean;
	default?: unknown;
	min?: number;
	max?: number;
	empty?: boolean;
	pattern?: string;
	integer?: boolean;
	positive?: boolean;
	unique?: boolean;
	strict?: boolean | string;
	values?: readonly unknown[]; // of an enum
	value?: unknown; // of an equal: the one value; of a record: the rule of each
	key?: unknown; // of a record
	items?: unknown; // of an array
	props?: Readonly<Record<string, unknown>>; // of an object
	rules?: readonly unknown[]; // of a multi: any of them
}

/** The package is its class, whatever its types say of a `default` inside. */
const validator = new (Validator as unknown as typeof Validator.default)();

/** The rule as the validator itself reads it: "number|min:0" becomes {type: "number", min: 0}. */
export const ruleOf = (written: unknown): Rule =>
	validator.getRuleFromSchema(structuredClone(written) as string).schema as unknown as Rule;

export const mayBeLeftOut = ({ optional, default: fallback }: Rule): boolean =>
	optional === true || fallback !== undefined;

const makers: Readonly<Record<string, (rule: Rule) => JsonSchema>> = {
	any: () => ({}),
	string: ({ min, max, empty, pattern }) => ({
		type: "string",
		minLength: min ?? (empty === false ? 1 : undefined),
		maxLength: max,
		pattern,
	}),
	url: () => ({ type: "string", pattern: String.raw`^https?://\S+` }),
	email: ({ max, empty }) => ({ type: "string", maxLength: max, pattern: empty ? "^$|^\\S+@\\S+$" : "^\\S+@\\S+$" }),
	number: ({ min, max, integer, positive }) => ({
		type: integer ? "integer" : "number",
		minimum: min,
		exclusiveMinimum: positive ? 0 : undefined,
		maximum: max,
	}),
	boolean: () => ({ type: "boolean" }),
	date: () => ({ type: "string", format: "date-time" }),
	enum: ({ values }) => ({ type: "string", enum: values }),
	equal: ({ value }) => ({ const: value }),
	array: ({ items, min, max, unique }) => ({
		type: "array",
		items: items === undefined ? {} : schemaOf(items),
		minItems: min,
		maxItems: max,
		uniqueItems: unique,
	}),
	object: ({ props = {}, strict }) => objectSchema(props, strict === true),
	record: ({ key, value }) => ({
		type: "object",
		propertyNames: key === undefined ? undefined : schemaOf(key),
		additionalProperties: value === undefined ? true : schemaOf(value),
	}),
	multi: ({ rules = [] }) => ({ anyOf: rules.map(schemaOf) }),
};

/** @throws for a type of rule that no action used when this was written */
export function schemaOf(written: unknown): JsonSchema {
	const rule = ruleOf(written);
	const make = makers[rule.type];
	if (!make) throw new Error(`no JSON Schema for parameters of type ${rule.type}`);
	const schema = given({ ...make(rule), default: rule.default });
	return rule.nullable && rule.type !== "multi" ? { anyOf: [schema, { type: "null" }] } : schema;
}

export function objectSchema(props: Readonly<Record<string, unknown>>, strict: boolean): JsonSchema {
	const named = Object.entries(props).filter(([name]) => !name.startsWith("$$")); // the validator's own settings
	const required = named.filter(([, written]) => !mayBeLeftOut(ruleOf(written))).map(([name]) => name);
	return given({
		type: "object",
		properties: Object.fromEntries(named.map(([name, written]) => [name, schemaOf(written)])),
		required: required.length ? required : undefined,
		additionalProperties: strict ? false : undefined,
	});
}

const given = (schema: Record<string, unknown>): JsonSchema =>
	Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
