import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { readAftersale } from "./aftersale-reader.ts";

const refund: RawRecord = {
	id: 90001,
	orderId: "300123456789",
	applyTime: "2026-03-18 09:10:00",
	applyRefundSum: 10900.0,
	status: 0,
	checkTime: "",
	checkRemark: "",
	reason: "不想要了",
	systemId: 43,
	skuVoList: [
		{ skuId: "100000000001", skuName: "加厚保温杯", skuCount: 2 },
		{ skuId: "100000000009", skuName: "杯盖", skuCount: 1 },
	],
};
const service: RawRecord = {
	serviceId: 700000001,
	orderId: 300123456789,
	skuId: 100000000001,
	wareName: "加厚保温杯",
	serviceCount: 1,
	customerExpect: 10,
	serviceStatus: 10000,
	questionTypeCid1Name: "质量问题",
	applyTime: "2026-03-25 10:00:00",
	updateDate: "2026-03-25 10:00:05",
	actualPayPrice: 36.05,
	sysVersion: 3,
};
const readRefund = (changes: RawRecord = {}) => readAftersale("shop-1", { ...refund, ...changes });
const readService = (changes: RawRecord = {}) => readAftersale("shop-1", { ...service, ...changes });
const unknown = (field: string) => expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS", data: { field } });

describe("an application for a refund", () => {
	it("is read whole, its sum in fen", () => {
		expect(readRefund()).toMatchObject({
			aftersaleNo: "R90001",
			orderNo: "300123456789",
			type: "REFUND_BEFORE_SHIP",
			status: "APPLIED",
			refundFen: 10900,
			lines: [
				{ lineId: "100000000001", quantity: 2, refundFen: 7267 },
				{ lineId: "100000000009", quantity: 1, refundFen: 3633 },
			],
			reason: "不想要了",
			appliedAt: new Date("2026-03-18T01:10:00Z"),
			modifiedAt: new Date("2026-03-18T01:10:00Z"),
		});
	});

	it.each([
		[0, "APPLIED"],
		[1, "PLATFORM_HANDLING"],
		[2, "REFUSED"],
		[3, "DONE"],
		[4, "REFUSED"],
		[5, "APPLIED"],
		[6, "PLATFORM_HANDLING"],
		[7, "PLATFORM_HANDLING"],
		[8, "REFUSED"],
		[9, "DONE"],
		[10, "PLATFORM_HANDLING"],
		[11, "CLOSED"],
		[16, "PLATFORM_HANDLING"],
		[17, "PLATFORM_HANDLING"],
		[18, "CLOSED"],
		[19, "PLATFORM_HANDLING"],
		[27, "PLATFORM_HANDLING"],
	])("of status %i is %s", (status, expected) => {
		expect(readRefund({ status })).toMatchObject({ status: expected, rawStatus: String(status) });
	});

	it("of an unknown status is refused", () => {
		expect(() => readRefund({ status: 28 })).toThrow(unknown("status"));
	});

	it("was refused at the door where the carrier brings the goods back", () => {
		expect(readRefund({ systemId: 12 }).type).toBe("REJECTED");
		expect(readRefund({ status: 16 }).type).toBe("REJECTED");
	});

	it("changed when it was decided, and tells why it was refused", () => {
		const refused = readRefund({ status: 2, checkTime: "2026-03-18 10:00:00", checkRemark: "已发货" });
		expect(refused).toMatchObject({ modifiedAt: new Date("2026-03-18T02:00:00Z"), refusal: "已发货" });
	});
});

describe("a service order", () => {
	it("is read whole, its price in yuan", () => {
		expect(readService()).toMatchObject({
			aftersaleNo: "S700000001",
			orderNo: "300123456789",
			type: "RETURN_REFUND",
			status: "APPLIED",
			refundFen: 3605,
			lines: [{ lineId: "100000000001", quantity: 1, refundFen: 3605 }],
			reason: "质量问题",
			returnParcel: null,
		});
	});

	it.each([
		[10, "RETURN_REFUND"],
		[11, "REFUND_ONLY"],
		[20, "EXCHANGE"],
		[30, "REPAIR"],
		[40, "REPAIR"],
		[50, "REPAIR"],
		[60, "REPAIR"],
		[70, "REPAIR"],
		[80, "RESEND"],
		[90, "REFUND_ONLY"],
		[100, "RETURN_REFUND"],
	])("where the buyer expects %i is a %s", (customerExpect, type) => {
		expect(readService({ customerExpect })).toMatchObject({ type, rawType: `service/${customerExpect}` });
	});

	it.each([
		[10000, "APPLIED"],
		[10001, "APPLIED"],
		[10002, "PLATFORM_HANDLING"],
		[10004, "REFUSED"],
		[10005, "WAIT_BUYER_RETURN"],
		[10006, "PLATFORM_HANDLING"],
		[10007, "PLATFORM_HANDLING"],
		[10009, "WAIT_BUYER_CONFIRM"],
		[10010, "DONE"],
		[10011, "CLOSED"],
		[10012, "APPLIED"],
		[10013, "APPLIED"],
		[10041, "PLATFORM_HANDLING"],
		[1100, "PLATFORM_HANDLING"],
		[12000, "PLATFORM_HANDLING"],
		[13000, "PLATFORM_HANDLING"],
		[14000, "PLATFORM_HANDLING"],
	])("of status %i is %s", (serviceStatus, status) => {
		expect(readService({ serviceStatus })).toMatchObject({ status, rawStatus: String(serviceStatus) });
	});

	it("of an unknown kind or status is refused", () => {
		expect(() => readService({ serviceStatus: 10003 })).toThrow(unknown("serviceStatus"));
		expect(() => readService({ customerExpect: 12 })).toThrow(unknown("customerExpect"));
	});

	it("waits for the seller once the buyer has told a number, and says by whom the goods come", () => {
		const sent = { serviceStatus: 10005, expressCode: "SF1", freightUpdateDate: "2026-03-26 09:00:00" };
		expect(readService({ ...sent, freight: { expressCompany: "顺丰快递" } })).toMatchObject({
			status: "WAIT_SELLER_RECEIVE",
			returnParcel: { carrier: "SF", trackingNo: "SF1" },
			modifiedAt: new Date("2026-03-26T01:00:00Z"),
		});
		expect(readService({ ...sent, freight: { expressCompany: "某快递" } }).returnParcel?.carrier).toBe("某快递");
	});

	it.each([20, 30, 80])("of kind %i waits for what the seller sends, and no money goes back", (customerExpect) => {
		const exchange = readService({ customerExpect, serviceStatus: 10007 });
		expect(exchange).toMatchObject({ status: "WAIT_SELLER_SHIP", refundFen: 0 });
	});
});
