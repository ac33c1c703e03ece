import type { Frame, FrameReading, Hint, SocketDriver } from "../messages.ts";
import { epochMs, isRecord, parseJson, part, type RawRecord, requiredText, text } from "../record.ts";
import { aftersaleNo } from "./aftersale-number.ts";
import { digits, jsonText } from "./request.ts";
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

/** @throws Error for a message that could not be acknowledged, PLATFORM_BAD_RECORD naming the field */
function readMessage(root: RawRecord): FrameReading["messages"][number] {
	const message = part(root, "message");
	const id = requiredText(root, "id");
	const type = text(message, "type");
	const mallId = text(message, "mallID");
	const content = recordOf(text(message, "content")) ?? {}; // JSON in JSON; coming again would not make it readable
	const ack = {
		id: digits(id, "id"),
		commandType: "Ack",
		time: digits(requiredText(root, "time"), "time"),
		sendTime: digits(text(root, "sendTime") || requiredText(root, "time"), "sendTime"),
		type,
		mallID: mallId === "" ? undefined : digits(mallId, "mallID"),
	};
	return { id, at: epochMs(root, "time"), sellerId: mallId, hints: hintsOf(type, content), ack: jsonText(ack) };
}

/** Null for anything else; the parser's own message would quote the text. */
function recordOf(json: string): RawRecord | null {
	try {
		const value = parseJson(json);
		return isRecord(value) ? value : null;
	} catch {
		return null;
	}
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
