import { describe, expect, it } from "vitest";
import { changed as aftersales, getAftersale } from "./aftersales.ts";
import { changed as orders } from "./orders.ts";
import { products } from "./products.ts";
import { sampleOrder, sampleParcel } from "./sample-documents.ts";
import { ok, type Played, play } from "./sample-shop.ts";

const window = { from: new Date(1_000_000_000_000), to: new Date(1_000_000_100_000) };
const tooMany = '{"errcode":31042,"errmsg":"too many orders rid: 1-2-3"}';
const [allProducts] = products.lists;

describe("the list of orders", () => {
	it("is asked for by the time they changed, with the token in the address", () => {
		const { requests, value } = play(orders.page(window, ""), [
			ok({ order_id_list: ["37202934155099548161"], has_more: false }),
		]);
		expect(requests).toEqual([
			{
				method: "/channels/ec/order/list/get",
				repeatable: true,
				url: "https://api.weixin.qq.com/channels/ec/order/list/get?access_token=88_a%2Bb%2Fc",
				headers: { "content-type": "application/json; charset=utf-8" },
				body: '{"update_time_range":{"start_time":1000000000,"end_time":1000000100},"page_size":100,"next_key":""}',
			},
		]);
		expect(value).toEqual({ rows: [{ id: "37202934155099548161", modifiedAt: null }], next: null });
	});

	it("goes on with the platform's cursor, for the very same query", () => {
		const first = play(orders.page(window, ""), [ok({ order_id_list: [1], next_key: "a:b/c", has_more: true })]).value;
		const second = play(orders.page(window, first.next ?? ""), [ok({ order_id_list: [], has_more: false })]);
		expect(second.bodies).toEqual([
			'{"update_time_range":{"start_time":1000000000,"end_time":1000000100},"page_size":100,"next_key":"a:b/c"}',
		]);
		expect(second.value).toEqual({ rows: [], next: null });
	});

	it("is read in parts where the platform finds too many in it, without a second left out", () => {
		const page = ok({ order_id_list: ["1"], has_more: false });
		const ranges: string[] = [];
		let cursor: string | null = "";
		for (const answers of [[tooMany, tooMany, page], [tooMany, page], [page]]) {
			const played: Played<{ next: string | null }> = play(orders.page(window, cursor ?? ""), answers);
			ranges.push(played.bodies.at(-1)?.slice(22, 68) ?? "");
			cursor = played.value.next;
		}
		expect(ranges).toEqual([
			'"start_time":1000000000,"end_time":1000000025}',
			'"start_time":1000000026,"end_time":1000000063}',
			'"start_time":1000000064,"end_time":1000000100}',
		]);
		expect(cursor).toBeNull();
	});

	it("is refused where a single second holds too many", () => {
		const second = { from: window.from, to: window.from };
		expect(() => play(orders.page(second, ""), [tooMany])).toThrow(
			expect.objectContaining({ type: "PLATFORM_REFUSED" }),
		);
	});

	it.each([ok({ has_more: true }), ok({ order_id_list: [{}] }), ok({ order_id_list: "1" })])(
		"is unreadable as %s",
		(body) => {
			expect(() => play(orders.page(window, ""), [body])).toThrow(
				expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" }),
			);
		},
	);
});

describe("the list of after-sales", () => {
	it("is asked for by the time they changed", () => {
		const { bodies, value } = play(aftersales.page(window, "k"), [
			ok({ after_sale_order_id_list: ["2"], next_key: "l", has_more: true }),
		]);
		expect(bodies).toEqual(['{"begin_update_time":1000000000,"end_update_time":1000000100,"next_key":"k"}']);
		expect(value).toEqual({ rows: [{ id: "2", modifiedAt: null }], next: "l" });
	});
});

describe("the list of products", () => {
	it.each([
		["goes on while it has a cursor", { product_ids: ["1"], next_key: "k", total_num: 1 }, "k"],
		["ends with a page that has nothing", { product_ids: [], next_key: "k", total_num: 1 }, null],
		["ends without a cursor", { product_ids: ["1"], next_key: "", total_num: 1 }, null],
	])("%s", (_what, payload, next) => {
		if (allProducts.way !== "cursor") throw new Error("not read by cursor");
		const { value, bodies } = play(allProducts.page(window, "j"), [ok(payload)]);
		expect(value.next).toBe(next);
		expect(bodies).toEqual(['{"page_size":30,"next_key":"j"}']);
	});
});

describe("an after-sale", () => {
	const found = {
		after_sale_order_id: "2",
		order_id: "3720293415509954816",
		deadline: 3_610,
		product_info: { product_id: "10000083030598", sku_id: "1877618409" },
	};

	it("comes with what the order says of its goods, and with an instant for its seconds", () => {
		const other = { sku_id: "1877618410" };
		const order = sampleOrder({ lines: [{}, other], delivery: { delivery_product_info: [sampleParcel()] } });
		const { value, requests } = play(getAftersale("2"), [ok({ after_sale_order: found }), ok({ order })]);
		expect(requests.map(({ method }) => method)).toEqual([
			"/channels/ec/aftersale/getaftersaleorder",
			"/channels/ec/order/get",
		]);
		expect(value).toMatchObject({ after_sale_order_id: "2", deadline_at: Date.parse("2026-03-18T01:00:00Z") / 1_000 });
		expect(value.deadline).toBeUndefined();
		expect(JSON.stringify(value.order)).toContain("SF1234567890123");
		expect(JSON.stringify(value.order)).not.toMatch(/1877618410|张/);
	});

	it("that is over has no deadline", () => {
		const answers = [ok({ after_sale_order: { ...found, deadline: 0 } }), ok({ order: sampleOrder() })];
		expect(play(getAftersale("2"), answers).value.deadline_at).toBeUndefined();
	});
});

describe("a product", () => {
	const answer = (payload: object) => play(products.get("1"), [ok(payload)]).value;

	it("is what buyers see, or the draft where there is nothing else", () => {
		expect(answer({ product: { product_id: "1" }, edit_product: { product_id: "2" } })).toEqual({ product_id: "1" });
		expect(answer({ product: {}, edit_product: { product_id: "2" } })).toEqual({ product_id: "2" });
	});

	it("that does not come is an unreadable answer", () => {
		expect(() => answer({})).toThrow(expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" }));
	});

	it("is put into our words", () => {
		const sku = { sku_id: 9, sku_code: "A-1", sale_price: 15800, stock_num: 88, status: 5, sku_attrs: [] };
		const raw = {
			product_id: "1",
			spu_code: "A",
			title: "纯棉四件套",
			status: 11,
			head_imgs: ["https://img.example/a.jpg"],
			skus: [sku],
		};
		expect(products.read("shop-1", raw)).toMatchObject({
			productNo: "1",
			outerCode: "A",
			status: "OFF_SALE",
			rawStatus: "11",
			modifiedAt: new Date(0), // where the platform tells none
			skus: [{ platformSkuId: "9", outerSku: "A-1", priceFen: 15800, stock: 88, onSale: true }],
		});
	});
});
