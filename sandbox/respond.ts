import type { ServerResponse } from "node:http";
import type { Answer } from "./target.ts";

/** Sends an answer whole, its length declared. */
export function respond(response: ServerResponse, { status, type, body, headers }: Answer): void {
	const bytes = Buffer.from(body);
	response.writeHead(status, { ...headers, "content-type": type, "content-length": bytes.length }).end(bytes);
}
