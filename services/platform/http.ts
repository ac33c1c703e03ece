/** The one HTTP edge to all platforms. Connections are kept and used again; redirects are not followed. */
import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { env } from "../../config/env.ts";
import { hubError, typeOf } from "../../config/errors.ts";
import { type Decide, egressRule, isEgressRefused } from "../../mixins/egress.ts";
import { outsideCall } from "../../mixins/outside-call.ts";
import { spanned } from "../../mixins/spans.ts";
import type { HttpAnswer, HttpRequest } from "./adapter.ts";

export interface HttpLimits {
	timeoutMs: number; // from the start of the call to the last byte
	maxBytes: number; // after decompression
	mayConnect: Decide;
}

const defaults: HttpLimits = {
	timeoutMs: 15_000,
	maxBytes: 8 * 1024 * 1024,
	mayConnect: egressRule(env.egressAllow),
};

const decoders: Readonly<Record<string, () => Transform>> = {
	gzip: createGunzip,
	deflate: createInflate,
	br: createBrotliDecompress,
};

/**
 * @throws EGRESS_REFUSED when the address may not be connected to: nothing was sent.
 * @throws PLATFORM_UNREACHABLE when no whole answer came, the call was aborted included: the platform may have acted.
 * @throws PLATFORM_BAD_RESPONSE when the answer is larger than allowed.
 */
export function send(request: HttpRequest, signal: AbortSignal, limits: Partial<HttpLimits> = {}): Promise<HttpAnswer> {
	const { hostname } = new URL(request.url); // the rest may hold a token
	const attributes = { "server.address": hostname, "http.request.method": request.method };
	return spanned({ name: `${request.method} ${hostname}`, kind: "client", attributes }, () =>
		ask(request, signal, limits),
	);
}

async function ask(request: HttpRequest, signal: AbortSignal, limits: Partial<HttpLimits>): Promise<HttpAnswer> {
	const { timeoutMs, maxBytes, mayConnect } = { ...defaults, ...limits };
	const startedAt = Date.now();
	const timeout = AbortSignal.timeout(timeoutMs);
	try {
		const response = await answerTo(request, AbortSignal.any([signal, timeout]), mayConnect);
		const body = await bodyOf(response, maxBytes);
		return { status: response.statusCode ?? 0, body, at: platformTime(response, startedAt) };
	} catch (err) {
		if (typeOf(err)) throw err;
		if (isEgressRefused(err)) throw hubError("EGRESS_REFUSED", hostOf(request));
		throw hubError("PLATFORM_UNREACHABLE", timeout.aborted ? `no answer in ${timeoutMs} ms` : causeOf(err));
	}
}

function answerTo(
	{ url, method, headers, body }: HttpRequest,
	signal: AbortSignal,
	mayConnect: Decide,
): Promise<IncomingMessage> {
	const accepted = { "accept-encoding": Object.keys(decoders).join(", "), ...headers };
	return new Promise((resolve, reject) => {
		const call = outsideCall(new URL(url), { method, headers: accepted }, mayConnect);
		const stop = (): unknown => call.destroy(new Error("aborted"));
		if (signal.aborted) stop();
		signal.addEventListener("abort", stop, { once: true });
		call.on("close", () => signal.removeEventListener("abort", stop));
		call.on("error", reject); // once the answer has begun, its body is what fails
		call.on("response", resolve);
		call.end(method === "POST" ? body : undefined);
	});
}

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<string> {
	const tooLarge = (): Error => hubError("PLATFORM_BAD_RESPONSE", `larger than ${maxBytes} bytes`);
	if (Number(response.headers["content-length"]) > maxBytes) {
		response.destroy(); // closes the connection: not a byte more of it is read
		throw tooLarge();
	}
	const decoder = decoders[response.headers["content-encoding"]?.toLowerCase() ?? ""];
	const chunks: Buffer[] = [];
	let bytes = 0;
	const collect = async (parts: AsyncIterable<Buffer>): Promise<void> => {
		for await (const part of parts) {
			bytes += part.length;
			if (bytes > maxBytes) throw tooLarge(); // which closes the connection too
			chunks.push(part);
		}
	};
	await (decoder ? pipeline(response, decoder(), collect) : pipeline(response, collect));
	return Buffer.concat(chunks).toString("utf8");
}

/**
 * The platform read its data some time between the call's start and the answer's Date; the start is the safe end.
 * Date has whole seconds, cut off, so what comes out is never later than the platform's clock was.
 */
function platformTime({ headers }: IncomingMessage, startedAt: number): Date {
	const sent = Date.parse(headers.date ?? "");
	return new Date(Number.isNaN(sent) ? startedAt : sent - (Date.now() - startedAt));
}

/** For a person to find the setting: without the path and the query, which may hold a token. */
const hostOf = ({ url }: HttpRequest): string => new URL(url).host;

/** "ECONNREFUSED", "Z_DATA_ERROR" …: says what happened without the URL, whose query may hold a token. */
function causeOf(err: unknown): string {
	const { name, code } = err as Error & { code?: string };
	return code ?? name;
}
