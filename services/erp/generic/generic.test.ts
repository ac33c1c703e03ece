import { describe, expect, it } from "vitest";
import { generic } from "./driver.ts";
import { sign } from "./sign.ts";

it("signs timestamp and body", () => {
	// printf '1767294245\n{"a":1}' | openssl dgst -sha256 -hmac testsecret
	expect(sign("1767294245", '{"a":1}', "testsecret")).toBe(
		"8207c4a51f51516b67c4f0c1af83165a89cfcafbc2dff683fd50a2fb5df1d3c2",
	);
});

describe("readSend", () => {
	it.each([
		[200, '{"code":0,"data":{"docNo":"G1"}}', { state: "OK", docNo: "G1" }],
		[200, '{"code":1002,"message":"库存不足"}', { state: "REJECTED", reason: "1002 库存不足" }],
		[401, '{"code":1401,"message":"bad signature"}', { state: "REJECTED", reason: "1401 bad signature" }],
		[429, '{"code":1429,"message":"slower"}', { state: "IN_DOUBT", reason: "1429 slower" }],
		[200, '{"code":1500,"message":"busy"}', { state: "IN_DOUBT", reason: "1500 busy" }],
		[200, '{"code":0,"data":{}}', { state: "IN_DOUBT", reason: "ANSWER_UNREADABLE: no docNo" }],
		[200, '{"code":0,"da', { state: "IN_DOUBT", reason: "HTTP 200, ANSWER_UNREADABLE" }],
		[404, "<html>not found</html>", { state: "IN_DOUBT", reason: "HTTP 404, ANSWER_UNREADABLE" }],
		[200, "null", { state: "IN_DOUBT", reason: "HTTP 200, ANSWER_UNREADABLE" }],
	])("http %i %s", (status, body, outcome) => {
		expect(generic.readSend({ status, body })).toEqual(outcome);
	});
});

describe("readFound", () => {
	it.each([
		[200, '{"code":0,"data":{"docNos":["G1","G2"]}}', { state: "FOUND", docNo: "G1" }],
		[200, '{"code":1404,"message":"no order"}', { state: "NOT_FOUND" }],
		[404, '{"code":1404,"message":"no such path"}', { state: "UNKNOWN", reason: "1404 no such path" }],
		[200, '{"code":1002,"message":"refused"}', { state: "UNKNOWN", reason: "1002 refused" }],
		[200, '{"code":0,"data":{"docNos":[]}}', { state: "UNKNOWN", reason: "ANSWER_UNREADABLE" }],
		[200, "<html/>", { state: "UNKNOWN", reason: "HTTP 200, ANSWER_UNREADABLE" }],
	])("http %i %s", (status, body, found) => {
		expect(generic.readFound({ status, body })).toEqual(found);
	});
});
