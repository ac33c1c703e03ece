import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { inSeconds, wx } from "./test-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterEach(async () => {
	await sandbox.control("DELETE", "faults");
	await sandbox.control("POST", "reset", {});
});
afterAll(() => sandbox.end());

interface OrderPage {
	order_id_list: string[];
	next_key: string;
	has_more: boolean;
}

interface WxOrder {
	order_id: string;
	status: number;
	order_detail: {
		product_infos: { product_id: string; sku_id: string; sku_cnt: number; on_aftersale_sku_cnt: number }[];
		delivery_info: {
			address_info: { user_name: string; hash_code: string };
			delivery_product_info: { waybill_id: string; product_infos: object[] }[];
		};
	};
}

const call = <T = object>(path: string, body: object | string) => wx<T>(sandbox.url, path, body);
const place = (wish: object) => sandbox.place(wish, "weixin");
const placeOne = async (wish: object = {}): Promise<string> => (await place({ count: 1, lines: 1, ...wish }))[0] ?? "";
const act = (orderId: string, action: object) => sandbox.act(orderId, action, "weixin");
const fault = (fault: string, times?: number) =>
	sandbox.control("POST", "faults", { target: "weixin", fault, ...(times && { times }) });
const order = async (order_id: string): Promise<WxOrder> =>
	(await call<{ order: WxOrder }>("order/get", { order_id, encode_sensitive_info: true })).order;
const list = (next_key: string, range: object, page_size = 2) =>
	call<OrderPage>("order/list/get", { update_time_range: range, page_size, next_key });

async function listed(): Promise<string[]> {
	const range = { start_time: inSeconds(-60), end_time: inSeconds(60) };
	const ids: string[] = [];
	let page: OrderPage = { order_id_list: [], next_key: "", has_more: true };
	while (page.has_more) {
		page = await list(page.next_key, range);
		ids.push(...page.order_id_list);
	}
	return ids;
}

describe("the list of orders", () => {
	it("has every order once, by the cursor", async () => {
		const ids = await place({ count: 5 });
		expect(await listed()).toEqual(ids); // the oldest change first
	});

	it("loses none although orders change while it is read", async () => {
		const ids = await place({ count: 9 });
		await fault("page-shift");
		const seen: string[] = [];
		let page: OrderPage = { order_id_list: [], next_key: "", has_more: true };
		const range = { start_time: inSeconds(-60), end_time: inSeconds(60) };
		for (let at = 0; at < 30 && page.has_more; at += 1) {
			page = await list(page.next_key, range);
			seen.push(...page.order_id_list);
		}
		expect([...new Set(seen)].sort()).toEqual(ids.sort());
	});

	it("answers a page a second time under `repeat-pages`, and the right one when asked again", async () => {
		await place({ count: 5 });
		const range = { start_time: inSeconds(-60), end_time: inSeconds(60) };
		const first = await list("", range);
		await fault("repeat-pages", 1);
		const repeated = await list(first.next_key, range);
		expect(repeated.order_id_list).toEqual(first.order_id_list);
		expect(repeated.next_key).toBe(first.next_key);
		expect((await list(first.next_key, range)).order_id_list).not.toEqual(first.order_id_list);
	});

	it("takes no cursor of another query", async () => {
		await place({ count: 3 });
		const { next_key } = await list("", { start_time: inSeconds(-60), end_time: inSeconds(60) });
		expect((await list(next_key, { start_time: inSeconds(-61), end_time: inSeconds(60) })).errcode).toBe(606006);
	});
});

describe("an order", () => {
	it("shows ids as text and people masked, unless they are asked for", async () => {
		const id = await placeOne();
		expect(await order(id)).toMatchObject({ order_id: id, status: 20 });
		const { address_info } = (await order(id)).order_detail.delivery_info;
		const plain = (await call<{ order: WxOrder }>("order/get", { order_id: id })).order.order_detail.delivery_info;
		expect(address_info.user_name).toContain("*");
		expect(plain.address_info.user_name).not.toContain("*");
		expect(plain.address_info.hash_code).toBe(address_info.hash_code);
	});

	it.each<[string, object[], number]>([
		["is not paid", [], 10],
		["was not paid in time", [{ action: "close" }], 250],
		["was refunded", [{ action: "pay" }, { action: "close" }], 200],
	])("that %2$s has a number for it", async (_what, actions, status) => {
		const id = await placeOne({ paid: false });
		for (const action of actions) await act(id, action);
		expect((await order(id)).status).toBe(status);
	});
});

