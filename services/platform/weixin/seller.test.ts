import { describe, expect, it } from "vitest";
import type { ShipCall } from "../adapter.ts";
import { decisions } from "./decisions.ts";
import { remark } from "./remark.ts";
import { reveal } from "./reveal.ts";
import { sampleAftersale, sampleOrder, sampleParcel } from "./sample-documents.ts";
import { ok, play } from "./sample-shop.ts";
import { shipping } from "./ship.ts";
import { setStock } from "./stock.ts";
import { waybills } from "./waybills.ts";

const orderNo = "3720293415509954816";
const lineId = "10000083030598:1877618409";
const goods = (count: number) => `{"product_id":"10000083030598","sku_id":"1877618409","product_cnt":${count}}`;

describe("shipping", () => {
	const ship = (changes: Partial<ShipCall>, answers: string[] = [ok()]) => {
		const usual = { orderNo, carrier: "SF", trackingNo: "SF1234567890123", further: false, requestId: "r-1" };
		return play(shipping.ship({ ...usual, lines: [{ lineId, quantity: 1 }], ...changes }), answers);
	};

	it("tells what is in the parcel, and is not repeated", () => {
		const { requests } = ship({});
		expect(requests).toMatchObject([{ method: "/channels/ec/order/delivery/send", repeatable: false }]);
		expect(requests[0]?.body).toBe(
			`{"order_id":"${orderNo}","delivery_list":[{"deliver_type":1,"delivery_id":"SF","waybill_id":"SF1234567890123","product_infos":[${goods(1)}]}]}`,
		);
	});

	it("looks up what is left where nothing is named: neither sent, nor refunded, nor asked back", () => {
		const lines = [
			{ sku_cnt: 9, on_aftersale_sku_cnt: 1, finish_aftersale_sku_cnt: 2 },
			{ sku_id: "1877618410", on_aftersale_sku_cnt: 2 },
		];
		const order = sampleOrder({ lines, delivery: { delivery_product_info: [sampleParcel()] } });
		const { bodies } = ship({ lines: [] }, [ok({ order }), ok()]);
		expect(bodies[1]).toContain(`"product_infos":[${goods(4)}]`);
	});

	it("sends what the buyer asked back once that was refused", () => {
		const own = { aftersale_detail: { aftersale_order_list: [{ aftersale_order_id: "2", status: 4 }] } };
		const { bodies } = ship({ lines: [] }, [
			ok({ order: sampleOrder({ own, lines: [{ on_aftersale_sku_cnt: 2 }] }) }),
			ok(),
		]);
		expect(bodies[1]).toContain(goods(2));
	});

	it("is refused where nothing is left", () => {
		const order = sampleOrder({ delivery: { delivery_product_info: [sampleParcel()] } });
		expect(() => ship({ lines: [] }, [ok({ order })])).toThrow(expect.objectContaining({ type: "PLATFORM_REFUSED" }));
	});

	it("without a carrier is a type of its own", () => {
		const { bodies } = ship({ carrier: "NONE", trackingNo: "" });
		expect(bodies[0]).toContain(`{"deliver_type":3,"product_infos":[${goods(1)}]}`);
	});

	it.each(["POSTB", "constructor"])("by %s is refused before anything is asked", (carrier) => {
		expect(() => ship({ carrier, lines: [] }, [])).toThrow(expect.objectContaining({ type: "CARRIER_UNKNOWN" }));
	});

	it("is looked up in the order, parcel by parcel", () => {
		const virtual = sampleParcel({ delivery_id: "", waybill_id: "", deliver_type: 3 });
		const order = sampleOrder({ delivery: { delivery_product_info: [sampleParcel({ delivery_id: "NEW" }), virtual] } });
		expect(shipping.shippedLines(order)).toEqual([
			{ carrier: "NEW", trackingNo: "SF1234567890123", lineId },
			{ carrier: "NONE", trackingNo: "", lineId },
		]);
	});
});

