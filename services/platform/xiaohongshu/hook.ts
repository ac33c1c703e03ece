import { createHash } from "node:crypto";
import { hubError } from "../../../config/errors.ts";
import type { ShopAccess } from "../adapter.ts";
import type { Hint, HookCall, HookDriver, HookReply, Message } from "../messages.ts";
import { isRecord, jsonIn, type RawRecord, text } from "../record.ts";
import { isSameSignature } from "../signature.ts";
import { messageSign } from "./sign.ts";

/** What the platform wants to hear, a probe included. */
const taken: HookReply = {
	status: 200,
	type: "application/json;charset=utf-8",
	body: '{"success":true,"error_code":0,"error_msg":""}',
};

/** Which field of a message's data names what kind of document. */
const hintFields: Readonly<Record<string, Hint["kind"]>> = {
	orderId: "orders",
	returnsId: "aftersales",
	itemId: "products",
};

/**
 * Messages of an app, several to a call, possibly of several sellers. Path, query and two headers are signed, the body
 * is not: all that is proved is that the platform called at that time, so a message is a hint and nothing more.
 * A call that was not acknowledged comes once more, after five minutes. Source: application message push.
 */
export const hook: HookDriver = {
	lateMs: 15 * 60_000,
	read(shop, call) {
		const content = jsonIn(call.body.toString("utf8"));
		if (content === undefined) throw refused("it is not JSON");
		// A probe of the address tells nothing and changes nothing.
		if (isRecord(content) && content.test === true) return { messages: [], reply: taken };
		const { at, signature } = verified(shop, call);
		if (!Array.isArray(content) || !content.every(isRecord)) throw refused("its body is no list of messages");
		return { messages: content.map((each) => readMessage(each, at, signature)), reply: taken };
	},
};

function verified(shop: ShopAccess, { path, query, headers }: HookCall): { at: Date; signature: string } {
	const { "app-key": appKey = "", timestamp = "", sign: signature = "" } = headers;
	if (appKey !== shop.appKey) throw refused("it is for another app");
	const right = messageSign({ path, query, appKey, timestamp }, shop.appSecret);
	if (!isSameSignature(signature, right)) throw refused("its signature is wrong");
	if (!/^\d{1,11}$/.test(timestamp)) throw refused("it has no time");
	return { at: new Date(Number(timestamp) * 1_000), signature };
}

/** `data` is JSON text inside the JSON. */
function readMessage(message: RawRecord, at: Date, signature: string): Message {
	const data = text(message, "data");
	const content = jsonIn(data);
	if (!isRecord(content)) throw refused("a message's data is no object");
	const hints = Object.entries(hintFields).map(([field, kind]): Hint => ({ kind, id: text(content, field) }));
	const parts = [signature, text(message, "msgTag"), text(message, "sellerId"), data];
	return {
		id: createHash("sha256").update(parts.join("\n")).digest("hex"), // the platform gives none
		at,
		sellerId: text(message, "sellerId"),
		hints: hints.filter(({ id }) => id !== ""),
	};
}

const refused = (why: string): Error => hubError("HOOK_REFUSED", why);
