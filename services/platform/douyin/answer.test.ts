import { describe, expect, it } from "vitest";
import { dataOf, recordOf, rowsOf, totalOf } from "./answer.ts";

const method = "order.orderDetail";
const at = new Date();
const ok = (data: string) => ({ status: 200, body: `{"code":10000,"msg":"success","data":${data}}`, at });
const error = (code: number | string, sub_code = "", sub_msg = "") =>
	JSON.stringify({ code, msg: "失败", sub_code, sub_msg });
const read = (status: number, body: string) => dataOf(method, { status, body, at });

describe("an answer", () => {
	it("gives its data, with numbers of 19 digits to the last", () => {
		expect(recordOf(method, ok('{"product_id":3456789012345678901}'))).toEqual({ product_id: "3456789012345678901" });
		expect(rowsOf(method, ok('[{"id":12}]'))).toEqual([{ id: 12 }]);
		expect(rowsOf(method, ok('{"items":[{"id":12}]}'), "items")).toEqual([{ id: 12 }]);
		expect(totalOf(method, ok('{"total":7}'))).toBe(7);
	});

	it.each([
		[error(60000, "isv.traffic-limited"), "PLATFORM_RATE_LIMITED"],
		[error(40003, "isv.access-token-expired"), "PLATFORM_TOKEN_EXPIRED"],
		[error(40003, "isv.access-token-no-existed"), "PLATFORM_TOKEN_EXPIRED"],
		[error(40003, "isv.access-token-invalid"), "PLATFORM_TOKEN_EXPIRED"],
		[error(40001, "isv.access-token-missing"), "PLATFORM_TOKEN_EXPIRED"],
		[error(50002, "isv.business-failed:31009"), "PLATFORM_TOKEN_EXPIRED"],
		[error(30001, "dop.authorization-closed"), "PLATFORM_TOKEN_EXPIRED"],
		[error(50001, "dop.token-generate-failed:token-expired"), "PLATFORM_TOKEN_EXPIRED"],
		[error(50001, "dop.token-generate-failed:app-secret-invalid"), "PLATFORM_MISCONFIGURED"],
		[error(40003, "isv.signature-invalid"), "PLATFORM_MISCONFIGURED"],
		[error(40003, "isv.app-id-invalid"), "PLATFORM_MISCONFIGURED"],
		[error(40003, "isv.timestamp-invalid"), "PLATFORM_UNREACHABLE"],
		[error(30001, "isv.app-permissions-insufficient"), "PLATFORM_MISCONFIGURED"],
		[error(30002), "PLATFORM_MISCONFIGURED"],
		[error(70000, "isp.api-service-off"), "PLATFORM_MISCONFIGURED"],
		[error(80000), "PLATFORM_MISCONFIGURED"],
		[error(20000, "isp.service-error:3"), "PLATFORM_UNREACHABLE"],
		[error(20001), "PLATFORM_UNREACHABLE"],
		[error(40004, "isv.parameter-invalid:1"), "PLATFORM_REFUSED"],
		[error(50002, "isv.business-failed:20309541"), "PLATFORM_REFUSED"],
		[error(10001), "PLATFORM_REFUSED"],
		[error(90000), "PLATFORM_REFUSED"],
		[error(12345), "PLATFORM_REFUSED"],
		[error("60000"), "PLATFORM_RATE_LIMITED"],
	])("%s inside HTTP 200 is %s", (body, type) => {
		expect(() => read(200, body)).toThrow(expect.objectContaining({ type }));
	});

	it.each([
		[429, "", "PLATFORM_RATE_LIMITED"],
		[502, "<html>Bad Gateway</html>", "PLATFORM_BAD_RESPONSE"],
		[500, '{"code":10000,"data":{}}', "PLATFORM_BAD_RESPONSE"],
		[200, '{"code":10000,"da', "PLATFORM_BAD_RESPONSE"], // cut short
		[200, '{"err_no":0,"data":{}}', "PLATFORM_BAD_RESPONSE"],
	])("http %i %s is %s", (status, body, type) => {
		expect(() => read(status, body)).toThrow(expect.objectContaining({ type }));
	});

	it("whose data has another form cannot be read", () => {
		const bad = expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" });
		expect(() => recordOf(method, ok("[]"))).toThrow(bad);
		expect(() => rowsOf(method, ok("{}"))).toThrow(bad);
		expect(() => rowsOf(method, ok('{"items":[1]}'), "items")).toThrow(bad);
		expect(() => totalOf(method, ok('{"total":-1}'))).toThrow(bad);
	});

	it("says the platform's own words, and no more than 200 of its signs", () => {
		const refused = () => read(200, error(50002, "isv.business-failed:1", "订单不存在"));
		expect(refused).toThrow("订单不存在, isv.business-failed:1");
		expect(() => read(200, error(50002, "", "长".repeat(500)))).toThrow(/^[^长]*长{200}[^长]*$/);
	});

	it("is never quoted when it cannot be read", () => {
		expect(() => read(200, "王小明 13800001234")).toThrow(/^(?!.*王)(?!.*1380)/);
	});
});
