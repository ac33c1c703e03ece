/** The one HTTP edge to all platforms. Connections are kept and used again; redirects are not followed. */
import { hubError, typeOf } from "../../config/errors.ts";
import type { HttpAnswer, HttpRequest } from "./adapter.ts";

export interface HttpLimits {
	timeoutMs: number; // from the start of the call to the last byte
	maxBytes: number; // after decompression
}

const defaults: HttpLimits = { timeoutMs: 15_000, maxBytes: 8 * 1024 * 1024 };

/**
 * @throws PLATFORM_UNREACHABLE when no whole answer came, the call was aborted included: the platform may have acted.
 * @throws PLATFORM_BAD_RESPONSE when the answer is larger than allowed.
 */
export async function send(
	{ url, method, headers, body }: HttpRequest,
	signal: AbortSignal,
	{ timeoutMs, maxBytes }: HttpLimits = defaults,
): Promise<HttpAnswer> {
	const startedAt = Date.now();
	const timeout = AbortSignal.timeout(timeoutMs);
	try {
		const response = await fetch(url, {
			method,
			headers,
			body: method === "POST" ? body : undefined,
			redirect: "manual",
			signal: AbortSignal.any([signal, timeout]),
		});
		const text = await bodyOf(response, maxBytes);
		return { status: response.status, body: text, at: platformTime(response, startedAt) };
	} catch (err) {
		if (typeOf(err)) throw err;
		throw hubError("PLATFORM_UNREACHABLE", timeout.aborted ? `no answer in ${timeoutMs} ms` : causeOf(err));
	}
}

async function bodyOf(response: Response, maxBytes: number): Promise<string> {
	const tooLarge = (): Error => hubError("PLATFORM_BAD_RESPONSE", `larger than ${maxBytes} bytes`);
	if (Number(response.headers.get("content-length")) > maxBytes) {
		await response.body?.cancel(); // closes the connection: not a byte more of it is read
		throw tooLarge();
	}
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	// Leaving the loop early cancels the body, which closes the connection.
	for await (const chunk of response.body ?? []) {
		bytes += chunk.length;
		if (bytes > maxBytes) throw tooLarge();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}

/**
 * The platform read its data some time between the call's start and the answer's Date; the start is the safe end.
 * Date has whole seconds, cut off, so what comes out is never later than the platform's clock was.
 */
function platformTime(response: Response, startedAt: number): Date {
	const sent = Date.parse(response.headers.get("date") ?? "");
	return new Date(Number.isNaN(sent) ? startedAt : sent - (Date.now() - startedAt));
}

/** "ECONNREFUSED", "UND_ERR_SOCKET" …: says what happened without the URL, whose query may hold a token. */
function causeOf(err: unknown): string {
	const { name, cause } = err as Error & { cause?: { code?: string; errors?: { code?: string }[] } };
	return cause?.code ?? cause?.errors?.[0]?.code ?? name;
}
