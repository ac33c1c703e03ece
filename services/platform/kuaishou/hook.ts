import { hubError } from "../../../config/errors.ts";
import type { ShopAccess } from "../adapter.ts";
import type { Hint, HookCall, HookDriver, HookReply, Message } from "../messages.ts";
import { isRecord, jsonIn, optionalEpochMs, type RawRecord, requiredText, text } from "../record.ts";
import { decryptMessage } from "./crypto.ts";

const reply: HookReply = { status: 200, type: "application/json;charset=utf-8", body: '{"result":1}' };

/**
 * Messages come encrypted with the app's message secret, at least once: a failure is tried again after 5, 10, 20, 30
 * and 60 minutes. Source: open platform documentation, message push.
 */
export const hook: HookDriver = { lateMs: 3 * 3_600_000, read };

function read(shop: ShopAccess, { body }: HookCall): { messages: Message[]; reply: HookReply } {
	const message = verified(shop, body.toString("utf8"));
	if (message.test === true || text(message, "test") === "true") return { messages: [], reply }; // is anybody there?
	if (text(message, "appKey") !== shop.appKey) throw hubError("HOOK_REFUSED", "it is for another app");
	return { messages: [readMessage(message)], reply };
}

function verified({ messageKey }: ShopAccess, body: string): RawRecord {
	// The probe of a new address may come in plain: it says nothing and does nothing.
	if (/^\s*\{\s*"test"\s*:\s*true\s*\}\s*$/.test(body)) return { test: true };
	if (messageKey === "") throw hubError("HOOK_REFUSED", "the shop has no message secret");
	try {
		return decryptMessage(body, messageKey).message;
	} catch {
		throw hubError("HOOK_REFUSED", "it does not decrypt"); // the reason would quote the content
	}
}

function readMessage(message: RawRecord): Message {
	const times = ["createTime", "updateTime"].map((field) => optionalEpochMs(message, field)?.getTime() ?? 0);
	const at = Math.max(...times);
	return {
		id: text(message, "eventId") || requiredText(message, "msgId"),
		at: at > 0 ? new Date(at) : null,
		sellerId: text(message, "openId"),
		hints: hintsOf(text(message, "event"), message, readInfo(text(message, "info"))),
	};
}

/** `info` is JSON text inside the JSON; an event we make nothing of may well carry another text. */
function readInfo(json: string): RawRecord {
	const info = jsonIn(json);
	return isRecord(info) ? info : {};
}

/** What the events are about goes by their names; an after-sale changes its order, too. */
function hintsOf(event: string, message: RawRecord, info: RawRecord): Hint[] {
	if (event.startsWith("kwaishop_order_")) {
		return hint("orders", text(info, "oid") || text(info, "bizId") || text(message, "bizId"));
	}
	if (event.startsWith("kwaishop_aftersales_")) {
		return [...hint("aftersales", text(info, "refundId")), ...hint("orders", text(info, "orderId"))];
	}
	return [];
}

const hint = (kind: Hint["kind"], id: string): Hint[] => (id === "" || id === "0" ? [] : [{ kind, id }]);
