import { describe, expect, it } from "vitest";
import type { WaybillWish } from "../waybill.ts";
import { sampleOrder, sampleShop } from "./samples.ts";
import { waybills } from "./waybills.ts";

const wish: WaybillWish = {
	orderNo: "2631500012345678901",
	carrier: "YTO",
	branchCode: "YTO001",
	accountCode: "",
	sender: {
		name: "仓",
		phone: "13900000000",
		province: "浙江省",
		city: "杭州市",
		district: "余杭区",
		town: "",
		address: "路1号",
	},
	parcelNo: 2,
	goods: [{ title: "四件套", quantity: 1 }],
	weightGram: null,
	templateUrl: "https://templates.example/YTO",
};
const now = new Date(1762790401123);
const answer = (data: unknown) => ({ status: 200, body: JSON.stringify({ result: 1, data }), at: now });
const taken = { waybillCode: "YT1", printData: '{"encryptedData":"x"}' };

describe("a waybill", () => {
	const steps = waybills.take(sampleOrder(), wish);
	const step = steps.next().value;
	if (!step || !("read" in step)) throw new Error("it asks for nothing");

	it("is asked for by ciphertext, and by the same request for the same parcel", () => {
		const { body } = step.request(sampleShop, now);
		const [request] = JSON.parse(new URLSearchParams(body).get("param") ?? "").getEbillOrderRequest;
		expect(request).toMatchObject({
			merchantCode: "f18d0bff0001",
			expressCompanyCode: "YTO",
			netSiteCode: "YTO001",
			tradeOrderCode: "2631500012345678901",
			packageCode: "2",
			requestId: "2631500012345678901-YTO-2",
			templateUrl: "https://templates.example/YTO",
			receiverContract: { name: "KSx1A+b/==", mobile: "KSm2B+c/==" },
			receiverAddress: { provinceName: "广东省", detailAddress: "KSa3C+d/==" },
		});
	});

	it("comes with what its print client is given", () => {
		const outcome = { requestId: "r", baseResponse: { result: 1 }, data: [taken] };
		const waybill = { trackingNo: "YT1", carrier: "YTO", platformNo: "", printData: taken.printData };
		expect(steps.next(step.read(answer([outcome])))).toEqual({ done: true, value: waybill });
	});

	it.each<[string, unknown, string]>([
		["refused inside a success", [{ baseResponse: { result: 21, message: "余额不足" }, data: [] }], "PLATFORM_REFUSED"],
		["that is not there", [{ baseResponse: { result: 1 }, data: [] }], "PLATFORM_BAD_RESPONSE"],
		["without an outcome", [], "PLATFORM_BAD_RESPONSE"],
	])("%s is an error", (_what, data, type) => {
		expect(() => step.read(answer(data))).toThrow(expect.objectContaining({ type }));
	});

	it("takes the carrier's first template where none is wished", () => {
		const asked = waybills.take(sampleOrder(), { ...wish, templateUrl: "" }).next().value;
		expect(asked && "method" in asked && asked.method).toBe("open.express.standard.template.list.get");
	});
});
