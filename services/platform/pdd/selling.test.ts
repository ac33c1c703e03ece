import { describe, expect, it } from "vitest";
import type { ShipCall } from "../adapter.ts";
import type { RawRecord } from "../record.ts";
import type { Steps } from "../steps.ts";
import { pdd } from "./adapter.ts";
import { sampleOrder } from "./sample-order.ts";
import { orderNo, walk } from "./sample-shop.ts";

const noRefund = { "pdd.refund.status.check": { refund_status_check_response: { order_sns_exists_refund: [] } } };
const sentOnline = { "pdd.logistics.online.send": { logistics_online_send_response: { is_success: true } } };
const parcel: ShipCall = {
	orderNo,
	carrier: "YTO",
	trackingNo: "YT8800000000001",
	lines: [],
	further: false,
	requestId: "r",
};

describe("shipping", () => {
	it("looks for a refund right before it, and ships the order with its first parcel", () => {
		const { methods, sent } = walk(pdd.shipping.ship(parcel), { ...noRefund, ...sentOnline });
		expect(methods).toEqual(["pdd.refund.status.check", "pdd.logistics.online.send"]);
		expect(sent[1]).toMatchObject({ order_sn: orderNo, logistics_id: "85", tracking_number: "YT8800000000001" });
	});

	it("sends nothing while a refund runs", () => {
		const running = { refund_status_check_response: { order_sns_exists_refund: [{ order_sn: orderNo }] } };
		expect(() => walk(pdd.shipping.ship(parcel), { ...sentOnline, "pdd.refund.status.check": running })).toThrow(
			expect.objectContaining({ type: "PLATFORM_REFUSED" }),
		);
	});

	it("adds further parcels to a shipped order", () => {
		const added = { "pdd.order.upload.extra.logistics": { upload_extra_logistics_response: { success: true } } };
		const { methods, sent } = walk(pdd.shipping.ship({ ...parcel, further: true }), { ...noRefund, ...added });
		expect(methods[1]).toBe("pdd.order.upload.extra.logistics");
		expect(sent[1]).toMatchObject({
			extra_track_list: '[{"shipping_id":85,"tracking_number":"YT8800000000001"}]',
			extra_track_type: "1",
		});
	});

	it.each(["NONE", "NO-SUCH", "constructor"])("by %s asks nothing of the platform", (carrier) => {
		expect(() => pdd.shipping.ship({ ...parcel, carrier }).next()).toThrow(
			expect.objectContaining({ type: "CARRIER_UNKNOWN" }),
		);
	});

	it("is never repeated in doubt, while looking for a refund may be", () => {
		const steps = pdd.shipping.ship(parcel);
		expect(steps.next().value).toMatchObject({ method: "pdd.refund.status.check", repeatable: true });
		expect(steps.next(undefined).value).toMatchObject({ method: "pdd.logistics.online.send", repeatable: false });
	});

	it("knows every parcel of the order's document", () => {
		const shipped = { tracking_number: "YT1", logistics_id: 85 };
		const raw = sampleOrder({ ...shipped, extra_delivery_list: [{ tracking_number: "X2", logistics_id: 9999 }] });
		const lineId = "600000000001:900000000001";
		expect(pdd.shipping.shippedLines(raw)).toEqual([
			{ carrier: "YTO", trackingNo: "YT1", lineId },
			{ carrier: "9999", trackingNo: "X2", lineId },
		]);
		expect(pdd.shipping.shippedLines(sampleOrder())).toEqual([]);
	});
});

describe("an answer to an after-sale", () => {
	const raw = { id: "90071992547409931", order_sn: orderNo };
	const decision = {
		action: "AGREE_RETURN",
		addressId: "",
		reasonCode: "",
		note: "",
		carrier: "",
		trackingNo: "",
	} as const;
	const done = { response: { success: true } };
	const addresses = (...defaults: string[]) => ({
		refund_address_list_get_response: {
			refund_address_list: defaults.map((is_default, at) => ({ refund_address_id: String(at + 1), is_default })),
		},
	});

	it("carries the after-sale's number as a JSON number of all its digits", () => {
		const agree = pdd.decisions.actions.AGREE_REFUND?.(raw, { ...decision, action: "AGREE_REFUND" }) as Steps<void>;
		expect(walk(agree, { "pdd.refund.agree": done }).sent[0]?.request).toBe(
			`{"after_sales_id":90071992547409931,"order_sn":"${orderNo}","operate_desc":"同意退款"}`,
		);
	});

	it("sends goods to the default address where none is chosen, and to the chosen one without asking", () => {
		const answers = { "pdd.refund.address.list.get": addresses("N", "Y"), "pdd.refund.returngoods.agree": done };
		const agree = (addressId: string) =>
			walk(pdd.decisions.actions.AGREE_RETURN?.(raw, { ...decision, addressId }) as Steps<void>, answers);
		expect(agree("").sent[1]?.request).toContain('"return_address_id":"2"');
		expect(agree("1").methods).toEqual(["pdd.refund.returngoods.agree"]);
	});

	it("is refused where there is no default address", () => {
		const agree = pdd.decisions.actions.AGREE_RETURN?.(raw, decision) as Steps<void>;
		expect(() => walk(agree, { "pdd.refund.address.list.get": addresses("N") })).toThrow(
			expect.objectContaining({ type: "INVALID" }),
		);
	});

	it("is a refusal where the result inside says so", () => {
		const ship = pdd.decisions.actions.SHIP_EXCHANGE?.(raw, {
			...decision,
			carrier: "SF",
			trackingNo: "SF1",
		}) as Steps<void>;
		const result = { response: { result: { succ: false, message: "状态不允许" } } };
		expect(() => walk(ship, { "pdd.refund.exchange.shipping": result })).toThrow("状态不允许");
	});

	it("cannot be a refusal by API", () => {
		expect(Object.keys(pdd.decisions.actions)).not.toContain("REFUSE");
		expect(pdd.decisions.reasons).toBeUndefined();
	});
});

