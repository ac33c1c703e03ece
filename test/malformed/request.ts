/** How the malformed requests are put together, byte by byte. */
import type { ActionParams } from "moleculer";
import type { Route } from "../../config/roles.ts";

/** A route, and the params of its action. */
export interface Target {
	route: Route;
	params: ActionParams;
}

export interface Malformed {
	kind: string; // what is wrong, and with which route
	bytes: Buffer;
	mayBeCut?: true; // so much is wrong that the hub may close the connection without a word
}

interface Parts {
	method: string;
	path: string;
	headers?: string[];
	body?: string | Buffer;
}

export const base = "/api/v1";
export const json = "content-type: application/json";

/** A request as it goes over the wire, whatever is in its parts. */
export function compose({ method, path, headers = [], body }: Parts): Buffer {
	const content = body === undefined ? Buffer.alloc(0) : Buffer.from(body);
	const length = body === undefined ? [] : [`content-length: ${content.length}`];
	const head = [`${method} ${path} HTTP/1.1`, "host: hub", "connection: close", ...headers, ...length, "", ""];
	return Buffer.concat([Buffer.from(head.join("\r\n"), "latin1"), content]);
}

export const addressOf = ({ route }: Target, id = "1"): string => base + route.path.replaceAll(/:\w+/g, () => id);

/** The params that only the body or the query holds. */
export function ownParams({ route, params }: Target): ActionParams {
	const inPath = new Set(route.path.split("/"));
	return Object.fromEntries(Object.entries(params).filter(([name]) => !inPath.has(`:${name}`)));
}
