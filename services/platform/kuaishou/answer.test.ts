import { describe, expect, it } from "vitest";
import { dataOf, listOf, successOf } from "./answer.ts";

const method = "open.order.detail";
const answer = (status: number, body: string) => ({ status, body, at: new Date() });
const read = (status: number, body: string) => successOf(method, answer(status, body));
const error = (result: number, error_msg = "") => JSON.stringify({ result, error_msg });

describe("an answer", () => {
	it("gives what is in data, with every digit of long numbers", () => {
		const body = '{"result":1,"error_msg":"SUCCESS","data":{"oid":2631500012345678901}}';
		expect(dataOf(method, answer(200, body))).toEqual({ oid: "2631500012345678901" });
	});

	it("gives a list, and an empty one where there is none", () => {
		expect(listOf(method, answer(200, '{"result":1,"data":[{"a":1}]}'))).toEqual([{ a: 1 }]);
		expect(listOf(method, answer(200, '{"result":1,"data":null}'))).toEqual([]);
	});

	it.each([
		[200, error(24, "AUTHORIZATION_REVOKED"), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(24), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(21, "TOKEN过期"), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(21, "鉴权失败"), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(26, "主账号不存在"), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(25, "token中无scope权限"), "PLATFORM_MISCONFIGURED"],
		[200, error(22), "PLATFORM_MISCONFIGURED"],
		[200, error(27, "验签失败"), "PLATFORM_MISCONFIGURED"],
		[200, error(28, "签名校验失败"), "PLATFORM_MISCONFIGURED"],
		[200, error(28, "timestamp与服务器时间相差过大"), "PLATFORM_UNREACHABLE"],
		[200, error(15), "PLATFORM_RATE_LIMITED"],
		[200, error(16), "PLATFORM_RATE_LIMITED"],
		[200, error(17), "PLATFORM_RATE_LIMITED"],
		[200, error(1016), "PLATFORM_RATE_LIMITED"],
		[200, error(1017, "[1017] exceed quota limit"), "PLATFORM_RATE_LIMITED"],
		[200, error(802000), "PLATFORM_RATE_LIMITED"],
		[200, error(99, "Exceed qps limit, KEY [a], MAX_QPS [100]"), "PLATFORM_RATE_LIMITED"],
		[429, "", "PLATFORM_RATE_LIMITED"],
		[200, error(21, "order operation reject"), "PLATFORM_REFUSED"],
		[200, error(21, "当前库存不足，请减少预留数量"), "PLATFORM_REFUSED"],
		[200, error(11, "运单号与快递公司不匹配"), "PLATFORM_REFUSED"],
		[200, error(300014, "已更新"), "PLATFORM_REFUSED"],
		[200, error(100200100), "PLATFORM_MISCONFIGURED"],
		[200, error(100200101, "unauthorized_client"), "PLATFORM_MISCONFIGURED"],
		[200, error(100200102, "refreshToken.discarded"), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(100200105), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(100200106, "invalid_scope"), "PLATFORM_MISCONFIGURED"],
		[200, error(100200500), "PLATFORM_UNREACHABLE"],
		[200, error(777777), "PLATFORM_REFUSED"],
		[500, '{"result":1,"data":{}}', "PLATFORM_BAD_RESPONSE"],
		[502, "<html>Bad Gateway</html>", "PLATFORM_BAD_RESPONSE"],
		[200, '{"result":1,"da', "PLATFORM_BAD_RESPONSE"], // cut short
		[200, '{"data":{}}', "PLATFORM_BAD_RESPONSE"],
	])("http %i %s is %s", (status, body, type) => {
		expect(() => read(status, body)).toThrow(expect.objectContaining({ type }));
	});

	it.each([
		["Exceed qps limit, KEY [a], MAX_QPS [100]", 1_000],
		["Exceed quota limit, KEY [a]", 300_000],
	])("says how long to wait: %s", (words, waitMs) => {
		const limited = expect.objectContaining({ data: expect.objectContaining({ waitMs }) });
		expect(() => read(200, error(16, words))).toThrow(limited);
	});

	it("says in the platform's own words why it refused", () => {
		const body = JSON.stringify({ result: 11, error_msg: "发货失败", sub_msg: "运单号已被使用" });
		expect(() => read(200, body)).toThrow(/发货失败, 运单号已被使用, result 11$/);
	});

	it("never quotes what it cannot read", () => {
		expect(() => read(200, "王小明 13800001234")).toThrow(/^(?!.*王)(?!.*1380)/);
		expect(() => dataOf(method, answer(200, '{"result":1,"data":"王小明"}'))).toThrow(/^(?!.*王)/);
	});
});