describe("a remark", () => {
	const done = { "pdd.order.note.update": { response: { success: true } } };

	it("without a colour leaves the one that is there", () => {
		const [sent] = walk(pdd.remark?.({ orderNo, text: "", flag: "" }) as Steps<void>, done).sent;
		expect(sent).toMatchObject({ note: "" });
		expect(sent).not.toHaveProperty("tag");
	});

	it.each(["grey", "cyan", "orange"] as const)("in %s, which the platform does not have, is not sent", (flag) => {
		expect(() => pdd.remark?.({ orderNo, text: "x", flag })).toThrow(expect.objectContaining({ type: "INVALID" }));
	});
});

describe("a receiver", () => {
	const row = (encrypted_data: string, decrypted_data: string, more = {}) => ({
		encrypted_data,
		decrypted_data,
		error_code: 0,
		...more,
	});
	const method = "pdd.open.decrypt.batch";
	const reveal = (order: RawRecord) => pdd.reveal?.(order, "print") as Steps<{ phone: string }>;

	it("is decrypted in one call, the phone with its extension", () => {
		const virtual = { virtual_number_type: 1, virtual_identify_number: "1234" };
		const list = [
			row("$LwB$AgAA$1$", "18400001111", virtual),
			row("~AgAAAAC~", "科苑路1号"),
			row("~AgAAAAB~", "王小明"),
		];
		const { value, sent } = walk(reveal(sampleOrder()), {
			[method]: { open_decrypt_batch_response: { data_decrypt_list: list } },
		});
		expect(value).toMatchObject({
			name: "王小明",
			phone: "18400001111-1234",
			address: "科苑路1号",
			district: "南山区",
		});
		expect(JSON.parse(sent[0]?.data_list ?? "")).toEqual([
			{ data_tag: orderNo, encrypted_data: "~AgAAAAB~" },
			{ data_tag: orderNo, encrypted_data: "$LwB$AgAA$1$" },
			{ data_tag: orderNo, encrypted_data: "~AgAAAAC~" },
		]);
	});

	it.each([
		[
			"one ciphertext is refused",
			[{ ...row("~AgAAAAB~", ""), error_code: 50003, error_msg: "密文无效" }],
			"PLATFORM_REFUSED",
		],
		["one ciphertext is not answered", [row("~AgAAAAB~", "王小明")], "PLATFORM_BAD_RESPONSE"],
	])("is not shown in part when %s", (_what, list, type) => {
		const answers = { [method]: { open_decrypt_batch_response: { data_decrypt_list: list } } };
		expect(() => walk(reveal(sampleOrder()), answers)).toThrow(expect.objectContaining({ type }));
	});

	it("that the platform keeps back is not asked for", () => {
		const empty = sampleOrder({ receiver_name: "", receiver_phone: "", receiver_address: "" });
		expect(() => reveal(empty).next()).toThrow(expect.objectContaining({ type: "PLATFORM_REFUSED" }));
	});
});

describe("a waybill", () => {
	it("goes out with the platform's own ciphertext, and the shop's number as a number", () => {
		const wish = {
			orderNo,
			carrier: "POSTB",
			branchCode: "",
			accountCode: "",
			sender: {
				province: "浙江省",
				city: "杭州市",
				district: "余杭区",
				town: "",
				address: "示例路1号",
				name: "仓",
				phone: "1",
			},
			parcelNo: 2,
			goods: [{ title: "杯", quantity: 2 }],
			weightGram: null,
			templateUrl: "https://template.example/1",
		};
		const modules = [{ object_id: "x", waybill_code: "9800000000001", print_data: '{"ver":"3"}' }];
		const take = pdd.waybills?.take(sampleOrder(), wish) as Steps<object>;
		const { value, sent } = walk(take, { "pdd.waybill.get": { pdd_waybill_get_response: { modules } } });
		expect(value).toEqual({ trackingNo: "9800000000001", carrier: "POSTB", platformNo: "", printData: '{"ver":"3"}' });
		const asked = sent[0]?.param_waybill_cloud_print_apply_new_request ?? "";
		expect(asked).toContain('"user_id":1000001');
		expect(JSON.parse(asked)).toMatchObject({
			wp_code: "YZXB",
			trade_order_info_dtos: [
				{
					package_info: { id: `${orderNo}-2` },
					recipient: {
						name: "~AgAAAAB~",
						mobile: "$LwB$AgAA$1$",
						address: { detail: "~AgAAAAC~", district: "南山区" },
					},
				},
			],
		});
	});
});
