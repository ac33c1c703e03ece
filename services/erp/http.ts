/** The one HTTP edge to all ERPs. */
import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { plainHost } from "../../config/egress-allow.ts";
import { env } from "../../config/env.ts";
import { checkedLookup, type Decide, egressRule, isEgressRefused } from "../../mixins/egress.ts";
import type { ErpAnswer, ErpRequest } from "./driver.ts";

/** Why no whole answer came. But for the last, which sends nothing, the ERP may have done what it was asked. */
export type NoAnswer = "TIMEOUT" | "CONNECTION_BROKEN" | "ANSWER_TOO_LARGE" | "EGRESS_REFUSED";

export const timeoutMs = 10_000; // from the first byte sent to the last byte received
const maxAnswerBytes = 5 * 1024 * 1024;

// A server that closes an idle connection just as we write to it looks the same as one that took the request and
// died: both are in doubt, and nothing here tries again. Idle connections are dropped early so that it is rare.
const idleMs = 4_000;
const options = { keepAlive: true, maxSockets: 64, timeout: idleMs, scheduling: "lifo" } as const;
const agents = { "http:": new http.Agent(options), "https:": new https.Agent(options) };

const allowed = egressRule(env.egressAllow);

/**
 * Follows no redirect, so that what is checked is what is asked. Never throws for what the network does.
 * @throws TypeError for a URL that is none
 */
export async function exchange(
	request: ErpRequest,
	limitMs: number = timeoutMs,
	mayConnect: Decide = allowed,
): Promise<ErpAnswer | NoAnswer> {
	const url = new URL(request.url);
	const secure = url.protocol === "https:";
	const host = plainHost(url.hostname);
	const port = Number(url.port) || (secure ? 443 : 80);
	if (isIP(host) && !mayConnect(host, port, host)) return "EGRESS_REFUSED";
	const body = Buffer.from(request.body);
	const headers = { ...request.headers, ...(body.length ? { "content-length": String(body.length) } : {}) };

	return new Promise((resolve) => {
		const call = (secure ? https : http).request(url, {
			method: request.method,
			headers,
			agent: secure ? agents["https:"] : agents["http:"],
			lookup: checkedLookup(mayConnect, port),
		});
		const settle = (result: ErpAnswer | NoAnswer): void => {
			clearTimeout(timer);
			resolve(result);
			if (typeof result === "string") call.destroy();
		};
		const timer = setTimeout(() => settle("TIMEOUT"), limitMs);

		call.on("error", (err) => settle(isEgressRefused(err) ? "EGRESS_REFUSED" : "CONNECTION_BROKEN"));
		call.on("response", (response) => {
			const chunks: Buffer[] = [];
			let bytes = 0;
			response.on("data", (chunk: Buffer) => {
				bytes += chunk.length;
				if (bytes > maxAnswerBytes) return settle("ANSWER_TOO_LARGE");
				chunks.push(chunk);
			});
			response.on("error", () => settle("CONNECTION_BROKEN"));
			response.on("end", () =>
				settle(
					response.complete
						? {
								status: response.statusCode ?? 0,
								headers: joined(response.headersDistinct),
								body: Buffer.concat(chunks).toString("utf8"),
							}
						: "CONNECTION_BROKEN",
				),
			);
		});
		call.end(body);
	});
}

const joined = (headers: NodeJS.Dict<string[]>): Record<string, string> =>
	Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, (values ?? []).join("\n")]));
