import { describe, expect, it } from "vitest";
import type { ShopAccess } from "../adapter.ts";
import { socket } from "./socket.ts";
import vectors from "./vectors.json" with { type: "json" };

const now = new Date(1_773_795_907_001);
const read = (frame: unknown) =>
	socket.read(Buffer.from(typeof frame === "string" ? frame : JSON.stringify(frame)), "");
const frame = (type: string, content: object | string, id = 123) => ({
	id,
	commandType: "Common",
	time: 1773795907000,
	sendTime: 1773795907001,
	message: { type, mallID: 1000001, content: typeof content === "string" ? content : JSON.stringify(content) },
});
const tid = "260318-123456789012345";

describe("the message server of 拼多多", () => {
	it("is addressed as others address it", () => {
		const vector = vectors.find((each) => "expected_url_path" in each) as unknown as {
			secret: string;
			params: { client_id: string; timestamp: string };
			expected_url_path: string;
		};
		const { client_id: appKey, timestamp } = vector.params;
		const shop = { messageUrl: "wss://message.example/message", appKey, appSecret: vector.secret } as ShopAccess;
		expect(socket.url(shop, new Date(Number(timestamp)))).toBe(`wss://message.example${vector.expected_url_path}`);
	});

	it("is greeted and kept awake with heart beats, and its own need no answer", () => {
		const beat = '{"id":0,"commandType":"HeartBeat","time":1773795907001}';
		expect(socket.opened({} as ShopAccess, now)).toEqual([beat]);
		expect(socket.beat("", now)).toEqual([beat]);
		expect(read(beat)).toEqual({ session: "", send: [], messages: [] });
	});

	it("tells of an order, and is acknowledged with what it said of itself", () => {
		const [message] = read(frame("pdd_trade_TradeConfirmed", { mall_id: 1000001, tid })).messages;
		expect(message).toEqual({
			id: "123",
			at: new Date(1773795907000),
			sellerId: "1000001",
			hints: [{ kind: "orders", id: tid }],
			ack: '{"id":123,"commandType":"Ack","time":1773795907000,"sendTime":1773795907001,"type":"pdd_trade_TradeConfirmed","mallID":1000001}',
		});
	});

	it("acknowledges numbers beyond 2^53 to the digit", () => {
		const text = JSON.stringify(frame("pdd_trade_TradeSuccess", { tid })).replace('"id":123', '"id":9007199254740993');
		expect(read(text).messages[0]?.ack).toContain('"id":9007199254740993,');
	});

	it("tells of a refund and its order", () => {
		const content = { mall_id: 1000001, tid, refund_id: 20260318001, refund_fee: 6900, modified: 1773795907000 };
		expect(read(frame("pdd_refund_RefundCreated", content)).messages[0]?.hints).toEqual([
			{ kind: "orders", id: tid },
			{ kind: "aftersales", id: `${tid}-20260318001` },
		]);
	});

	it("tells of goods", () => {
		const hints = read(frame("pdd_goods_GoodsUpdate", { mall_id: 1000001, goods_id: 600000000001 })).messages[0]?.hints;
		expect(hints).toEqual([{ kind: "products", id: "600000000001" }]);
	});

	it.each([
		["of no use to us", "pdd_chat_OrderPromise", { tid }],
		["whose content cannot be read", "pdd_trade_TradeConfirmed", "{"],
		["whose content is no object", "pdd_trade_TradeConfirmed", "[]"],
	])("is acknowledged for a message %s: it would come again for seven days", (_what, type, content) => {
		const [message] = read(frame(type, content)).messages;
		expect(message?.hints).toEqual([]);
		expect(message?.ack).toContain('"commandType":"Ack"');
	});

	it.each(["", "no JSON", "[]", '{"commandType":"Fail"}', '{"commandType":"Common","message":{}}'])(
		"loses its connection over a frame %j",
		(text) => {
			expect(() => read(text)).toThrow();
		},
	);
});
