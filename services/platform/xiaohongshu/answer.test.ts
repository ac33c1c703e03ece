import { describe, expect, it } from "vitest";
import { acceptedAnswer, payloadOf } from "./answer.ts";

const method = "order.getOrderDetail";
const at = new Date();
const read = (status: number, body: string) => payloadOf(method, { status, body, at }, "orderId");
const older = (error_code: number, error_msg: string) =>
	JSON.stringify({ error_code, error_msg, success: false, data: null });
const newer = (code: number, msg: string) => JSON.stringify({ code, msg, success: false });

describe("an answer", () => {
	it.each([
		'{"error_code":0,"error_msg":"","success":true,"data":{"orderId":"P1"}}',
		'{"error_code":0,"success":true,"data":{"data":{"orderId":"P1"}}}',
		'{"code":200,"msg":"ok","success":true,"data":{"orderId":"P1"}}',
	])("gives its payload, wherever it stands: %s", (body) => {
		expect(read(200, body)).toEqual({ orderId: "P1" });
	});

	it("may say nothing but that it was done", () => {
		expect(() =>
			acceptedAnswer(method, { status: 200, body: '{"error_code":0,"success":true,"data":null}', at }),
		).not.toThrow();
	});

	it.each([
		[200, older(401, "根据accessToken和appId获取mercuryUser失败：accessToken expired"), "PLATFORM_TOKEN_EXPIRED"],
		[200, newer(401, "根据accessToken和appId获取mercuryUser失败：accessToken expired"), "PLATFORM_TOKEN_EXPIRED"],
		[200, older(401, "应用无权限调用该接口"), "PLATFORM_MISCONFIGURED"],
		[200, newer(401, "该运单已有物流轨迹"), "PLATFORM_REFUSED"],
		[200, older(401, "签名验证失败"), "PLATFORM_MISCONFIGURED"],
		[200, older(401, "appId不存在"), "PLATFORM_MISCONFIGURED"],
		[200, older(-1, "timestamp已过期"), "PLATFORM_UNREACHABLE"],
		[200, older(-9013, "接口限流"), "PLATFORM_RATE_LIMITED"],
		[200, older(-2000702, "额度服务异常"), "PLATFORM_UNREACHABLE"],
		[200, older(-2000701, "解密额度已用完"), "PLATFORM_REFUSED"],
		[200, newer(504, "网络异常"), "PLATFORM_UNREACHABLE"],
		[200, older(50209, "订单不存在"), "PLATFORM_REFUSED"],
		[200, '{"error_code":0,"success":false,"data":null}', "PLATFORM_BAD_RESPONSE"],
		[200, '{"error_code":0,"success":true,"data":null}', "PLATFORM_BAD_RESPONSE"],
		[200, '{"error_code":0,"success":true,"data":{"other":1}}', "PLATFORM_BAD_RESPONSE"],
		[200, '{"error_code":0,"success":true,"data":{"order', "PLATFORM_BAD_RESPONSE"], // cut short
		[200, '{"padding":"x"}', "PLATFORM_BAD_RESPONSE"],
		[500, '{"error_code":0,"success":true,"data":{"orderId":"P1"}}', "PLATFORM_BAD_RESPONSE"],
		[502, "<html>Bad Gateway</html>", "PLATFORM_BAD_RESPONSE"],
		[429, "", "PLATFORM_RATE_LIMITED"],
	])("http %i %s is %s", (status, body, type) => {
		expect(() => read(status, body)).toThrow(expect.objectContaining({ type }));
	});

	it("keeps the platform's words, and its number", () => {
		expect(() => read(200, older(50209, "订单已发货"))).toThrow(/订单已发货, code 50209/);
	});

	it("never quotes what it cannot read", () => {
		expect(() => read(200, "王小明 13800001234")).toThrow(/^(?!.*王)(?!.*1380)/);
	});
});
