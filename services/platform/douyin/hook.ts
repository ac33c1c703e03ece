import { hubError } from "../../../config/errors.ts";
import type { ShopAccess } from "../adapter.ts";
import type { Hint, HookCall, HookDriver, HookReply, Message } from "../messages.ts";
import { isRecord, jsonIn, optionalEpochSec, type RawRecord, requiredText, text } from "../record.ts";
import { isSameSignature } from "../signature.ts";
import { eventSign } from "./sign.ts";

const probe = "0"; // sent when the address is registered: answered like any other, and about nothing

const taken: HookReply = { status: 200, type: "application/json", body: '{"code":0,"msg":"success"}' };

/** One call brings several messages. Its signature covers all of the body, so it is checked over the bytes as they came. */
export const hook: HookDriver = {
	lateMs: 3 * 24 * 3_600_000, // the platform goes on for hours; how long exactly is not documented
	read(shop, call) {
		mustBeSigned(shop, call);
		return {
			messages: messagesOf(call.body)
				.filter((message) => text(message, "tag") !== probe)
				.map(toMessage),
			reply: taken,
		};
	},
};

function mustBeSigned({ appKey, appSecret }: ShopAccess, { headers, body }: HookCall): void {
	if (appSecret === "") throw hubError("HOOK_REFUSED", "the shop has no secret to check it by");
	if (headers["app-id"] !== appKey) throw hubError("HOOK_REFUSED", "for another app");
	const right = eventSign(appKey, body, appSecret);
	if (!isSameSignature(headers["event-sign"] ?? "", right)) throw hubError("HOOK_REFUSED", "wrong event-sign");
}

function messagesOf(body: Buffer): RawRecord[] {
	const messages = jsonIn(body.toString("utf8"));
	if (Array.isArray(messages) && messages.every(isRecord)) return messages;
	throw hubError("HOOK_REFUSED", "not a list of messages");
}

function toMessage(message: RawRecord): Message {
	const id = requiredText(message, "msg_id");
	const data = dataOf(message);
	return {
		id,
		at: madeAt(id) ?? optionalEpochSec(data, "update_time") ?? optionalEpochSec(data, "create_time"),
		sellerId: text(data, "shop_id"),
		hints: hintsOf(text(message, "tag"), data),
	};
}

/** `data` is JSON inside JSON; some messages bring the object itself. A probe may bring nothing. */
function dataOf({ data }: RawRecord): RawRecord {
	if (typeof data !== "string" || data === "") return isRecord(data) ? data : {};
	const value = jsonIn(data);
	if (value === undefined) throw hubError("HOOK_REFUSED", "a message's data is not JSON");
	return isRecord(value) ? value : {};
}

/** "7158812345678901111:0:1762791000": the last part is when the message was made. */
function madeAt(id: string): Date | null {
	const [, made] = /:(\d{10})$/.exec(id) ?? [];
	return made === undefined ? null : new Date(Number(made) * 1_000);
}

/** Tags 1xx tell of orders, 2xx of after-sales (and what they do to the order), 4xx of products. */
const families: Readonly<Record<string, readonly [kind: Hint["kind"], field: string][]>> = {
	1: [["orders", "p_id"]],
	2: [
		["aftersales", "aftersale_id"],
		["orders", "p_id"],
	],
	4: [["products", "product_id"]],
};

function hintsOf(tag: string, data: RawRecord): Hint[] {
	const wanted = /^\d{3}$/.test(tag) ? (families[tag.charAt(0)] ?? []) : [];
	return wanted.flatMap(([kind, field]) => {
		const id = text(data, field);
		return id === "" || id === "0" ? [] : [{ kind, id }];
	});
}
