/** What the gateway reads of a request, and the small facts it keeps about one while it is answered. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { IncomingRequest } from "moleculer-web";
import { callerAddress } from "../../mixins/caller.ts";

/** The caller's own id for the request where it is a sane one, so that he finds it in our logs; else a new one. */
export function traceIdOf(req: IncomingMessage): string {
	const given = req.headers["x-request-id"];
	if (typeof given === "string" && /^[\w.-]{8,64}$/.test(given)) return given;
	const made = randomUUID();
	req.headers["x-request-id"] = made; // where moleculer-web looks for it
	return made;
}

export const addressOf = (req: IncomingMessage): string => callerAddress(req);

/** Whether a body follows the headers. Source: RFC 9112 §6. */
export const hasBody = (req: IncomingMessage): boolean =>
	req.headers["transfer-encoding"] !== undefined || Number(req.headers["content-length"] ?? 0) > 0;

/** The body parser's own test throws for a header it cannot read. */
export const isJson = (req: IncomingMessage): boolean =>
	/^application\/json[ \t]*(;|$)/i.test(req.headers["content-type"] ?? "");

/** The route's pattern, for logs and metrics: no ids in it. */
export const patternOf = (req: IncomingMessage): string =>
	(req as Partial<IncomingRequest>).$alias ? `/${(req as IncomingRequest).$alias.path}` : "unmatched";
