import { createHash } from "node:crypto";
import { hubError } from "../../../config/errors.ts";
import type { ShopAccess } from "../adapter.ts";
import type { Hint, HookCall, HookDriver, HookReply, Message } from "../messages.ts";
import { isRecord, jsonIn, type RawRecord, text } from "../record.ts";
import { isSameSignature } from "../signature.ts";
import { openPush, pushSignature } from "./push-crypto.ts";

/** The platform wants this within 5 s, or it sends the message again, three times in all. */
const taken: HookReply = { status: 200, type: "text/plain; charset=utf-8", body: "success" };

/**
 * Pushes in secure mode, as JSON. `messageToken` is the Token and `messageKey` the EncodingAESKey the seller wrote on the
 * platform's page; a GET with `echostr` is how that page tries the address. Source: message push guide.
 */
export const hook: HookDriver = {
	lateMs: 10 * 60_000,
	read(shop, call) {
		if (call.method === "GET") return { messages: [], reply: { ...taken, body: verifiedEcho(shop, call) } };
		return { messages: [readMessage(openBody(shop, call), call.query.timestamp ?? "")], reply: taken };
	},
};

function verifiedEcho({ messageToken }: ShopAccess, { query }: HookCall): string {
	const { signature = "", timestamp = "", nonce = "", echostr = "" } = query;
	prove(messageToken, signature, timestamp, nonce);
	return echostr;
}

/** What was encrypted. In secure mode `signature` covers no content, so `msg_signature` alone proves anything. */
function openBody({ messageToken, messageKey, appKey }: ShopAccess, { query, body }: HookCall): string {
	const { msg_signature = "", timestamp = "", nonce = "" } = query;
	const encrypted = recordOf(body.toString("utf8")).Encrypt;
	if (typeof encrypted !== "string" || encrypted === "")
		throw refused("it is not encrypted: set the secure mode and JSON on the platform's page");
	prove(messageToken, msg_signature, timestamp, nonce, encrypted);
	try {
		return openPush(encrypted, messageKey, appKey);
	} catch (err) {
		throw refused((err as Error).message);
	}
}

function prove(token: string, given: string, ...signed: string[]): void {
	if (token === "") throw refused("the shop has no message token");
	if (!isSameSignature(given, pushSignature(token, ...signed))) throw refused("the signature is wrong");
}

/**
 * Pushes have no number of their own: the same content, the event's time included, is the same message. `timestamp` is
 * when it was sent, in Unix seconds, and belongs to what is signed.
 */
function readMessage(content: string, timestamp: string): Message {
	if (!/^\d{1,12}$/.test(timestamp)) throw refused("it has no time");
	return {
		id: createHash("sha256").update(content).digest("hex"),
		at: new Date(Number(timestamp) * 1_000),
		sellerId: "",
		hints: hintsOf(recordOf(content)),
	};
}

/** Where an event says what it is about. Numbers come as text or as JSON numbers of 19 digits. */
function hintsOf(message: RawRecord): Hint[] {
	const hints: Hint[] = [];
	const add = (kind: Hint["kind"], id: string): void => {
		if (id !== "" && id !== "0") hints.push({ kind, id });
	};
	for (const about of Object.values(message).filter(isRecord)) {
		add("orders", text(about, "order_id"));
		add("aftersales", text(about, "after_sale_order_id"));
		if (text(message, "Event").startsWith("product_spu_")) add("products", text(about, "product_id"));
	}
	return hints;
}

function recordOf(json: string): RawRecord {
	const value = jsonIn(json);
	if (isRecord(value)) return value;
	throw refused("it is not JSON");
}

const refused = (why: string): Error => hubError("HOOK_REFUSED", why);
