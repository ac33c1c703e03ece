/** Platforms and ERPs calling the hub: verified on the raw bytes, so these calls go round everything that reads bodies. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServiceBroker } from "moleculer";
import { hubError, ruleOf, typeOf } from "../../config/errors.ts";
import { platformNames } from "../../config/platforms.ts";
import type { HookReply } from "../platform/messages.ts";

const maxBytes = 1024 * 1024;

/** Answers `<prefix>/:platform/:shopId` and `<prefix>/erp/:connectionId`; false when the call is for somebody else. */
export async function answerHook(
	broker: ServiceBroker,
	req: IncomingMessage,
	res: ServerResponse,
	prefix: string,
): Promise<boolean> {
	const url = URL.parse(req.url ?? "", "http://hub");
	const [, caller = "", id = ""] =
		new RegExp(`^${prefix}/([a-z]{1,20})/([\\w-]{1,60})/?$`).exec(url?.pathname ?? "") ?? [];
	if (!url || !id) return false;
	try {
		const reply = await (caller === "erp"
			? erpReply(broker, req, url, id)
			: platformReply(broker, req, url, caller, id));
		send(res, reply);
	} catch (err) {
		if (!req.complete) res.setHeader("connection", "close"); // what is left of a body would be taken for the next call
		send(res, refusal(err));
	}
	return true;
}

async function platformReply(
	broker: ServiceBroker,
	req: IncomingMessage,
	url: URL,
	platform: string,
	shopId: string,
): Promise<HookReply> {
	if (!platformNames.some((name) => name === platform)) throw hubError("NOT_FOUND", `no platform ${platform}`);
	if (req.method !== "POST" && req.method !== "GET") throw hubError("METHOD_NOT_ALLOWED");
	const call = { shopId, method: req.method, path: url.pathname, ...(await contentOf(req, url)) };
	return broker.call(`platform.${platform}.hook`, call);
}

async function erpReply(
	broker: ServiceBroker,
	req: IncomingMessage,
	url: URL,
	connectionId: string,
): Promise<HookReply> {
	if (req.method !== "POST") throw hubError("METHOD_NOT_ALLOWED");
	return broker.call("erp.callback", { connectionId, ...(await contentOf(req, url)) });
}

/** The body in base64, as it came. @throws PAYLOAD_TOO_LARGE */
async function contentOf(
	req: IncomingMessage,
	url: URL,
): Promise<{ query: Record<string, string>; headers: Record<string, string>; body: string }> {
	return {
		query: Object.fromEntries(url.searchParams),
		headers: headersOf(req),
		body: (await bodyOf(req)).toString("base64"),
	};
}

/** The kind of error and nothing of its content: whoever calls here may be anybody. */
function refusal(err: unknown): HookReply {
	const type = typeOf(err) ?? "SERVICE_UNAVAILABLE";
	const status = ruleOf(err)?.status ?? 503;
	return { status, type: "application/json", body: JSON.stringify({ type, status }) };
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
	const entries = Object.entries(headers).map(([name, value]) => [
		name,
		Array.isArray(value) ? value.join(", ") : (value ?? ""),
	]);
	return Object.fromEntries(entries);
}

/** @throws PAYLOAD_TOO_LARGE */
async function bodyOf(req: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of req as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > maxBytes) throw hubError("PAYLOAD_TOO_LARGE", `more than ${maxBytes} bytes`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function send(res: ServerResponse, { status, type, body }: HookReply): void {
	res.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
	res.end(body);
}
