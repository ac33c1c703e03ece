import { gunzipSync } from "node:zlib";
import type { ShopAccess } from "../adapter.ts";
import type { Frame, FrameReading, Hint, Message, SocketDriver } from "../messages.ts";
import { isRecord, jsonIn, type RawRecord, text } from "../record.ts";
import { connectSign, decodeFrame, encodeFrame, type TmcFrame, type TmcValue } from "./tmc.ts";

const groupName = "default";
const messageTypes = { connect: 0, connectAck: 1, send: 2 } as const;
/** `__kind` of a frame of type "send". */
const kinds = { pull: 1, confirm: 2, data: 3 } as const;

/** 淘宝's message service, TMC: it sends once it is asked, and again what was not confirmed. Source: TOP Java SDK, TmcClient. */
export const socket: SocketDriver = {
	url: (shop) => shop.messageUrl,
	opened: (shop, now) => [connectFrame(shop, now)],
	read(bytes, session) {
		const frame = decodeFrame(bytes);
		if (frame.messageType === messageTypes.connectAck) return connected(frame);
		return { session, send: [], messages: dataOf(frame, session) };
	},
	beatMs: 5_000,
	beat: (session) => (session ? [pull(session)] : []),
};

function connectFrame(shop: ShopAccess, now: Date): Frame {
	const timestamp = String(now.getTime());
	const headers = {
		app_key: shop.appKey,
		group_name: groupName,
		timestamp,
		sign: connectSign(shop.appKey, groupName, timestamp, shop.appSecret),
		sdk: "order-hub",
		intranet_ip: "",
	};
	const values = Object.entries(headers).map(([name, value]): [string, TmcValue] => [name, { type: "string", value }]);
	return frameOf(messageTypes.connect, "", new Map(values));
}

/** The server's token goes with every later frame. @throws Error where it refuses: a wrong secret, or a clock far off */
function connected({ token, statusCode, statusPhrase }: TmcFrame): FrameReading {
	if (!token) throw new Error(`refused with ${statusCode} ${statusPhrase.slice(0, 100)}`);
	return { session: token, send: [pull(token)], messages: [] };
}

/** Frames of another session are thrown away, as the platform's own client does. */
function dataOf({ token, headers }: TmcFrame, session: string): FrameReading["messages"] {
	const id = bigOf(headers, "id");
	if (!session || token !== session || headers.get("__kind")?.value !== kinds.data || id === null) return [];
	return [{ ...messageOf(headers, String(id)), ack: confirm(session, id) }];
}

function messageOf(headers: TmcFrame["headers"], id: string): Message {
	const at = bigOf(headers, "time");
	return {
		id,
		at: at === null ? null : new Date(Number(at)),
		sellerId: String(bigOf(headers, "userid") ?? ""),
		hints: hintsOf(textOf(headers, "topic"), contentOf(headers.get("content"))),
	};
}

/** A topic's family, `taobao_<family>_<what happened>` -> what its content names. Others are of no use to us. */
const families: Readonly<Record<string, readonly [kind: Hint["kind"], field: string][]>> = {
	trade: [["orders", "tid"]],
	refund: [
		["aftersales", "refund_id"],
		["orders", "tid"],
	],
	item: [["products", "num_iid"]],
};

function hintsOf(topic: string, content: RawRecord): Hint[] {
	const family = topic.split("_")[1] ?? "";
	const named = Object.hasOwn(families, family) ? (families[family] ?? []) : [];
	return named.map(([kind, field]) => ({ kind, id: text(content, field) })).filter(({ id }) => id !== "");
}

/** JSON text, or the same in gzip. One that cannot be read is a message all the same, without a hint. */
function contentOf(value: TmcValue | undefined): RawRecord {
	try {
		const json =
			value?.type === "bytes" ? gunzipSync(value.value, { maxOutputLength: 1024 * 1024 }).toString() : value?.value;
		const content = typeof json === "string" ? jsonIn(json) : undefined;
		return isRecord(content) ? content : {};
	} catch {
		return {}; // no gzip: sent again for ever if it were not confirmed
	}
}

const pull = (token: string): Frame => kindFrame(token, kinds.pull);
const confirm = (token: string, id: bigint): Frame =>
	kindFrame(token, kinds.confirm, ["id", { type: "int64", value: id }]);

const kindFrame = (token: string, kind: number, ...headers: [string, TmcValue][]): Frame =>
	frameOf(messageTypes.send, token, new Map([["__kind", { type: "byte", value: kind }], ...headers]));

const frameOf = (messageType: number, token: string, headers: TmcFrame["headers"]): Frame =>
	encodeFrame({ messageType, token, statusCode: 0, statusPhrase: "", flag: 0, headers });

function bigOf(headers: TmcFrame["headers"], name: string): bigint | null {
	const value = headers.get(name)?.value;
	return typeof value === "bigint" ? value : null;
}

function textOf(headers: TmcFrame["headers"], name: string): string {
	const value = headers.get(name)?.value;
	return typeof value === "string" ? value : "";
}
