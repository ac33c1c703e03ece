import { describe, expect, it } from "vitest";
import type { Decision } from "../../aftersale/aftersale.ts";
import type { RawRecord } from "../record.ts";
import { decisions } from "./decisions.ts";
import { sampleExchange, sampleRefund } from "./sample-refund.ts";
import { walk } from "./sample-shop.ts";

const plain: Decision = {
	action: "AGREE_REFUND",
	addressId: "",
	reasonCode: "",
	note: "商品完好",
	carrier: "",
	trackingNo: "",
};

function decide(raw: RawRecord, decision: Partial<Decision>, ...answers: object[]) {
	const asked = { ...plain, ...decision };
	const act = decisions.actions[asked.action];
	if (!act) throw new Error(`no ${asked.action}`);
	return walk(act(raw, asked), ...answers).sent;
}

const answered = (root: string) => ({ [root]: { result: { success: true, exchange: {} } } });
const addresses = {
	logistics_address_search_response: {
		addresses: {
			address_result: [
				{ contact_id: 1, province: "浙江省", city: "杭州市", country: "余杭区", addr: "1号", cancel_def: false },
				{ contact_id: 2, province: "浙江省", city: "杭州市", country: "余杭区", addr: "2号", cancel_def: true },
			],
		},
	},
};

describe("the seller's answer to a refund", () => {
	it("gives back the fen of the refund as it is, by its version and phase", () => {
		const done = { rp_refunds_agree_response: { succ: true, msg_code: "OP_SUCC" } };
		expect(decide(sampleRefund(), { action: "AGREE_REFUND" }, done)).toMatchObject([
			{ method: "taobao.rp.refunds.agree", refund_infos: "184000000000000001|3695|1773795907000|onsale" },
		]);
	});

	it("is refused with what the platform says of this one refund", () => {
		const result = { refund_id: "184000000000000001", succ: false, message: "退款版本已过期" };
		const failed = { succ: false, msg_code: "OP_FAILURE_UE", results: { refund_mapping_result: [result] } };
		const refused = expect.objectContaining({
			type: "PLATFORM_REFUSED",
			message: expect.stringContaining("版本已过期"),
		});
		const answer = { rp_refunds_agree_response: failed };
		expect(() => decide(sampleRefund(), { action: "AGREE_REFUND" }, answer)).toThrow(refused);
	});

	it("sends the goods to the address named, or to the one for returns", () => {
		const done = { rp_returngoods_agree_response: { is_success: true } };
		const named = decide(sampleRefund(), { action: "AGREE_RETURN", addressId: "7" }, done);
		expect(named).toMatchObject([{ method: "taobao.rp.returngoods.agree", seller_address_id: "7" }]);
		const usual = decide(sampleRefund(), { action: "AGREE_RETURN" }, addresses, done);
		expect(usual[1]).toMatchObject({ seller_address_id: "2", refund_version: "1773795907000", remark: "商品完好" });
	});

	it("has nowhere to send goods without an address", () => {
		const none = { logistics_address_search_response: {} };
		const refused = expect.objectContaining({ type: "INVALID" });
		expect(() => decide(sampleRefund(), { action: "AGREE_RETURN" }, none)).toThrow(refused);
	});

	it.each(["REFUSE", "REFUSE_RECEIPT"] as const)("%s tells the reason and the words for the buyer", (action) => {
		const done = { refund_refuse_response: { is_success: true, refund: {} } };
		expect(decide(sampleRefund(), { action, reasonCode: "103" }, done)).toMatchObject([
			{ method: "taobao.refund.refuse", refuse_reason_id: "103", refuse_message: "商品完好" },
		]);
		const invalid = expect.objectContaining({ type: "INVALID" });
		expect(() => decide(sampleRefund(), { action, note: "不" }, done)).toThrow(invalid);
	});

	it("knows which reasons need a picture", () => {
		const reason = [
			{ reason_id: 101, reason_text: "商品已发出", reason_tips: "请填写运单号" },
			{ reason_id: 102, reason_text: "协商一致", reason_tips: "请上传聊天凭证" },
		];
		if (!decisions.reasons) throw new Error("no reasons");
		const answer = { refund_refusereason_get_response: { reasons: { reason } } };
		expect(walk(decisions.reasons(sampleRefund()), answer).value).toEqual([
			{ code: "101", text: "商品已发出", needsProof: false },
			{ code: "102", text: "协商一致", needsProof: true },
		]);
	});

	it("cannot be a parcel", () => {
		const unsupported = expect.objectContaining({ type: "PLATFORM_UNSUPPORTED" });
		expect(() => decide(sampleRefund(), { action: "SHIP_EXCHANGE", carrier: "SF" })).toThrow(unsupported);
	});
});

describe("the seller's answer to an exchange", () => {
	it("goes to the APIs of exchanges", () => {
		const agreed = decide(
			sampleExchange(),
			{ action: "AGREE_RETURN", addressId: "7" },
			answered("tmall_exchange_agree_response"),
		);
		expect(agreed).toMatchObject([
			{ method: "tmall.exchange.agree", dispute_id: "184000000000000002", address_id: "7" },
		]);
		const refusal = { reasonCode: "201", note: "影响二次销售" };
		const refused = decide(
			sampleExchange(),
			{ action: "REFUSE", ...refusal },
			answered("tmall_exchange_refuse_response"),
		);
		expect(refused).toMatchObject([{ seller_refuse_reason_id: "201", leave_message: "影响二次销售" }]);
		const back = answered("tmall_exchange_returngoods_refuse_response");
		const [receipt] = decide(sampleExchange({ status: 3 }), { action: "REFUSE_RECEIPT", ...refusal }, back);
		expect(receipt?.method).toBe("tmall.exchange.returngoods.refuse");
	});

	it("takes the goods back before it tells of the replacement, and only tells when they were taken back", () => {
		const parcel = { action: "SHIP_EXCHANGE", carrier: "SF", trackingNo: "SF1234567890123" } as const;
		const taken = answered("tmall_exchange_returngoods_agree_response");
		const sent = answered("tmall_exchange_consigngoods_response");
		const both = decide(sampleExchange({ status: 3 }), parcel, taken, sent);
		expect(both.map(({ method }) => method)).toEqual([
			"tmall.exchange.returngoods.agree",
			"tmall.exchange.consigngoods",
		]);
		expect(both[1]).toMatchObject({
			logistics_no: "SF1234567890123",
			logistics_type: "200",
			logistics_company_name: "顺丰速运",
		});
		expect(decide(sampleExchange({ status: 12 }), parcel, sent)).toHaveLength(1);
	});

	it("is refused with the platform's words", () => {
		const failed = { tmall_exchange_agree_response: { result: { success: false, message: "换货单状态不正确" } } };
		const refused = expect.objectContaining({
			type: "PLATFORM_REFUSED",
			message: expect.stringContaining("状态不正确"),
		});
		expect(() => decide(sampleExchange(), { action: "AGREE_RETURN", addressId: "7" }, failed)).toThrow(refused);
	});

	it("gives no money back", () => {
		const unsupported = expect.objectContaining({ type: "PLATFORM_UNSUPPORTED" });
		expect(() => decide(sampleExchange(), { action: "AGREE_REFUND" })).toThrow(unsupported);
	});
});
