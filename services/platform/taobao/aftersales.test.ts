import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { exchangeStatus, lineRefund, refundStatus } from "./aftersale-statuses.ts";
import { aftersales } from "./aftersales.ts";
import { sampleExchange, sampleRefund } from "./sample-refund.ts";
import { walk } from "./sample-shop.ts";

const read = (raw: RawRecord) => aftersales.read("shop-1", raw);
const unknown = expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS" });

describe("a refund", () => {
	it("is put into our words", () => {
		expect(read(sampleRefund())).toEqual({
			platform: "taobao",
			shopId: "shop-1",
			aftersaleNo: "184000000000000001",
			orderNo: "4187263549012345678",
			type: "REFUND_BEFORE_SHIP",
			status: "APPLIED",
			rawType: "REFUND/BUYER_NOT_RECEIVED",
			rawStatus: "WAIT_SELLER_AGREE",
			lines: [
				{
					lineId: "4187263549012345680",
					platformSkuId: "5000000000009",
					outerSku: "LID-STD",
					title: "杯盖",
					quantity: 1,
					refundFen: 3695,
				},
			],
			refundFen: 3695,
			reason: "多拍/拍错/不想要",
			buyerNote: "拍错了",
			evidence: [],
			refusal: "",
			returnParcel: null,
			deadline: new Date("2026-03-20T00:46:40Z"),
			appliedAt: new Date("2026-03-18T00:46:40Z"),
			modifiedAt: new Date("2026-03-18T00:47:10Z"),
		});
	});

	it.each<[string, RawRecord, string]>([
		["goods that were sent", { order_status: "WAIT_BUYER_CONFIRM_GOODS" }, "REFUND_ONLY"],
		["goods the buyer has", { order_status: "TRADE_CLOSED", good_status: "BUYER_RECEIVED" }, "REFUND_ONLY"],
		[
			"a closed trade that was sent",
			{ order_status: "TRADE_CLOSED", consign_time: "2026-03-18 09:00:00" },
			"REFUND_ONLY",
		],
		["a closed trade that was not sent", { order_status: "TRADE_CLOSED", consign_time: "" }, "REFUND_BEFORE_SHIP"],
		["goods to be returned", { dispute_type: "REFUND_AND_RETURN" }, "RETURN_REFUND"],
		["an exchange of 淘宝", { dispute_type: "TAOBAO_EXCHANGE" }, "EXCHANGE"],
		["a repair", { dispute_type: "REPAIR" }, "REPAIR"],
		["a resend", { dispute_type: "RESHIPPING" }, "RESEND"],
		["anything else", { dispute_type: "OTHERS", order_status: "TRADE_FINISHED" }, "REFUND_ONLY"],
	])("for %s has its type", (_, changes, type) => {
		expect(read(sampleRefund(changes)).type).toBe(type);
	});

	it("shows the buyer's parcel in our carrier code", () => {
		const parcel = { company_name: "中通快递", sid: "73000000000001" };
		expect(read(sampleRefund(parcel)).returnParcel).toEqual({ carrier: "ZTO", trackingNo: "73000000000001" });
	});

	it("is the platform's to decide while its customer care is in it, and only while it is open", () => {
		expect(read(sampleRefund({ cs_status: 3 })).status).toBe("PLATFORM_HANDLING");
		expect(read(sampleRefund({ cs_status: 2 })).status).toBe("APPLIED");
		expect(read(sampleRefund({ cs_status: 6, status: "SUCCESS" })).status).toBe("DONE");
		expect(read(sampleRefund({ cs_status: 4, status: "CLOSED" })).status).toBe("CLOSED");
	});

	it.each([{ status: "NEW" }, { dispute_type: "NEW" }, { cs_status: 9 }])(
		"with an unknown code is refused: %j",
		(changes) => {
			expect(() => read(sampleRefund(changes))).toThrow(unknown);
		},
	);

	it.each([{ refund_fee: "a lot" }, { num: 0 }, { modified: "today" }, { oid: undefined }])(
		"that cannot be right is refused: %j",
		(changes) => {
			const bad = expect.objectContaining({ type: "PLATFORM_BAD_RECORD" });
			expect(() => read(sampleRefund(changes))).toThrow(bad);
		},
	);

	it("is fetched alone when it tells whether the goods had left, else with its order line", () => {
		const refund = (changes: RawRecord = {}) => ({ refund_get_response: { refund: sampleRefund(changes) } });
		expect(walk(aftersales.get("184000000000000001"), refund()).sent).toHaveLength(1);
		const trade = `{"trade_fullinfo_get_response":{"trade":{"orders":{"order":[
			{"oid":4187263549012345679,"consign_time":"2026-03-18 08:00:00"},{"oid":4187263549012345680}]}}}}`;
		const { sent, value } = walk(aftersales.get("184000000000000001"), refund({ order_status: "TRADE_CLOSED" }), trade);
		expect(sent[1]).toMatchObject({ method: "taobao.trade.fullinfo.get", tid: "4187263549012345678" });
		expect(read(value).type).toBe("REFUND_BEFORE_SHIP");
	});
});

