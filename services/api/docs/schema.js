/** A JSON Schema in words: one row a field, fields of fields below theirs. */
import { element, say } from "./words.js";

const deepest = 6;

/** `schemas`: the document's components. `marks`: whether to say what is required; an answer has no need of it. */
export function schemaRows(schema, schemas, { name = "", required = false, depth = 0, marks = true } = {}) {
	const plain = resolve(schema, schemas);
	const row = element(
		"div",
		{ className: `field depth-${Math.min(depth, deepest)}` },
		element("code", { className: "name" }, name),
		element("span", { className: "type" }, typeOf(schema, schemas)),
		required && marks ? element("span", { className: "required" }, say("required")) : null,
		element("span", { className: "limits" }, limitsOf(plain)),
	);
	const rows = name ? [row] : [];
	if (depth >= deepest) return rows;
	return [
		...rows,
		...fieldsOf(plain, schemas).flatMap(([field, inner, needed]) => {
			return schemaRows(inner, schemas, { name: field, required: needed, depth: name ? depth + 1 : depth, marks });
		}),
	];
}

function resolve(schema, schemas) {
	if (schema.$ref) return resolve(schemas[schema.$ref.split("/").at(-1)] ?? {}, schemas);
	const choices = (schema.anyOf ?? []).filter(({ type }) => type !== "null");
	return choices.length === 1 ? { ...resolve(choices[0], schemas), default: schema.default } : schema;
}

/** The fields inside: of an object, or of the objects of a list. */
function fieldsOf(schema, schemas) {
	const inner = schema.type === "array" ? resolve(schema.items ?? {}, schemas) : schema;
	const required = new Set(inner.required ?? []);
	return Object.entries(inner.properties ?? {}).map(([name, field]) => [name, field, required.has(name)]);
}

function typeOf(schema, schemas) {
	if (schema.$ref) return schema.$ref.split("/").at(-1);
	if (schema.anyOf) return schema.anyOf.map((choice) => typeOf(choice, schemas)).join(" | ");
	if ("const" in schema) return JSON.stringify(schema.const);
	if (schema.type === "array") return `${typeOf(schema.items ?? {}, schemas)}[]`;
	const type = [schema.type ?? (schema.enum ? "string" : "any")].flat().join(" | ");
	return schema.format ? `${type} (${schema.format})` : type;
}

function limitsOf(schema) {
	const { minimum, maximum, exclusiveMinimum, minLength, maxLength, minItems, maxItems, pattern } = schema;
	const range = (low, high, what) =>
		low === undefined && high === undefined ? "" : `${what}${low ?? ""}…${high ?? ""}`;
	const values = schema.enum ?? schema.items?.enum;
	return [
		schema.description ?? "",
		values ? values.map((value) => value || '""').join(" | ") : "",
		range(minimum ?? (exclusiveMinimum === undefined ? undefined : `>${exclusiveMinimum}`), maximum, ""),
		range(minLength, maxLength, `${say("length")} `),
		range(minItems, maxItems, `${say("entries")} `),
		pattern ? `/${pattern}/` : "",
		schema.default === undefined ? "" : `${say("byDefault")} ${JSON.stringify(schema.default)}`,
	]
		.filter(Boolean)
		.join(" · ");
}
