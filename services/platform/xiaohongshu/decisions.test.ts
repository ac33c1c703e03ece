import { describe, expect, it } from "vitest";
import type { Decision, DecisionAction } from "../../aftersale/aftersale.ts";
import type { RawRecord } from "../record.ts";
import { decisions } from "./decisions.ts";
import { done, sampleAftersale, walk } from "./samples.ts";

const addressList = done({
	sellerAddressRecordList: [
		{ sellerAddressRecordId: 7, fullAddress: "浙江省杭州市示例路1号", contactName: "仓", aftersaleDefault: false },
		{ sellerAddressRecordId: 8, fullAddress: "浙江省杭州市示例路2号", contactName: "仓", aftersaleDefault: true },
		{ sellerAddressRecordId: 9, fullAddress: "旧仓", aftersaleDefault: false, active: false },
	],
	total: 3,
});

function decide(action: DecisionAction, raw: RawRecord, wish: Partial<Decision> = {}, ...answers: RawRecord[]) {
	const run = decisions.actions[action];
	if (!run) throw new Error(`${action} is not there`);
	const nothing = { action, addressId: "", reasonCode: "", note: "", carrier: "", trackingNo: "" };
	return walk(run(raw, { ...nothing, ...wish }), ...answers).sent;
}

const applied = (returnType: number) => sampleAftersale({ status: 1, returnType });
const sentBack = sampleAftersale({ status: 3 });
const returnsId = "R6242141112658161";

describe("a decision", () => {
	it.each<[DecisionAction, string, RawRecord, Partial<Decision>, RawRecord]>([
		["AGREE_REFUND", "before goods come back", applied(4), {}, { method: "afterSale.auditReturns", action: 1 }],
		["AGREE_REFUND", "once they came back", sentBack, {}, { method: "afterSale.confirmReceive", action: 1 }],
		[
			"AGREE_RETURN",
			"to a given address",
			applied(1),
			{ addressId: "7", note: "请寄回" },
			{ method: "afterSale.auditReturns", action: 2, receiverInfo: { sellerAddressRecordId: 7 }, message: "请寄回" },
		],
		[
			"REFUSE",
			"with a reason and words",
			applied(1),
			{ reasonCode: "99", note: "超期" },
			{ method: "afterSale.auditReturns", action: 3, reason: 99, description: "超期", message: "超期" },
		],
		[
			"REFUSE_RECEIPT",
			"with a reason",
			sentBack,
			{ reasonCode: "11" },
			{ method: "afterSale.confirmReceive", action: 2, reason: 11 },
		],
		[
			"SHIP_EXCHANGE",
			"with carrier and number",
			sentBack,
			{ carrier: "JTSD", trackingNo: "JT1" },
			{ method: "afterSale.receiveAndShip", expressCompanyCode: "jtexpress", expressNo: "JT1" },
		],
	])("%s %s is one call", (action, _how, raw, wish, expected) => {
		const sent = decide(action, raw, wish, done());
		expect(sent).toHaveLength(1);
		expect(sent[0]).toMatchObject({ returnsId, ...expected });
	});

	it("takes the seller's default address when none is given", () => {
		const sent = decide("AGREE_RETURN", applied(1), {}, addressList, done());
		expect(sent[1]).toMatchObject({ action: 2, receiverInfo: { sellerAddressRecordId: 8 } });
	});

	it("cannot refuse a refund before shipping: that is done by shipping", () => {
		expect(() => decide("REFUSE", applied(5))).toThrow(expect.objectContaining({ type: "PLATFORM_UNSUPPORTED" }));
	});

	it.each<[DecisionAction, Partial<Decision>, string]>([
		["REFUSE", { reasonCode: "other" }, "INVALID"],
		["AGREE_RETURN", { addressId: "home" }, "INVALID"],
		["SHIP_EXCHANGE", { carrier: "PIGEON" }, "CARRIER_UNKNOWN"],
	])("%s with %j sends nothing", (action, wish, type) => {
		expect(() => decide(action, applied(1), wish)).toThrow(expect.objectContaining({ type }));
	});
});

describe("what to decide by", () => {
	it.each([
		["before goods come back", applied(1), 1],
		["once they came back", sentBack, 2],
	])("is the platform's reasons %s", (_when, raw, rejectReasonType) => {
		const answer = done({ rejectReasons: [{ reasonType: rejectReasonType, reasonId: 99, reasonName: "其他" }] });
		const steps = decisions.reasons?.(raw);
		if (!steps) throw new Error("there are no reasons");
		const { sent, value } = walk(steps, answer);
		expect(sent[0]).toMatchObject({ returnsId, rejectReasonType });
		expect(value).toEqual([{ code: "99", text: "其他", needsProof: false }]);
	});

	it("is the seller's addresses in use", () => {
		const steps = decisions.addresses?.();
		if (!steps) throw new Error("there are no addresses");
		expect(walk(steps, addressList).value).toEqual([
			{ id: "7", text: "浙江省杭州市示例路1号 仓", isDefault: false },
			{ id: "8", text: "浙江省杭州市示例路2号 仓", isDefault: true },
		]);
	});
});