describe("shipping", () => {
	const cups = { lines: [{ sku: "CUP-BK-500", quantity: 3 }] };
	const send = async (order_id: string, product_cnt: unknown, changes: object = {}) => {
		const [{ product_id, sku_id } = {}] = (await order(order_id)).order_detail.product_infos;
		const parcel = { delivery_id: "SF", waybill_id: "SF1234567890123", deliver_type: 1, ...changes };
		const delivery_list = [{ ...parcel, product_infos: [{ product_id, sku_id, product_cnt }] }];
		return (await call("order/delivery/send", { order_id, delivery_list })).errcode;
	};

	it("takes pieces until there are no more", async () => {
		const id = await placeOne(cups);
		expect(await send(id, 1)).toBe(0);
		expect((await order(id)).status).toBe(21);
		expect(await send(id, 3)).toBe(10060003);
		expect(await send(id, 2, { waybill_id: "SF1234567890124" })).toBe(0);
		const { status, order_detail } = await order(id);
		expect(status).toBe(30);
		expect(order_detail.delivery_info.delivery_product_info.map(({ waybill_id }) => waybill_id)).toHaveLength(2);
	});

	it.each<[string, unknown, object, number]>([
		["a number of pieces as text", "1", {}, 47001],
		["no pieces", 0, {}, 40097],
		["a carrier that is none", 1, { delivery_id: "POSTB" }, 10060008],
		["another carrier's number", 1, { delivery_id: "ZTO" }, 10060009],
		["no way of delivery", 1, { deliver_type: undefined }, 40097],
	])("refuses %s", async (_what, count, changes, errcode) => {
		expect(await send(await placeOne(cups), count, changes)).toBe(errcode);
	});

	it("refuses what the buyer wants the money back for", async () => {
		const id = await placeOne(cups);
		await act(id, { action: "request-refund", type: "REFUND_BEFORE_SHIP" });
		expect((await order(id)).order_detail.product_infos[0]?.on_aftersale_sku_cnt).toBe(3);
		expect(await send(id, 1)).toBe(10060004);
	});
});

describe("an after-sale", () => {
	const open = async (type: string, ship = type !== "REFUND_BEFORE_SHIP"): Promise<{ orderId: string; id: string }> => {
		const orderId = await placeOne();
		const { product_infos } = (await order(orderId)).order_detail;
		const goods = product_infos.map(({ product_id, sku_id, sku_cnt }) => ({
			product_id,
			sku_id,
			product_cnt: sku_cnt,
		}));
		const parcel = { delivery_id: "SF", waybill_id: "SF1234567890123", deliver_type: 1, product_infos: goods };
		if (ship) await call("order/delivery/send", { order_id: orderId, delivery_list: [parcel] });
		await act(orderId, { action: "request-refund", type });
		const rows = await sandbox.truth<{ platformOrderId: string; platformAftersaleId: string }>("kind=aftersales");
		return { orderId, id: rows.find((row) => row.platformOrderId === orderId)?.platformAftersaleId ?? "" };
	};
	const answer = async (verb: string, id: string, more: object = {}): Promise<number> =>
		(await call(`aftersale/${verb}`, { after_sale_order_id: id, ...more })).errcode;
	const status = async (id: string): Promise<string> =>
		(await call<{ after_sale_order: { status: string } }>("aftersale/getaftersaleorder", { after_sale_order_id: id }))
			.after_sale_order.status;

	it("takes one agreed refund an order and minute", async () => {
		const orderId = await placeOne({ lines: 2 });
		await act(orderId, { action: "request-refund", type: "REFUND_BEFORE_SHIP" });
		const rows = await sandbox.truth<{ platformAftersaleId: string }>("kind=aftersales");
		const [first = "", second = ""] = rows.map((row) => row.platformAftersaleId);
		expect(await answer("acceptapply", first)).toBe(0);
		expect(await answer("acceptapply", second)).toBe(10021059);
		await fault("clock:61");
		expect(await answer("acceptapply", second)).toBe(0);
	});

	it("of goods to come back needs one of the seller's addresses, and money only once they are there", async () => {
		const { orderId, id } = await open("RETURN_REFUND");
		expect(await answer("acceptapply", id, { accept_type: 2 })).toBe(10021041);
		expect(await answer("acceptapply", id, { accept_type: 1 })).toBe(10021060);
		expect(await answer("acceptapply", id, { accept_type: 1, address_id: "7" })).toBe(10021062);
		expect(await answer("acceptapply", id, { accept_type: 1, address_id: "1000000000000000002" })).toBe(0);
		expect(await status(id)).toBe("USER_WAIT_RETURN");
		await act(orderId, { action: "return-goods" });
		expect(await answer("acceptapply", id, { accept_type: 2 })).toBe(0);
		expect(await status(id)).toBe("MERCHANT_RETURN_SUCCESS");
	});

	it("is refused by a reason for its own case alone", async () => {
		const { id } = await open("RETURN_REFUND");
		expect(await answer("rejectapply", id, { reject_reason_type: 1 })).toBe(9700224);
		expect(await answer("rejectapply", id, { reject_reason_type: 11 })).toBe(0);
		expect(await status(id)).toBe("MERCHANT_REJECT_RETURN");
	});

	it("of an exchange ends with the replacement", async () => {
		const { orderId, id } = await open("EXCHANGE");
		const parcel = { delivery_id: "YTO", waybill_id: "YT1234567890123" };
		expect(await answer("acceptexchangereship", id, parcel)).toBe(10021041);
		await answer("acceptapply", id, { address_id: "1000000000000000001" });
		await act(orderId, { action: "return-goods" });
		expect(await answer("acceptexchangereship", id, parcel)).toBe(0);
		expect(await status(id)).toBe("USER_WAIT_RECEIPT");
		await act(orderId, { action: "confirm-exchange" });
		expect(await status(id)).toBe("MERCHANT_EXCHANGE_SUCCESS");
	});
});

it("ends the list of products with a page that has none", async () => {
	let next_key = "";
	let pages = 0;
	const ids: string[] = [];
	for (let rows = 1; rows > 0; pages += 1) {
		const page = await call<{ product_ids: string[]; next_key: string; total_num: number }>("product/list/get", {
			page_size: 30,
			next_key,
		});
		rows = page.product_ids.length;
		ids.push(...page.product_ids);
		next_key = page.next_key;
		expect(page.total_num).toBe(45);
	}
	expect([new Set(ids).size, pages]).toEqual([45, 3]);
});
