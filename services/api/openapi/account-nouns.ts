/** People, programs, what they did, and what is said to them when something fails, as they are answered. */
import { errorTypes } from "../../../config/errors.ts";
import { count, flag, listOf, type Nouns, shape, text, texts, time, whole } from "./shapes.ts";

const shopLimit = { anyOf: [{ const: "*" }, texts], description: "* or the ids of shops" };

export const accountNouns = (): Nouns => ({
	Problem: {
		...shape(
			{
				type: { type: "string", enum: Object.keys(errorTypes).map((type) => `urn:order-hub:${type}`) },
				title: text,
				status: whole,
				detail: text,
				errors: listOf(shape({ field: text, code: text, message: text, expected: {} }, ["expected"])),
				traceId: text,
			},
			["detail", "errors"],
		),
		description: "RFC 9457 problem details; `title` and `message` by Accept-Language, `traceId` as in the hub's logs",
	},
	Tokens: shape({ token: text, refreshToken: text, expiresIn: { type: "integer", description: "seconds" } }),
	Identity: shape({
		sub: text,
		kind: { enum: ["user", "client"] },
		name: text,
		roles: texts,
		scopes: texts,
		shops: shopLimit,
	}),
	User: shape({ _id: text, name: text, roles: texts, shops: shopLimit, disabled: flag }),
	Client: shape({ _id: text, name: text, scopes: texts, shops: shopLimit, disabled: flag }),
	NewClient: shape({ _id: text, name: text, scopes: texts, shops: shopLimit, disabled: flag, secret: text }),
	AuditEntry: shape({
		_id: text,
		seq: count,
		mac: text,
		at: time,
		actor: text,
		what: text,
		ref: text,
		purpose: text,
		ip: text,
	}),
});
