import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sampleNow as now, sampleShop as shop } from "./sample-shop.ts";
import { socket } from "./socket.ts";
import { connectSign, decodeFrame, encodeFrame, type TmcFrame, type TmcValue } from "./tmc.ts";

const frame = (changes: Partial<TmcFrame>): Buffer =>
	encodeFrame({
		messageType: 2,
		token: "t-1",
		statusCode: 0,
		statusPhrase: "",
		flag: 0,
		headers: new Map(),
		...changes,
	});

const content = '{"tid":4187263549012345678,"refund_id":184000000000000001,"num_iid":680000000001}';

function data(topic: string, changes: Record<string, TmcValue> = {}, token = "t-1"): Buffer {
	const values: Record<string, TmcValue> = {
		__kind: { type: "byte", value: 3 },
		id: { type: "int64", value: 1_790_000_000_000_000_001n },
		topic: { type: "string", value: topic },
		userid: { type: "int64", value: 2_200_012_345_678n },
		time: { type: "date", value: BigInt(now.getTime()) },
		content: { type: "string", value: content },
		...changes,
	};
	return frame({ token, headers: new Map(Object.entries(values)) });
}

const read = (bytes: Buffer, session = "t-1") => socket.read(bytes, session);
const headersOf = (sent: string | Buffer | undefined) =>
	Object.fromEntries([...decodeFrame(sent as Buffer).headers].map(([name, { value }]) => [name, value]));

describe("a connection to the message service", () => {
	it("opens with a signature over app, group and time", () => {
		const [first] = socket.opened(shop, now);
		const timestamp = String(now.getTime());
		expect(decodeFrame(first as Buffer)).toMatchObject({ messageType: 0, token: "" });
		expect(headersOf(first)).toMatchObject({
			app_key: shop.appKey,
			group_name: "default",
			timestamp,
			sign: connectSign(shop.appKey, "default", timestamp, shop.appSecret),
		});
	});

	it("remembers the server's token, asks for messages at once, and then with every beat", () => {
		const { session, send, messages } = read(frame({ messageType: 1 }), "");
		expect([session, messages]).toEqual(["t-1", []]);
		for (const sent of [send[0], socket.beat("t-1", now)[0]]) {
			expect(decodeFrame(sent as Buffer)).toMatchObject({ messageType: 2, token: "t-1" });
			expect(headersOf(sent)).toEqual({ __kind: 1 });
		}
		expect(socket.beat("", now)).toEqual([]);
	});

	it("ends when the server refuses", () => {
		const refusal = frame({ messageType: 1, token: "", statusCode: 401, statusPhrase: "sign is wrong" });
		expect(() => read(refusal, "")).toThrow("401 sign is wrong");
	});
});

describe("a message", () => {
	const tid = { kind: "orders", id: "4187263549012345678" };

	it.each([
		["taobao_trade_TradeBuyerPay", [tid]],
		["taobao_refund_RefundCreated", [{ kind: "aftersales", id: "184000000000000001" }, tid]],
		["taobao_item_ItemUpdate", [{ kind: "products", id: "680000000001" }]],
		["taobao_fuwu_OrderPaid", []],
		["constructor_constructor_constructor", []],
	])("of %s hints at what it names", (topic, hints) => {
		const [message] = read(data(topic)).messages;
		expect(message).toMatchObject({ id: "1790000000000000001", at: now, sellerId: shop.sellerId, hints });
		expect(headersOf(message?.ack)).toEqual({ __kind: 2, id: 1_790_000_000_000_000_001n });
		expect(decodeFrame(message?.ack as Buffer).token).toBe("t-1");
	});

	it("may be compressed", () => {
		const bytes: TmcValue = { type: "bytes", value: gzipSync(content) };
		expect(read(data("taobao_trade_TradeCreate", { content: bytes })).messages[0]?.hints).toEqual([tid]);
	});

	it.each<[string, TmcValue]>([
		["no JSON", { type: "string", value: "{" }],
		["no object", { type: "string", value: "[]" }],
		["no gzip", { type: "bytes", value: Buffer.from("xx") }],
		["no text", { type: "void", value: null }],
	])("whose content is %s is confirmed, and hints at nothing", (_, value) => {
		const [message] = read(data("taobao_trade_TradeCreate", { content: value })).messages;
		expect(message?.hints).toEqual([]);
		expect(message?.ack).toBeInstanceOf(Buffer);
	});

	it("of another session, or before there is one, is thrown away", () => {
		expect(read(data("taobao_trade_TradeCreate", {}, "t-2")).messages).toEqual([]);
		expect(read(data("taobao_trade_TradeCreate", {}, ""), "").messages).toEqual([]);
	});

	it("that is no frame ends the connection", () => {
		expect(() => read(Buffer.from("hello"))).toThrow();
	});
});
