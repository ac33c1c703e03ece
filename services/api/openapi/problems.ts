/** The answers of requests that failed: one of each status, with the types of config/errors.ts that have it. */
import { errorTypes } from "../../../config/errors.ts";
import type { Route } from "../../../config/roles.ts";
import type { JsonSchema } from "./json-schema.ts";

const retryAfter = { "Retry-After": { description: "seconds", schema: { type: "integer", minimum: 1 } } };
const headers: Readonly<Record<number, JsonSchema>> = {
	401: { "WWW-Authenticate": { schema: { type: "string" } } },
	429: retryAfter,
	503: retryAfter,
};

/** Hooks are for platforms, and a method that is not there is no operation: neither is in the document. */
const isTold = (type: string): boolean => !type.startsWith("HOOK_") && type !== "METHOD_NOT_ALLOWED";
const told = Object.entries(errorTypes).filter(([type]) => isTold(type));
const byStatus = Map.groupBy(told, ([, { status }]) => status);

/** By name, "Problem404", as components of the document. */
export const problems: Readonly<Record<string, JsonSchema>> = Object.fromEntries(
	[...byStatus].map(([status, types]) => [
		`Problem${status}`,
		{
			description: types.map(([type, { en, zh }]) => `${type}: ${en} / ${zh}`).join("\n\n"),
			...(headers[status] && { headers: headers[status] }),
			content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
		},
	]),
);

const always = [400, 401, 422, 429, 500, 503];
const ofBodies = [413, 415];
const ofThings = [404, 409]; // what is named may not be there, or not in a state for it
const ofPlatforms = [501, 502, 504];

/** The statuses with which a request of the route may fail. */
export function failuresOf({ method, path, roles }: Route): Readonly<Record<string, JsonSchema>> {
	const writes = method !== "GET";
	const statuses = [
		...always,
		...(roles === "anyone" ? [] : [403]),
		...(writes ? ofBodies : []),
		...(roles !== "anyone" && (writes || path.includes(":")) ? [...ofThings, ...ofPlatforms] : []),
	].sort((a, b) => a - b);
	return Object.fromEntries(
		statuses.map((status) => [String(status), { $ref: `#/components/responses/Problem${status}` }]),
	);
}
