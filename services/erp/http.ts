/** The one HTTP edge to all ERPs. */
import type http from "node:http";
import { env } from "../../config/env.ts";
import { type Decide, egressRule, isEgressRefused } from "../../mixins/egress.ts";
import { outsideCall } from "../../mixins/outside-call.ts";
import { spanned } from "../../mixins/spans.ts";
import type { ErpAnswer, ErpRequest } from "./driver.ts";

/** Why no whole answer came. But for the last, which sends nothing, the ERP may have done what it was asked. */
export type NoAnswer = "TIMEOUT" | "CONNECTION_BROKEN" | "ANSWER_TOO_LARGE" | "EGRESS_REFUSED";

export const timeoutMs = 10_000; // from the first byte sent to the last byte received
const maxAnswerBytes = 5 * 1024 * 1024;

const allowed = egressRule(env.egressAllow);

/**
 * Asks an ERP, once. Never throws for what the network does.
 * @throws TypeError for a URL that is none
 */
export async function exchange(
	request: ErpRequest,
	limitMs: number = timeoutMs,
	mayConnect: Decide = allowed,
): Promise<ErpAnswer | NoAnswer> {
	const { method } = request;
	const url = new URL(request.url);
	const attributes = { "server.address": url.hostname, "http.request.method": method };
	return spanned(
		{ name: `${method} ${url.hostname}`, kind: "client", attributes },
		() => ask(url, request, limitMs, mayConnect),
		(answer) => (typeof answer === "string" ? answer : ""),
	);
}

async function ask(url: URL, request: ErpRequest, limitMs: number, mayConnect: Decide): Promise<ErpAnswer | NoAnswer> {
	const body = Buffer.from(request.body);
	const headers = { ...request.headers, ...(body.length ? { "content-length": String(body.length) } : {}) };
	let call: http.ClientRequest;
	try {
		call = outsideCall(url, { method: request.method, headers }, mayConnect);
	} catch (err) {
		if (isEgressRefused(err)) return "EGRESS_REFUSED";
		throw err;
	}

	return new Promise((resolve) => {
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
