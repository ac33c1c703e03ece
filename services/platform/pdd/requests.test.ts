import { describe, expect, it } from "vitest";
import type { NumberedList } from "../adapter.ts";
import type { Steps } from "../steps.ts";
import { pdd } from "./adapter.ts";
import { sampleOrder } from "./sample-order.ts";
import { orderNo, shop, walk } from "./sample-shop.ts";
import { sign } from "./sign.ts";

describe("a call", () => {
	it("is signed over what is sent, all of it text", () => {
		const note = { response: { success: true } };
		const wish = { orderNo, text: "@客服 核对地址", flag: "yellow" } as const;
		const { requests, sent: all } = walk(pdd.remark?.(wish) as Steps<void>, { "pdd.order.note.update": note });
		const [sent = {}] = all;
		const headers = { "content-type": "application/json" };
		expect(requests).toMatchObject([{ method: "POST", url: shop.gatewayUrl, headers }]);
		expect(sent).toMatchObject({
			type: "pdd.order.note.update",
			client_id: "app",
			access_token: "access",
			timestamp: "1773795907",
			data_type: "JSON",
			version: "V1",
			order_sn: orderNo,
			note: "@客服 核对地址",
			tag: "2",
			tag_name: "黄色",
		});
		expect(sent.sign).toBe(sign(sent, shop.appSecret));
	});
});

describe("a list", () => {
	const window = { from: new Date("2026-03-18T00:30:00Z"), to: new Date("2026-03-18T01:00:00.400Z") };
	const orders = pdd.orders.lists[0] as NumberedList;
	const listMethod = "pdd.order.number.list.increment.get";

	it("is counted with the count and read without it, in whole seconds", () => {
		const counted = walk(orders.count(window), {
			[listMethod]: { order_sn_increment_get_response: { total_count: 7 } },
		});
		expect(counted.value).toBe(7);
		const range = { start_updated_at: "1773793800", end_updated_at: "1773795600" };
		const everything = { order_status: "5", refund_status: "5", is_lucky_flag: "0" };
		expect(counted.sent[0]).toMatchObject({
			...range,
			...everything,
			page: "1",
			page_size: "1",
			use_has_next: "false",
		});
		const page = { order_sn_increment_get_response: { has_next: false, order_sn_list: [sampleOrder()] } };
		const read = walk(orders.page(window, 3), { [listMethod]: page });
		expect(read.sent[0]).toMatchObject({ ...range, page: "3", page_size: "100", use_has_next: "true" });
		expect(read.value).toMatchObject([
			{ id: orderNo, modifiedAt: new Date("2026-03-18T00:47:10Z"), raw: { order_sn: orderNo } },
		]);
	});

	it.each([{}, { total_count: -1 }, { total_count: "many" }])("that counts %o cannot be read", (payload) => {
		const count = orders.count(window);
		expect(() => walk(count, { [listMethod]: { order_sn_increment_get_response: payload } })).toThrow(
			expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" }),
		);
	});

	it("with a row that has no number or stamp cannot be read as a whole", () => {
		const page = { order_sn_increment_get_response: { order_sn_list: [sampleOrder({ updated_at: "" })] } };
		expect(() => walk(orders.page(window, 1), { [listMethod]: page })).toThrow(
			expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" }),
		);
	});
});

describe("the token", () => {
	const pair = { access_token: "a2", refresh_token: "r2", expires_in: 86400, owner_id: "1000001", owner_name: "店" };

	it("of a seller's consent is asked for without one, and lets the messages in", () => {
		const answers = {
			"pdd.pop.auth.token.create": { pop_auth_token_create_response: { ...pair, expires_at: 1773882307 } },
		};
		const { value, sent, methods } = walk(pdd.tokens.exchange?.("c1", "") as Steps<object>, answers);
		expect(value).toEqual({
			access: "a2",
			refresh: "r2",
			expiresAt: new Date("2026-03-19T01:05:07Z"),
			sellerId: "1000001",
			sellerName: "店",
		});
		expect(methods).toEqual(["pdd.pop.auth.token.create", "pdd.pmc.user.permit"]);
		expect(sent[0]).not.toHaveProperty("access_token");
		expect(sent[1]).toMatchObject({ access_token: "a2" });
		expect(sent[1]?.topics).toContain("pdd_trade_TradeConfirmed,");
	});

	it("is renewed for as long as the answer says", () => {
		const answers = { "pdd.pop.auth.token.refresh": { pop_auth_token_refresh_response: pair } };
		const { value, sent } = walk(pdd.tokens.refresh(), answers);
		expect(value).toEqual({ access: "a2", refresh: "r2", expiresAt: new Date("2026-03-19T01:05:07Z") });
		expect(sent[0]).toMatchObject({ refresh_token: "refresh" });
		expect(pdd.tokens.renewable({ ...shop, refreshToken: "" })).toBe(false);
	});

	it("comes of the platform's own page", () => {
		const url = new URL(pdd.tokens.authorizeUrl?.(shop, "https://hub.example/cb?a=1", "s&1") ?? "");
		expect(url.origin + url.pathname).toBe(shop.authUrl);
		expect(Object.fromEntries(url.searchParams)).toEqual({
			response_type: "code",
			client_id: "app",
			redirect_uri: "https://hub.example/cb?a=1",
			state: "s&1",
		});
	});
});