describe("the seller's answer", () => {
	const address = (id: string, isDefault: boolean) =>
		ok({ address_detail: { address_id: id, address_info: { city_name: "杭州市" }, default_recv: isDefault } });
	const reasons = ok({
		reason_list: [
			{ reject_reason_type: 1, reject_reason: "已发货", reject_scene: 1 },
			{ reject_reason_type: 11, reject_reason: "影响二次销售", reject_scene: 4 },
			{ reject_reason_type: 21, reject_reason: "没有可换的", reject_scene: 5 },
			{ reject_reason_type: 31, reject_reason: "退回的有误", reject_scene: 6 },
		],
	});
	const decide = (action: keyof typeof decisions.actions, raw: object, more: object, answers: string[]) => {
		const decision = { action, addressId: "", reasonCode: "", note: "", carrier: "", trackingNo: "", ...more };
		const steps = decisions.actions[action]?.(sampleAftersale({ ...raw }), decision);
		if (!steps) throw new Error(`no ${action}`);
		const { requests } = play(steps, answers);
		return requests.at(-1);
	};
	const id = '"after_sale_order_id":"2000000123456789"';

	it.each([
		["a refund", { type: "REFUND" }, `{${id}}`],
		["goods that came back", { status: "MERCHANT_WAIT_RECEIPT" }, `{${id},"accept_type":2}`],
	])("gives the money back for %s", (_what, raw, body) => {
		expect(decide("AGREE_REFUND", raw, {}, [ok()])).toMatchObject({ repeatable: false, body });
	});

	it("lets the goods come back to the address named", () => {
		const request = decide("AGREE_RETURN", {}, { addressId: "1000000000000000002" }, [ok()]);
		expect(request?.body).toBe(`{${id},"accept_type":1,"address_id":"1000000000000000002"}`);
	});

	it("lets the goods come back to the default address where none is named", () => {
		const answers = [ok({ address_id_list: ["7", "8"] }), address("7", false), address("8", true), ok()];
		expect(decide("AGREE_RETURN", {}, {}, answers)?.body).toContain('"address_id":"8"');
	});

	it.each([
		["a refund", "REFUSE", { type: "REFUND" }, "1", "rejectapply"],
		["a return", "REFUSE", {}, "11", "rejectapply"],
		["an exchange", "REFUSE", { type: "EXCHANGE", status: "MERCHANT_PROCESSING" }, "21", "rejectapply"],
		["what came back of a return", "REFUSE_RECEIPT", { status: "MERCHANT_WAIT_RECEIPT" }, "11", "rejectapply"],
		[
			"what came back for an exchange",
			"REFUSE_RECEIPT",
			{ type: "EXCHANGE", status: "MERCHANT_WAIT_RECEIPT" },
			"31",
			"rejectexchangereship",
		],
	] as const)("refuses %s with a reason for just that", (_what, action, raw, reasonCode, verb) => {
		const request = decide(action, raw, { reasonCode, note: "不行" }, [reasons, ok()]);
		expect(request).toMatchObject({
			method: `/channels/ec/aftersale/${verb}`,
			body: `{${id},"reject_reason_type":${reasonCode},"reject_reason":"不行","reject_certificates":[]}`,
		});
	});

	it.each(["", "1", "constructor"])("refuses nothing with the reason %j, which is none of a return's", (reasonCode) => {
		const refusing = () => decide("REFUSE", {}, { reasonCode }, [reasons]);
		expect(refusing).toThrow(expect.objectContaining({ type: "INVALID", data: { field: "reasonCode" } }));
	});

	it("sends a replacement by the platform's code of the carrier", () => {
		const request = decide("SHIP_EXCHANGE", {}, { carrier: "YTO", trackingNo: "YT1234567890123" }, [ok()]);
		expect(request?.body).toBe(`{${id},"delivery_id":"YTO","waybill_id":"YT1234567890123"}`);
	});
});

