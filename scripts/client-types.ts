/** From JSON Schema, as the gateway's document uses it, to types of TypeScript. */
import type { JsonSchema } from "../services/api/openapi/json-schema.ts";

/** `times`: what a time is: text in an answer, text or a Date in what is sent. */
export function typeOf(schema: JsonSchema, times: "string" | "string | Date"): string {
	const { $ref, anyOf, type, items, properties, additionalProperties, format } = schema;
	const inner = (each: unknown): string => typeOf(each as JsonSchema, times);
	if (typeof $ref === "string") return $ref.slice($ref.lastIndexOf("/") + 1);
	if (Array.isArray(anyOf)) return unionOf(anyOf.map(inner));
	if ("const" in schema) return JSON.stringify(schema.const);
	if (Array.isArray(schema.enum)) return unionOf(schema.enum.map((value) => JSON.stringify(value)));
	if (Array.isArray(type)) return unionOf(type.map((each) => inner({ ...schema, type: each })));
	if (type === "array") return listOf(inner(items ?? {}));
	if (type === "object" && properties) return fieldsOf(schema, times);
	if (type === "object")
		return recordOf(typeof additionalProperties === "object" ? inner(additionalProperties) : "unknown");
	if (type === "string") return format === "date-time" ? times : "string";
	return names[String(type)] ?? "unknown";
}

const names: Readonly<Record<string, string>> = {
	integer: "number",
	number: "number",
	boolean: "boolean",
	null: "null",
};

const listOf = (item: string): string => (/^\w+$/.test(item) ? `readonly ${item}[]` : `readonly (${item})[]`);
const recordOf = (value: string): string => `Record<string, ${value}>`;
const unionOf = (types: readonly string[]): string => [...new Set(types)].join(" | ");

function fieldsOf({ properties, required }: JsonSchema, times: "string" | "string | Date"): string {
	const needed = new Set(required as string[] | undefined);
	const fields = Object.entries(properties as Record<string, JsonSchema>).map(([name, schema]) => {
		const mark = needed.has(name) ? "" : "?";
		return `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}${mark}: ${typeOf(schema, times)};`;
	});
	return `{ ${fields.join(" ")} }`;
}
