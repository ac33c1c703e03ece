import { describe, expect, it } from "vitest";
import type { WaybillWish } from "../waybill.ts";
import { reveal } from "./reveal.ts";
import { sampleShop, walk } from "./sample-shop.ts";
import { sampleTrade } from "./sample-trade.ts";
import { waybills } from "./waybills.ts";

const wish: WaybillWish = {
	orderNo: "4187263549012345678",
	carrier: "JTSD",
	branchCode: "571001",
	accountCode: "",
	sender: {
		name: "发货仓",
		phone: "13900000000",
		province: "浙江省",
		city: "杭州市",
		district: "余杭区",
		town: "",
		address: "示例路1号",
	},
	parcelNo: 2,
	goods: [{ title: "加厚保温杯", quantity: 2 }],
	weightGram: null,
	templateUrl: "http://cloudprint.cainiao.com/template/standard/101",
};
const printData = '{"encryptedData":"AES:x"}';
const taken = {
	cainiao_waybill_ii_get_response: {
		modules: { waybill_cloud_print_response: [{ waybill_code: "JT0000000000001", print_data: printData }] },
	},
};
const templates = {
	cainiao_cloudprint_stdtemplates_get_response: {
		result: {
			datas: {
				standard_template_result: ["SF", "HTKY"].map((cp_code) => ({
					cp_code,
					standard_templates: {
						standard_template_do: [
							{ standard_template_id: 1, standard_template_name: "标准", standard_template_url: `http://x/${cp_code}` },
						],
					},
				})),
			},
		},
	},
};
const requestOf = (params: Record<string, string> | undefined) =>
	JSON.parse(params?.param_waybill_cloud_print_apply_new_request ?? "null");

describe("a waybill", () => {
	it("is taken with the masked receiver and the OAID, under a number of its parcel", () => {
		const { sent, value } = walk(waybills.take(sampleTrade(), wish), taken);
		expect(value).toEqual({ trackingNo: "JT0000000000001", carrier: "JTSD", platformNo: "", printData });
		const parcel = requestOf(sent[0]).trade_order_info_dtos[0];
		expect(requestOf(sent[0])).toMatchObject({ cp_code: "HTKY", sender: { mobile: "13900000000" } });
		expect(parcel).toMatchObject({
			object_id: "4187263549012345678-2",
			order_info: { order_channels_type: "TB", trade_order_list: ["4187263549012345678"] },
			recipient: { name: "王**", oaid: "1xK9abcd+/Q==", tid: "4187263549012345678", address: { detail: "****" } },
			user_id: sampleShop.sellerId,
		});
	});

	it("of a shop of 天猫 says so", () => {
		const { sent } = walk(waybills.take(sampleTrade({}, [{ seller_type: "B" }]), wish), taken);
		expect(requestOf(sent[0]).trade_order_info_dtos[0].order_info.order_channels_type).toBe("TM");
	});

	it("is printed by the carrier's first template where none is wished", () => {
		const { sent } = walk(waybills.take(sampleTrade(), { ...wish, templateUrl: "" }), templates, taken);
		expect(requestOf(sent[1]).trade_order_info_dtos[0].template_url).toBe("http://x/HTKY");
	});

	it("that cannot be given back is refused, as is one that is not known", () => {
		const waybill = { trackingNo: "JT0000000000001", carrier: "JTSD", platformNo: "", orderNo: wish.orderNo };
		const refused = expect.objectContaining({ type: "PLATFORM_REFUSED" });
		const kept = { cainiao_waybill_ii_cancel_response: { cancel_result: false } };
		expect(() => walk(waybills.cancel(waybill), kept)).toThrow(refused);
		const unknown = { success: false, error_message: "面单号不存在" };
		const modules = { waybill_cloud_print_with_result_desc_response: [unknown] };
		const answer = { cainiao_waybill_ii_query_by_waybillcode_response: { modules } };
		expect(() => walk(waybills.printData({ ...waybill, templateUrl: "" }), answer)).toThrow(
			expect.objectContaining({ message: expect.stringContaining("不存在") }),
		);
	});
});

describe("a revealed receiver", () => {
	const found = (receiver: object) => ({ top_oaid_decrypt_response: { receiver_list: { receiver: [receiver] } } });
	const plain = { matched: true, name: "王小明", mobile: "18477770000-1234", state: "广东省", address_detail: "1号" };

	it.each([
		["print", "1004"],
		["push", "1007"],
		["view", "1006"],
		["service", "2002"],
	] as const)("for %s is asked for as scene %s", (purpose, scene) => {
		const { sent } = walk(reveal(sampleTrade(), purpose), found(plain));
		expect(JSON.parse(sent[0]?.query_list ?? "")).toEqual([
			{ oaid: "1xK9abcd+/Q==", tid: "4187263549012345678", scene },
		]);
	});

	it("has a virtual number as long as that lasts", () => {
		const secret = { privacy_protection: true, secret_no_expire_time: "2026-04-01 08:00:00" };
		expect(walk(reveal(sampleTrade(), "view"), found({ ...plain, ...secret })).value).toMatchObject({
			name: "王小明",
			phone: "18477770000-1234",
			phoneExpiresAt: new Date("2026-04-01T00:00:00Z"),
		});
		expect(walk(reveal(sampleTrade(), "view"), found(plain)).value.phoneExpiresAt).toBeNull();
	});

	it("is refused when the address has changed since", () => {
		const refused = expect.objectContaining({ type: "PLATFORM_REFUSED" });
		expect(() => walk(reveal(sampleTrade(), "view"), found({ matched: false }))).toThrow(refused);
	});
});
