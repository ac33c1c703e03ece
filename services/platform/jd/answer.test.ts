import { describe, expect, it } from "vitest";
import { payloadOf, resultOf } from "./answer.ts";

const method = "jingdong.pop.order.shipment";
const at = new Date("2026-03-18T15:00:00Z"); // 23:00 in Beijing
const payload = (body: string, status = 200) => payloadOf(method, { status, body, at });
const result = (said: object) => {
	const body = JSON.stringify({ jingdong_pop_order_shipment_responce: { code: "0", r: said } });
	return resultOf(method, { status: 200, body, at }, "r");
};
const error = (code: string, zh_desc = "") => JSON.stringify({ error_response: { code, zh_desc, en_desc: "" } });

describe("an answer", () => {
	it("gives the payload under the method's own name, numbers to the digit", () => {
		const body = '{"jingdong_pop_order_shipment_responce":{"code":"0","orderId":9223372036854775807}}';
		expect(payload(body)).toEqual({ code: "0", orderId: "9223372036854775807" });
	});

	it("is read although a comma is left over, and texts stay as they are", () => {
		const body = '{"jingdong_pop_order_shipment_responce":{"code":"0","list":[1,2,],"text":"a,}\\",]",}}';
		expect(payload(body)).toEqual({ code: "0", list: [1, 2], text: 'a,}",]' });
	});

	it.each([
		["2", "", "PLATFORM_RATE_LIMITED"],
		["43", "调用过于频繁", "PLATFORM_RATE_LIMITED"],
		["7", "", "PLATFORM_UNREACHABLE"],
		["8", "", "PLATFORM_UNREACHABLE"],
		["33", "", "PLATFORM_UNREACHABLE"],
		["65", "", "PLATFORM_UNREACHABLE"],
		["66", "系统繁忙", "PLATFORM_UNREACHABLE"],
		["18", "", "PLATFORM_TOKEN_EXPIRED"],
		["19", "无效access_token", "PLATFORM_TOKEN_EXPIRED"],
		...["4", "5", "11", "12", "14", "15", "20", "21", "24", "2001", "11100006", "99904030005"].map(
			(code): [string, string, string] => [code, "", "PLATFORM_MISCONFIGURED"],
		),
		["61", "缺少order_id", "PLATFORM_REFUSED"],
		["98765", "售后单已超时关闭", "PLATFORM_REFUSED"],
	])("with the gateway's code %s %s is %s", (code, said, type) => {
		expect(() => payload(error(code, said))).toThrow(expect.objectContaining({ type }));
	});

	it.each([
		[502, "<html>Bad Gateway</html>"],
		[500, '{"jingdong_pop_order_shipment_responce":{"code":"0"}}'],
		[200, '{"jingdong_pop_order_shipment_responce":{"code":"0","r":{"suc'], // cut short
		[200, '{"jingdong_pop_order_shipment_response":{"code":"0"}}'], // spelled as it should be
		[200, "null"],
		[200, "[]"],
		[200, ""],
	])("http %i %s cannot be read", (status, body) => {
		expect(() => payload(body, status)).toThrow(expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" }));
	});

	it.each([
		["调用次数超限", 1_000],
		["当日调用次数超限", 3_600_000], // until midnight
	])("says how long to wait: %s", (said, waitMs) => {
		const limited = expect.objectContaining({ data: expect.objectContaining({ waitMs }) });
		expect(() => payload(error("2", said))).toThrow(limited);
	});

	it.each([
		{ success: true },
		{ success: "true" },
		{ is_success: true },
		{ apiResult: { success: true, numberCode: 0 } },
		{ api_jos_result: { success: true } },
		{ statusCode: 0 },
		{ code: "0" },
	])("%j is a success", (said) => {
		expect(result(said)).toEqual(said);
	});

	it.each<[object, string]>([
		[{ success: false, errorCode: "1", chineseErrCode: "订单已出库" }, "PLATFORM_REFUSED"],
		[{ apiResult: { success: false, chineseErrCode: "订单不存在" } }, "PLATFORM_REFUSED"],
		[{ success: false, errorMsg: "退款单状态不正确" }, "PLATFORM_REFUSED"],
		[{ statusCode: 130, statusMessage: "余额不足" }, "PLATFORM_REFUSED"],
		[{ success: false, errorMsg: "接口调用超时" }, "PLATFORM_UNREACHABLE"],
		[{ success: false, errorMsg: "操作过于频繁" }, "PLATFORM_RATE_LIMITED"],
		[{}, "PLATFORM_REFUSED"],
	])("%j is %s", (said, type) => {
		expect(() => result(said)).toThrow(expect.objectContaining({ type }));
	});

	it("never quotes what it cannot read", () => {
		expect(() => payload("王小明 13800001234")).toThrow(/^(?!.*王)(?!.*1380)/);
	});
});
