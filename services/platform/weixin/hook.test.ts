import { describe, expect, it } from "vitest";
import type { HookCall } from "../messages.ts";
import type { Vector } from "../vector.ts";
import { hook } from "./hook.ts";
import { pushSignature, sealPush } from "./push-crypto.ts";
import { sampleShop } from "./sample-shop.ts";
import vectors from "./vectors.json" with { type: "json" };

const { messageToken: token, messageKey, appKey } = sampleShop;
const timestamp = "1762790501";
const nonce = "836472910";

/** A push of the platform's about `content`. */
function pushOf(content: string, changes: { query?: object; body?: string; appId?: string } = {}): HookCall {
	const encrypted = sealPush(content, messageKey, changes.appId ?? appKey, "aB3dE5gH7jK9mN1p");
	const msg_signature = pushSignature(token, timestamp, nonce, encrypted);
	return {
		method: "POST",
		path: "/api/v1/hooks/weixin/shop-1",
		query: {
			signature: pushSignature(token, timestamp, nonce),
			timestamp,
			nonce,
			encrypt_type: "aes",
			msg_signature,
			...changes.query,
		},
		headers: {},
		body: Buffer.from(changes.body ?? JSON.stringify({ ToUserName: "gh_0123456789ab", Encrypt: encrypted })),
	};
}

const event = (name: string, about: object): string =>
	JSON.stringify({ CreateTime: 1762790501, Event: name, ...about });
const read = (call: HookCall) => hook.read(sampleShop, call);
const refused = expect.objectContaining({ type: "HOOK_REFUSED" });

describe("a push", () => {
	it("is decrypted, acknowledged as the platform wants, and tells of its order by all digits of a JSON number", () => {
		const published = (vectors as unknown as Vector[]).find(({ name }) =>
			name.endsWith("order paid event, secure mode"),
		);
		const { encrypt = "", ...signed } = (published?.params ?? {}) as Record<string, string>;
		const call = { ...pushOf("{}"), query: signed };
		expect(read({ ...call, body: Buffer.from(JSON.stringify({ Encrypt: encrypt })) })).toEqual({
			messages: [
				{
					id: expect.stringMatching(/^[0-9a-f]{64}$/),
					at: new Date(1762790501_000),
					sellerId: "",
					hints: [{ kind: "orders", id: "3705115058471208928" }],
				},
			],
			reply: { status: 200, type: "text/plain; charset=utf-8", body: "success" },
		});
	});

	it.each([
		[
			"an after-sale",
			event("channels_ec_aftersale_update", {
				finder_shop_aftersale_status_update: { after_sale_order_id: 2000000123456789, order_id: "3720293415509954816" },
			}),
			[
				{ kind: "orders", id: "3720293415509954816" },
				{ kind: "aftersales", id: "2000000123456789" },
			],
		],
		[
			"a product",
			event("product_spu_listing", { ProductSpuAudit: { product_id: "12345678", status: 5 } }),
			[{ kind: "products", id: "12345678" }],
		],
		["nothing of ours", event("channels_ec_coupon_receive", { coupon: { product_id: "1" } }), []],
	])("tells of %s", (_what, content, hints) => {
		expect(read(pushOf(content)).messages[0]?.hints).toEqual(hints);
	});

	it("has the same number however often it comes, and another with other content", () => {
		const numberOf = (orderId: string) =>
			read(pushOf(event("channels_ec_order_new", { order_info: { order_id: orderId } }))).messages[0]?.id;
		expect(numberOf("1")).toBe(numberOf("1"));
		expect(numberOf("2")).not.toBe(numberOf("1"));
	});

	it.each([
		["a signature of another length", pushOf("{}", { query: { msg_signature: "0" } })],
		["another signature", pushOf("{}", { query: { msg_signature: "0".repeat(40) } })],
		["no signature", pushOf("{}", { query: { msg_signature: undefined } })],
		["another time", pushOf("{}", { query: { timestamp: "1762790502" } })],
		["another nonce", pushOf("{}", { query: { nonce: "1" } })],
		["another app's content", pushOf("{}", { appId: "wx0000000000000000" })],
		["content that is not JSON", pushOf("<xml></xml>")],
		["a body that is not JSON", pushOf("{}", { body: "<xml></xml>" })],
		["a body that is a list", pushOf("{}", { body: "[]" })],
		["a body in plain", pushOf("{}", { body: event("channels_ec_order_new", { order_info: { order_id: "1" } }) })],
		["ciphertext that is no text", pushOf("{}", { body: '{"Encrypt":{}}' })],
	])("with %s is refused", (_what, call) => {
		expect(() => read(call)).toThrow(refused);
	});

	it("is refused where the shop has no message token: nothing would be proved", () => {
		const call = pushOf("{}");
		const unsigned = { ...call, query: { ...call.query, msg_signature: pushSignature("", timestamp, nonce, "x") } };
		const shop = { ...sampleShop, messageToken: "" };
		expect(() => hook.read(shop, { ...unsigned, body: Buffer.from('{"Encrypt":"x"}') })).toThrow(refused);
	});

	it("never quotes its content when it is refused", () => {
		expect(() => read(pushOf("王小明 13800001234"))).toThrow(/^(?!.*王)(?!.*1380)/);
	});
});

describe("the try of the address", () => {
	const tried = (query: Record<string, string>): HookCall => ({
		...pushOf("{}"),
		method: "GET",
		query,
		body: Buffer.alloc(0),
	});
	const query = { signature: pushSignature(token, timestamp, nonce), timestamp, nonce, echostr: "5927782489442352469" };

	it("is answered with what it asks to hear", () => {
		expect(read(tried(query))).toMatchObject({ messages: [], reply: { status: 200, body: "5927782489442352469" } });
	});

	it("is refused with another signature", () => {
		expect(() => read(tried({ ...query, signature: "0".repeat(40) }))).toThrow(refused);
	});
});