describe("notes, stock and receivers", () => {
	it("write the note, which may be repeated", () => {
		const { requests } = play(remark({ orderNo, text: '加急 "引号"', flag: "" }), [ok()]);
		expect(requests).toMatchObject([
			{ repeatable: true, body: `{"order_id":"${orderNo}","merchant_notes":"加急 \\"引号\\""}` },
		]);
	});

	it("say that there is no flag here instead of dropping it", () => {
		const red = remark({ orderNo, text: "加急", flag: "red" });
		expect(() => red.next()).toThrow(expect.objectContaining({ type: "PLATFORM_UNSUPPORTED" }));
	});

	it("set the stock, which may be repeated", () => {
		const { requests } = play(setStock({ productNo: "1", platformSkuId: "2", quantity: 7, requestId: "r" }), [ok()]);
		expect(requests).toMatchObject([
			{ repeatable: true, body: '{"product_id":"1","sku_id":"2","diff_type":3,"num":7}' },
		]);
	});

	it("show a virtual number with its extension and its end", () => {
		const address_info = { user_name: "王小明", tel_number: "", detail_info: "科技园路 1 号", house_number: "2 栋" };
		const virtual_number_info = { virtual_number: "18477770000", extension: "1234", expiration: 1762962960 };
		const { value } = play(reveal(sampleOrder()), [ok({ address_info, virtual_number_info })]);
		expect(value).toMatchObject({
			name: "王小明",
			phone: "18477770000-1234",
			address: "科技园路 1 号2 栋",
			phoneExpiresAt: new Date(1762962960_000),
		});
	});

	it("show the buyer's own number where there is no other", () => {
		const { value } = play(reveal(sampleOrder()), [ok({ address_info: { tel_number: "13800001234" } })]);
		expect(value).toMatchObject({ phone: "13800001234", phoneExpiresAt: null });
	});
});

describe("a waybill", () => {
	const account = {
		delivery_id: "ZTO",
		shop_id: "6001",
		acct_id: "a-1",
		available: "12",
		site_info: { site_code: "571001" },
	};
	const sender = {
		name: "仓库",
		phone: "13900000000",
		province: "浙江省",
		city: "杭州市",
		district: "余杭区",
		town: "",
		address: "1 号",
	};
	const wish = {
		orderNo,
		carrier: "ZTO",
		branchCode: "571001",
		accountCode: "a-1",
		sender,
		parcelNo: 1,
		goods: [{ title: "纯棉四件套", quantity: 2 }],
		weightGram: 500,
		templateUrl: "t-1",
	};
	const accounts = ok({ account_list: [account] });
	const created = ok({ waybill_id: "71234567890123", print_info: "cHJpbnQ=" });

	it("names order and goods by JSON numbers of all their digits", () => {
		const { bodies } = play(waybills.take(sampleOrder(), wish), [accounts, created]);
		expect(bodies[1]).toContain(
			`"ec_order_list":[{"ec_order_id":${orderNo},"goods_list":[{"good_name":"纯棉四件套","good_count":2,"product_id":10000083030598,"sku_id":1877618409}]}]`,
		);
		expect(bodies[1]).toContain('"ext_info":{"package_weight_g":500}');
	});

	it("has the same number of ours for the same parcel, and another for another", () => {
		const numberOf = (parcelNo: number) =>
			play(waybills.take(sampleOrder(), { ...wish, parcelNo }), [accounts, created]).value.platformNo;
		expect(numberOf(1)).toBe(numberOf(1));
		expect(numberOf(2)).not.toBe(numberOf(1));
		expect(BigInt(numberOf(1))).toBeLessThan(2n ** 63n);
	});

	it("is printed by the carrier's default template where none is named", () => {
		const templates = ok({ total_template: [{ delivery_id: "ZTO", default_template_id: "t-9", template_list: [] }] });
		const steps = waybills.take(sampleOrder(), { ...wish, templateUrl: "" });
		const { bodies, value } = play(steps, [accounts, templates, ok({ waybill_id: "7" }), ok({ print_info: "p" })]);
		expect(bodies[2]).toContain('"template_id":"t-9"');
		expect(bodies[3]).toBe(`{"ewaybill_order_id":"${value.platformNo}","template_id":"t-9"}`);
		expect(value.printData).toBe("p");
	});

	it("whose number does not come is in doubt", () => {
		const taking = () => play(waybills.take(sampleOrder(), wish), [accounts, ok()]);
		expect(taking).toThrow(expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" }));
	});

	it.each([
		["without such an account", [ok({ account_list: [{ ...account, acct_id: "b" }] })]],
		["that the carrier refuses within a good answer", [accounts, ok({ delivery_error_msg: "网点余额不足" })]],
	])("%s is refused", (_what, answers) => {
		const taking = () => play(waybills.take(sampleOrder(), wish), answers);
		expect(taking).toThrow(expect.objectContaining({ type: "PLATFORM_REFUSED" }));
	});
});
