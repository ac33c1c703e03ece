import { describe, expect, it } from "vitest";
import { payloadOf } from "./answer.ts";

const at = new Date("2026-03-18T08:00:00Z"); // 16:00 in Beijing
const read = (status: number, body: string) => payloadOf("/channels/ec/order/get", { status, body, at });
const error = (errcode: number, more: object = {}) =>
	JSON.stringify({ errcode, errmsg: "no rid: 6731a0b2-1a2b3c4d-5e6f7a8b", ...more });

describe("an answer", () => {
	it("gives what stands beside the code, numbers to the last digit", () => {
		const body = '{"errcode":0,"errmsg":"ok","order":{"order_id":3720293415509954816}}';
		expect(read(200, body)).toMatchObject({ order: { order_id: "3720293415509954816" } });
	});

	it("gives a token, which comes without a code", () => {
		expect(read(200, '{"access_token":"t","expires_in":7200}')).toMatchObject({ access_token: "t" });
	});

	it.each([
		[200, error(-1), "PLATFORM_UNREACHABLE"],
		[200, error(40001), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(40014), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(41001), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(42001), "PLATFORM_TOKEN_EXPIRED"],
		[200, error(40013), "PLATFORM_MISCONFIGURED"],
		[200, error(40164), "PLATFORM_MISCONFIGURED"],
		[200, error(48001), "PLATFORM_MISCONFIGURED"],
		[403, "Forbidden", "PLATFORM_MISCONFIGURED"],
		[200, error(45009), "PLATFORM_RATE_LIMITED"],
		[200, error(45011), "PLATFORM_RATE_LIMITED"],
		[200, error(10021044), "PLATFORM_RATE_LIMITED"],
		[200, error(10021059), "PLATFORM_RATE_LIMITED"],
		[429, "", "PLATFORM_RATE_LIMITED"],
		[200, error(606006), "PLATFORM_BAD_RESPONSE"],
		[200, error(40097), "PLATFORM_REFUSED"],
		[200, error(10020001), "PLATFORM_REFUSED"],
		[200, error(12345), "PLATFORM_REFUSED"],
		[502, "<html>Bad Gateway</html>", "PLATFORM_BAD_RESPONSE"],
		[500, '{"errcode":0,"errmsg":"ok"}', "PLATFORM_BAD_RESPONSE"],
		[200, '{"errcode":0,"order":{"ord', "PLATFORM_BAD_RESPONSE"], // cut short
		[200, "{}", "PLATFORM_BAD_RESPONSE"],
	])("http %i %s is %s", (status, body, type) => {
		expect(() => read(status, body)).toThrow(expect.objectContaining({ type }));
	});

	it.each([
		["a day's quota lasts until midnight in Beijing", 45009, 8 * 3_600_000],
		["a minute's quota is soon free again", 45011, 1_000],
		["one order takes one refund a minute", 10021059, 60_000],
	])("says how long to wait: %s", (_why, code, waitMs) => {
		const limited = expect.objectContaining({ data: expect.objectContaining({ waitMs }) });
		expect(() => read(200, error(code))).toThrow(limited);
	});

	it("puts the trace beside the platform's words, and the carrier's words with them", () => {
		const refused = expect.objectContaining({
			message: "The platform refused: no, 账号余额不足, errcode 10025005",
			data: { method: "/channels/ec/order/get", code: "10025005", rid: "6731a0b2-1a2b3c4d-5e6f7a8b" },
		});
		expect(() => read(200, error(10025005, { delivery_error_msg: "账号余额不足" }))).toThrow(refused);
	});

	it("never quotes what it cannot read", () => {
		expect(() => read(200, "王小明 13800001234")).toThrow(/^(?!.*王)(?!.*1380)/);
	});
});
