/** ETag and If-Match: who changes what he has read is told when it has changed since. Source: RFC 9110 §8.8.3, §13.1.1. */
import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Context } from "moleculer";
import type { IncomingRequest } from "moleculer-web";
import { hubError } from "../../config/errors.ts";
import { type Route, routes } from "../../config/roles.ts";

const isParam = (part: string): boolean => part.startsWith(":");

/** `GET /orders/:id` for `POST /orders/:orderId/ship`: what a route of one thing is about; undefined for others. */
export function resourceOf({ path }: Route): Route | undefined {
	const [, noun, param] = path.split("/");
	if (!param || !isParam(param)) return undefined;
	return routes.find((each) => {
		const [, eachNoun, eachParam = "", ...more] = each.path.split("/");
		return each.method === "GET" && eachNoun === noun && isParam(eachParam) && !more.length;
	});
}

/** By the version where there is one, else by the content. */
export function etagOf(shown: unknown): string {
	const { version } = shown as { version?: unknown };
	if (typeof version === "number") return `"v${version}"`;
	return `"${createHash("sha256").update(JSON.stringify(shown)).digest("base64url").slice(0, 27)}"`;
}

/** Whether the answer of the route is the thing itself, so that it gets an ETag. */
export const showsResource = (route: Route): boolean =>
	(route.method === "GET" || route.method === "PATCH") &&
	resourceOf(route) !== undefined &&
	route.path.split("/").length === 3;

const leaseMs = 15_000; // longer than most changes take
const busy = new Map<string, Promise<void>>(); // things that are being changed under an If-Match, at this gateway

/**
 * Lets a change with If-Match through when the thing is still as its ETag says, one change of a thing at a time.
 * @throws PRECONDITION_FAILED when it is not, or where nothing has an ETag; NOT_FOUND
 */
export async function checkPrecondition(route: Route, req: IncomingRequest, res: ServerResponse): Promise<void> {
	const wanted = req.headers["if-match"];
	if (wanted === undefined || route.method === "GET") return;
	const resource = resourceOf(route);
	if (!resource) throw hubError("PRECONDITION_FAILED", "this address has no ETag: leave If-Match out");
	const [, noun, param = ""] = route.path.split("/");
	const id = String((req.$params as Record<string, unknown>)[param.slice(1)]);
	await takeTurn(`${noun}/${id}`, res);
	const [, , own = ""] = resource.path.split("/");
	const shown = await (req.$ctx as Context).call(resource.action, { [own.slice(1)]: id }).catch((err: Error) => {
		// What cannot be an id names nothing; the route's own parameters may have let it through.
		throw (err as { type?: string }).type === "VALIDATION_ERROR" ? hubError("NOT_FOUND") : err;
	});
	const tags = wanted.split(",").map((tag) => tag.trim());
	if (tags.includes("*") || tags.includes(etagOf(shown))) return;
	throw hubError("PRECONDITION_FAILED", "it has changed since it was read: read it again and repeat the change");
}

/** Waits until nobody else changes the thing; the turn ends with the answer, or when that never goes out. */
async function takeTurn(thing: string, res: ServerResponse): Promise<void> {
	for (let before = busy.get(thing); before; before = busy.get(thing)) await before;
	const { promise, resolve } = Promise.withResolvers<void>();
	busy.set(thing, promise);
	const end = (): void => {
		clearTimeout(timer);
		if (busy.get(thing) === promise) busy.delete(thing);
		resolve();
	};
	const timer = setTimeout(end, leaseMs).unref(); // a caller that is gone before its answer closes nothing
	res.once("close", end);
}
