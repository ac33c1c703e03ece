import { idNumber, jsonText } from "../json-text.ts";
import type { Frame, FrameReading, Hint, SocketDriver } from "../messages.ts";
import { epochMs, isRecord, jsonIn, part, type RawRecord, requiredText, text } from "../record.ts";
import { aftersaleNo } from "./aftersale-number.ts";
import { messageDigest } from "./sign.ts";

/**
 * The message server (PMC): JSON text frames over one connection for each app. What is not acknowledged comes again for
 * seven days. The address proves who we are; the connection itself proves who they are.
 */
export const socket: SocketDriver = {
	url({ messageUrl, appKey, appSecret }, now) {
		const timestamp = String(now.getTime());
		const digest = encodeURIComponent(messageDigest(appKey, timestamp, appSecret));
		return `${messageUrl.replace(/\/$/, "")}/${encodeURIComponent(appKey)}/${timestamp}/${digest}`;
	},
	opened: (_shop, now) => [heartBeat(now)],
	read: (frame, session) => ({ session, send: [], messages: messagesOf(frame) }),
	beatMs: 5_000,
	beat: (_session, now) => [heartBeat(now)],
};

const heartBeat = (now: Date): Frame => JSON.stringify({ id: 0, commandType: "HeartBeat", time: now.getTime() });

function messagesOf(frame: Buffer): FrameReading["messages"] {
	const root = recordOf(frame.toString("utf8"));
	if (!root) throw new Error("a frame is not a JSON object");
	switch (text(root, "commandType")) {
		case "Common":
			return [readMessage(root)];
		case "Fail":
			throw new Error("the message server refuses the connection");
		default:
			return []; // heart beats, and commands that carry nothing to take
	}
}

/** @throws Error for a message that could not be acknowledged, PLATFORM_BAD_RECORD or INVALID naming the field */
function readMessage(root: RawRecord): FrameReading["messages"][number] {
	const message = part(root, "message");
	const id = requiredText(root, "id");
	const type = text(message, "type");
	const mallId = text(message, "mallID");
	const content = recordOf(text(message, "content")) ?? {}; // JSON in JSON; coming again would not make it readable
	const ack = {
		id: idNumber("id", id),
		commandType: "Ack",
		time: idNumber("time", requiredText(root, "time")),
		sendTime: idNumber("sendTime", text(root, "sendTime") || requiredText(root, "time")),
		type,
		mallID: mallId === "" ? undefined : idNumber("mallID", mallId),
	};
	return { id, at: epochMs(root, "time"), sellerId: mallId, hints: hintsOf(type, content), ack: jsonText(ack) };
}

/** Null for anything else. */
function recordOf(json: string): RawRecord | null {
	const value = jsonIn(json);
	return isRecord(value) ? value : null;
}

/** A refund changes its order too. */
function hintsOf(type: string, content: RawRecord): Hint[] {
	const orderNo = text(content, "tid");
	const refundId = text(content, "refund_id");
	const goodsId = text(content, "goods_id");
	const hints: (Hint | false)[] = [
		/^pdd_(trade|refund)_/.test(type) && orderNo !== "" && { kind: "orders", id: orderNo },
		type.startsWith("pdd_refund_") &&
			orderNo !== "" &&
			/^\d+$/.test(refundId) && { kind: "aftersales", id: aftersaleNo(orderNo, refundId) },
		type.startsWith("pdd_goods_") && goodsId !== "" && { kind: "products", id: goodsId },
	];
	return hints.filter((hint) => hint !== false);
}
