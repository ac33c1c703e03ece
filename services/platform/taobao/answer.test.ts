import { describe, expect, it } from "vitest";
import { payloadOf } from "./answer.ts";

const method = "taobao.trade.fullinfo.get";
const at = new Date();
const read = (status: number, body: string) => payloadOf(method, { status, body, at });
const error = (fields: object) => JSON.stringify({ error_response: { request_id: "r", ...fields } });

describe("a TOP answer", () => {
	it("gives the payload under the method's own name", () => {
		expect(read(200, '{"trade_fullinfo_get_response":{"trade":{"tid":4187263549012345678}}}')).toEqual({
			trade: { tid: "4187263549012345678" },
		});
		const waybill = { status: 200, body: '{"cainiao_waybill_ii_get_response":{"modules":{}}}', at };
		expect(payloadOf("cainiao.waybill.ii.get", waybill)).toEqual({ modules: {} });
	});

	it.each([
		[200, error({ code: 7, sub_msg: "This ban will last for 3 more seconds" }), "PLATFORM_RATE_LIMITED"],
		[429, "", "PLATFORM_RATE_LIMITED"],
		[200, error({ code: 27, sub_code: "invalid-sessionkey" }), "PLATFORM_TOKEN_EXPIRED"],
		[200, error({ code: 26 }), "PLATFORM_TOKEN_EXPIRED"],
		[200, error({ code: 53 }), "PLATFORM_TOKEN_EXPIRED"],
		[200, error({ code: 25, msg: "Invalid Signature" }), "PLATFORM_MISCONFIGURED"],
		[200, error({ code: 11, sub_code: "isv.permission-api-package-limit" }), "PLATFORM_MISCONFIGURED"],
		[200, error({ code: 15, sub_code: "isp.top-remote-service-unavailable-tmall" }), "PLATFORM_UNREACHABLE"],
		[200, error({ code: 15, sub_code: "isv.trade-not-exist" }), "PLATFORM_REFUSED"],
		[200, error({ code: 10 }), "PLATFORM_UNREACHABLE"],
		[200, error({ code: 31 }), "PLATFORM_UNREACHABLE"],
		[200, error({ code: 50, sub_msg: "业务错误" }), "PLATFORM_REFUSED"],
		[200, error({ code: 12345 }), "PLATFORM_REFUSED"],
		[502, "<html>Bad Gateway</html>", "PLATFORM_BAD_RESPONSE"],
		[500, '{"trade_fullinfo_get_response":{}}', "PLATFORM_BAD_RESPONSE"],
		[200, '{"trade_fullinfo_get_response":{"tra', "PLATFORM_BAD_RESPONSE"], // cut short
		[200, '{"other_response":{}}', "PLATFORM_BAD_RESPONSE"],
	])("http %i %s is %s", (status, body, type) => {
		expect(() => read(status, body)).toThrow(expect.objectContaining({ type }));
	});

	it.each([
		["This ban will last for 3 more seconds", 3_000],
		["This ban will last for 1 more seconds", 1_000],
		["", 1_000],
	])("says how long to wait: %s", (sub_msg, waitMs) => {
		const limited = expect.objectContaining({ data: expect.objectContaining({ waitMs }) });
		expect(() => read(200, error({ code: 7, sub_msg }))).toThrow(limited);
	});

	it("never quotes what it cannot read", () => {
		expect(() => read(200, "王小明 13800001234")).toThrow(/^(?!.*王)(?!.*1380)/);
	});
});