describe("an exchange", () => {
	it("is put into our words, under a number that tells it from refunds", () => {
		expect(read(sampleExchange())).toMatchObject({
			aftersaleNo: "X184000000000000002",
			orderNo: "4187263549012345678",
			type: "EXCHANGE",
			status: "APPLIED",
			refundFen: 0,
			lines: [{ lineId: "4187263549012345679", platformSkuId: "5000000000001", quantity: 2 }],
			deadline: new Date("2026-03-20T00:46:40Z"),
		});
	});

	it("is fetched by that number, with its trade, and without anything of the buyer's", () => {
		const { tid, oid, ...exchange } = sampleExchange();
		const answers = [
			{ tmall_exchange_get_response: { result: { success: true, exchange } } },
			{ refund_get_response: { refund: { refund_id: "184000000000000002", tid, oid } } },
		];
		const { sent, value } = walk(aftersales.get("X184000000000000002"), ...answers);
		expect(sent).toMatchObject([
			{ method: "tmall.exchange.get", dispute_id: "184000000000000002" },
			{ method: "taobao.refund.get", refund_id: "184000000000000002" },
		]);
		expect(sent[0]?.fields).not.toMatch(/buyer_(name|phone|address)/);
		expect(value).toEqual(sampleExchange());
	});

	it("with an unknown status is refused", () => {
		expect(() => read(sampleExchange({ status: 99 }))).toThrow(unknown);
	});
});

describe("lists of after-sales", () => {
	const window = { from: new Date("2026-03-18T00:30:00Z"), to: new Date("2026-03-18T01:00:00Z") };
	const listed = (name: string, answer: object) => {
		const list = aftersales.lists.find((each) => each.name === name);
		if (list?.way !== "numbered") throw new Error(`no numbered list ${name}`);
		return walk(list.page(window, 1), answer);
	};
	const modified = "2026-03-18 08:47:10";

	it("ask for refunds of every type of trade", () => {
		const rows = [{ refund_id: "18401", modified, dispute_type: "REFUND" }];
		const { sent, value } = listed("refunds", { refunds_receive_get_response: { refunds: { refund: rows } } });
		expect(sent[0]?.type).toContain("cod");
		expect(value.map(({ id }) => id)).toEqual(["18401"]);
	});

	it("know an exchange for one wherever it is listed", () => {
		const rows = [{ refund_id: "18402", modified, dispute_type: "TMALL_EXCHANGE" }];
		const refunds = listed("refunds", { refunds_receive_get_response: { refunds: { refund: rows } } });
		const exchanges = { results: { exchange: [{ dispute_id: "18402", modified }] } };
		const { sent, value } = listed("exchanges", { tmall_exchange_receive_get_response: exchanges });
		expect(value).toEqual(refunds.value);
		expect(sent).toMatchObject([
			{ start_gmt_modified_time: "2026-03-18 08:30:00", end_gmt_modifed_time: "2026-03-18 09:00:00" },
		]);
		expect(sent[0]).not.toHaveProperty("use_has_next");
	});
});

describe("codes of after-sales", () => {
	it.each([
		["WAIT_SELLER_AGREE", "APPLIED", "APPLIED"],
		["WAIT_SELLER_CONFIRM_RETURN_ADDRESS", "APPLIED", "APPLIED"],
		["EXCHANGE_TRANSFORM_TO_REFUND", "APPLIED", "APPLIED"],
		["POST_FEE_DISPUTE_WAIT_ACTIVATE", "PLATFORM_HANDLING", "APPLIED"],
		["WAIT_BUYER_RETURN_GOODS", "WAIT_BUYER_RETURN", "APPLIED"],
		["WAIT_SELLER_CONFIRM_GOODS", "WAIT_SELLER_RECEIVE", "APPLIED"],
		["WAIT_SELLER_CONSIGN_GOODS", "WAIT_SELLER_SHIP", "APPLIED"],
		["WAIT_SELLER_CONSIGN_GOOGDS", "WAIT_SELLER_SHIP", "APPLIED"],
		["WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS", "WAIT_BUYER_CONFIRM", "APPLIED"],
		["EXCHANGE_WAIT_BUYER_CONFIRM_GOODS", "WAIT_BUYER_CONFIRM", "APPLIED"],
		["WAIT_BUYER_CONFIRM_REDO_SEND_GOODS", "WAIT_BUYER_CONFIRM", "APPLIED"],
		["SELLER_REFUSE_BUYER", "REFUSED", "APPLIED"],
		["SUCCESS", "DONE", "DONE"],
		["CLOSED", "CLOSED", "NONE"],
	])("%s is %s, and %s on the order's line", (code, status, refund) => {
		expect(refundStatus(code, "1")).toBe(status);
		expect(lineRefund(code)).toBe(refund);
	});

	it.each(["", "NO_REFUND"])("%j on a line is no refund", (code) => {
		expect(lineRefund(code)).toBe("NONE");
	});

	it.each([
		["1", "APPLIED"],
		["2", "WAIT_BUYER_RETURN"],
		["3", "WAIT_SELLER_RECEIVE"],
		["4", "CLOSED"],
		["5", "DONE"],
		["6", "REFUSED"],
		["12", "WAIT_SELLER_SHIP"],
		["13", "WAIT_BUYER_CONFIRM"],
		["14", "CLOSED"],
	])("%s of an exchange is %s", (code, status) => {
		expect(exchangeStatus(code)).toBe(status);
	});

	it.each(["toString", "7", "NEW"])("%s is refused, never guessed", (code) => {
		for (const table of [lineRefund, exchangeStatus, (each: string) => refundStatus(each, "1")]) {
			expect(() => table(code)).toThrow(unknown);
		}
	});
});
