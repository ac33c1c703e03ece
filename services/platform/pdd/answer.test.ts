import { describe, expect, it } from "vitest";
import { mustBeTrue, payloadOf } from "./answer.ts";

const method = "pdd.order.information.get";
const at = new Date();
const read = (status: number, body: string, api = method) => payloadOf(api, { status, body, at });
const error = (error_code: number, sub_msg = "") =>
	JSON.stringify({ error_response: { error_code, error_msg: "错误", sub_code: String(error_code), sub_msg } });

describe("an answer of 拼多多", () => {
	it.each([
		["pdd.order.number.list.increment.get", "order_sn_increment_get_response"],
		["pdd.refund.agree", "response"],
		["pdd.no.such.api", "some_other_response"],
	])("to %s gives the payload under %s", (api, root) => {
		expect(read(200, `{"${root}":{"a":1}}`, api)).toEqual({ a: 1 });
	});

	it("gives the payload whose fields stand at the root, also beside an object", () => {
		const body = '{"after_sales_status":2,"exchange_shipping_detail":{}}';
		const answer = { status: 200, body, at };
		expect(payloadOf("pdd.refund.information.get", answer, "after_sales_status")).toMatchObject({
			after_sales_status: 2,
		});
	});

	it("keeps numbers beyond 2^53 to the digit", () => {
		expect(read(200, '{"order_info_get_response":{"id":9007199254740993}}')).toEqual({ id: "9007199254740993" });
	});

	it.each([
		[200, error(52101), "PLATFORM_RATE_LIMITED"],
		[200, error(52103), "PLATFORM_RATE_LIMITED"],
		[200, error(70031), "PLATFORM_RATE_LIMITED"],
		[429, "", "PLATFORM_RATE_LIMITED"],
		[200, error(10019), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(10035), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(10014), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(20032), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(20004), "PLATFORM_MISCONFIGURED"],
		[200, error(20005), "PLATFORM_MISCONFIGURED"],
		[200, error(20031), "PLATFORM_MISCONFIGURED"],
		[200, error(30000), "PLATFORM_MISCONFIGURED"],
		[200, error(10001, "公共参数错误:type"), "PLATFORM_MISCONFIGURED"],
		[200, error(10001, "公共参数错误:timestamp"), "PLATFORM_UNREACHABLE"],
		[200, error(52001), "PLATFORM_UNREACHABLE"],
		[200, error(50000, "系统繁忙"), "PLATFORM_UNREACHABLE"],
		[200, error(50001, "服务超时"), "PLATFORM_UNREACHABLE"],
		[200, error(50001, "订单已发货"), "PLATFORM_REFUSED"],
		[200, error(21001, "快递单号不正确"), "PLATFORM_REFUSED"],
		[200, error(12345), "PLATFORM_REFUSED"],
		[502, "<html>Bad Gateway</html>", "PLATFORM_BAD_RESPONSE"],
		[500, '{"order_info_get_response":{}}', "PLATFORM_BAD_RESPONSE"],
		[200, '{"order_info_get_response":{"ord', "PLATFORM_BAD_RESPONSE"], // cut short
		[200, '{"one":{},"other":{}}', "PLATFORM_BAD_RESPONSE"],
		[200, '{"padding":"x"}', "PLATFORM_BAD_RESPONSE"],
	])("http %i %s is %s", (status, body, type) => {
		expect(() => read(status, body)).toThrow(expect.objectContaining({ type }));
	});

	it.each([
		[method, 52101, 1_000],
		[method, 70032, 5_000],
		["pdd.open.decrypt.batch", 52102, 7_500],
	])("of %s with code %i says how long to wait", (api, code, waitMs) => {
		const limited = expect.objectContaining({ data: expect.objectContaining({ waitMs }) });
		expect(() => read(200, error(code), api)).toThrow(limited);
	});

	it("never quotes what it cannot read", () => {
		expect(() => read(200, "王小明 13800001234")).toThrow(/^(?!.*王)(?!.*1380)/);
	});
});

describe("a success that says it failed", () => {
	it.each([{ success: false, error_code: 50001, error_msg: "备注过长" }, {}, { success: "false" }])(
		"is a refusal: %o",
		(payload) => {
			expect(() => mustBeTrue(method, payload, "success")).toThrow(
				expect.objectContaining({ type: "PLATFORM_REFUSED" }),
			);
		},
	);

	it("is told in the platform's words", () => {
		expect(() => mustBeTrue(method, { success: false, error_msg: "备注过长" }, "success")).toThrow("备注过长");
	});
});
