/** The pieces that descriptions of answers are made of. */
import type { JsonSchema } from "./json-schema.ts";

/** What a field may be, in the words of an action that takes it: `values("order.list", "status")`. */
export type Values = (action: string, param: string) => JsonSchema;

export type Nouns = Readonly<Record<string, JsonSchema>>;

export const text = { type: "string" };
export const texts = { type: "array", items: text };
export const flag = { type: "boolean" };
export const count = { type: "integer", minimum: 0 };
export const whole = { type: "integer" };
export const ms = { type: "number", description: "ms" };
export const fen = { type: "integer", description: "fen" };
export const time = { type: "string", format: "date-time" };
export const timeOrNull = { type: ["string", "null"], format: "date-time" };
export const anyObject = { type: "object", additionalProperties: true };
export const counts = { type: "object", additionalProperties: count };
export const stored = { createdAt: time, updatedAt: time };

export const listOf = (items: JsonSchema): JsonSchema => ({ type: "array", items });
export const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }] });
export const component = (noun: string): JsonSchema => ({ $ref: `#/components/schemas/${noun}` });

/** What is wrong with rows of a table; the heading is row 1. */
export const rowErrors = {
	type: "array",
	items: {
		type: "object",
		properties: { row: count, field: text, message: text, messageZh: text },
		required: ["row", "field", "message", "messageZh"],
	},
};

/** An object that has these fields, `maybe` not all of them, and perhaps others. */
export function shape(properties: Readonly<Record<string, JsonSchema>>, maybe: readonly string[] = []): JsonSchema {
	return { type: "object", properties, required: Object.keys(properties).filter((name) => !maybe.includes(name)) };
}
