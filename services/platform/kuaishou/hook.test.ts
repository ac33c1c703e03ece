import { createCipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hook } from "./hook.ts";
import { sampleShop } from "./samples.ts";

describe("a message", () => {
	const encrypted = (plain: object): Buffer => {
		const cipher = createCipheriv("aes-128-cbc", Buffer.from(sampleShop.messageKey, "base64"), Buffer.alloc(16));
		const bytes = Buffer.concat([cipher.update(JSON.stringify(plain)), cipher.final()]);
		return Buffer.from(bytes.toString("base64"));
	};
	const read = (body: Buffer, shop = sampleShop) =>
		hook.read(shop, { method: "POST", path: "/", query: {}, headers: {}, body });
	const event = (name: string, info: string) => ({
		eventId: "e1",
		bizId: "9",
		openId: "o1",
		appKey: "ks1",
		event: name,
		info,
		createTime: 1762790000000,
		updateTime: 1762790000123,
		test: false,
	});

	it.each<[string, string, object[]]>([
		["kwaishop_order_addOrder", '{"oid":2631500012345678901}', [{ kind: "orders", id: "2631500012345678901" }]],
		["kwaishop_order_addNote", '{"bizId":8,"note":"王小明"}', [{ kind: "orders", id: "8" }]],
		["kwaishop_order_addressChange", "{}", [{ kind: "orders", id: "9" }]],
		[
			"kwaishop_aftersales_addRefund",
			'{"refundId":5,"orderId":6}',
			[
				{ kind: "aftersales", id: "5" },
				{ kind: "orders", id: "6" },
			],
		],
		["kwaishop_item_something", "no JSON", []],
	])("%s tells what to look at", (name, info, hints) => {
		expect(read(encrypted(event(name, info)))).toMatchObject({
			messages: [{ id: "e1", at: new Date(1762790000123), sellerId: "o1", hints }],
			reply: { status: 200, body: '{"result":1}' },
		});
	});

	it.each([
		["in plain", Buffer.from(' { "test" : true } ')],
		["encrypted", encrypted({ test: true })],
	])("that only probes, %s, is answered and tells nothing", (_how, body) => {
		expect(read(body)).toEqual({ messages: [], reply: expect.objectContaining({ body: '{"result":1}' }) });
	});

	it.each<[string, Buffer, object]>([
		["of another secret", encrypted(event("a", "")), { messageKey: Buffer.alloc(16, 1).toString("base64") }],
		["to a shop without a secret", encrypted(event("a", "")), { messageKey: "" }],
		["in plain", Buffer.from(JSON.stringify(event("a", "{}"))), {}],
		["of another app", encrypted(event("a", "{}")), { appKey: "ks2" }],
		["that is a probe and more", Buffer.from('{"test":true,"oid":1}'), {}],
		["that is empty", Buffer.alloc(0), {}],
	])("%s is refused", (_what, body, changes) => {
		expect(() => read(body, { ...sampleShop, ...changes })).toThrow(expect.objectContaining({ type: "HOOK_REFUSED" }));
	});
});
