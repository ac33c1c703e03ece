import { describe, expect, it } from "vitest";
import type { HookCall } from "../messages.ts";
import { hook } from "./hook.ts";
import { sampleShop } from "./samples.ts";
import { messageSign } from "./sign.ts";

const path = "/api/v1/hooks/xiaohongshu/shop-1";
const timestamp = "1773795907";
const item = (msgTag: string, data: object) => ({ msgTag, sellerId: "seller-1", data: JSON.stringify(data) });
const paid = item("msg_fulfillment_status_change", { orderId: "P1", orderStatus: 4, updateTime: 1773795906000 });

function call(content: unknown, changes: Partial<HookCall> = {}): HookCall {
	const query = { channel: "小红书" };
	const sign = messageSign({ path, query, appKey: sampleShop.appKey, timestamp }, sampleShop.appSecret);
	const headers = { "app-key": sampleShop.appKey, timestamp, sign };
	const body = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
	return { method: "POST", path, query, headers, body, ...changes };
}

const read = (content: unknown, changes?: Partial<HookCall>) => hook.read(sampleShop, call(content, changes));

describe("a message", () => {
	it("hints at what it is about, at the time that was signed", () => {
		const { messages, reply } = read([
			paid,
			item("msg_after_sale_create", { returnsId: "R1", orderId: "P2", refundFee: "1.00" }),
			item("msg_sku_buyable", { itemId: "i", skuId: "s", buyable: true }),
			item("msg_of_another_kind", {}),
		]);
		expect(messages.map(({ hints }) => hints)).toEqual([
			[{ kind: "orders", id: "P1" }],
			[
				{ kind: "orders", id: "P2" },
				{ kind: "aftersales", id: "R1" },
			],
			[{ kind: "products", id: "i" }],
			[],
		]);
		expect(messages[0]).toMatchObject({ at: new Date("2026-03-18T01:05:07Z"), sellerId: "seller-1" });
		expect(reply).toMatchObject({ status: 200, body: '{"success":true,"error_code":0,"error_msg":""}' });
	});

	it("has the same id whenever it comes, and another than any other", () => {
		const [first, second] = read([paid, item("msg_fulfillment_receiver_change", { orderId: "P1" })]).messages;
		expect(read([paid]).messages[0]?.id).toBe(first?.id);
		expect(second?.id).not.toBe(first?.id);
	});

	it.each<[string, unknown, Partial<HookCall>]>([
		["whose signature is missing", [paid], { headers: { "app-key": sampleShop.appKey, timestamp } }],
		["whose signature is another", [paid], { headers: { ...call([]).headers, sign: "0".repeat(32) } }],
		["whose time was changed", [paid], { headers: { ...call([]).headers, timestamp: "1773795908" } }],
		["that was sent to another path", [paid], { path: "/api/v1/hooks/xiaohongshu/shop-2" }],
		["whose query was changed", [paid], { query: { channel: "other" } }],
		["for another app", [paid], { headers: { ...call([]).headers, "app-key": "other" } }],
		["that is no list", paid, {}],
		["that is not JSON", "王小明", {}],
		["whose data is not JSON", [{ msgTag: "m", sellerId: "s", data: "王小明" }], {}],
	])("%s is refused, and never quoted", (_what, content, changes) => {
		const refused = expect.objectContaining({ type: "HOOK_REFUSED", message: expect.not.stringContaining("王") });
		expect(() => read(content, changes)).toThrow(refused);
	});

	it("that only tries the address is answered", () => {
		expect(read({ test: true }, { headers: {} })).toMatchObject({ messages: [], reply: { status: 200 } });
	});
});
