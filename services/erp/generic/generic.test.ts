import { describe, expect, it } from "vitest";
import type { Connection, ErpAnswer, ErpRequest, KindDriver } from "../driver.ts";
import type { ErpStep } from "../steps.ts";
import { readCancelled, readChanged, readFound, readTaken } from "./answers.ts";
import { generic } from "./driver.ts";
import { sign } from "./sign.ts";

it("signs timestamp and body", () => {
	// printf '1767294245\n{"a":1}' | openssl dgst -sha256 -hmac testsecret
	expect(sign("1767294245", '{"a":1}', "testsecret")).toBe(
		"8207c4a51f51516b67c4f0c1af83165a89cfcafbc2dff683fd50a2fb5df1d3c2",
	);
});

const connection = (settings: Record<string, string> = {}): Connection => ({
	id: "g",
	dialect: "generic",
	name: "",
	url: "http://erp.example/api/",
	settings: { shopNo: "S1", ...settings },
	secrets: { key: "k", secret: "s" },
});
const answer = (status: number, body: string): ErpAnswer => ({ status, headers: {}, body });
const unreadable = expect.objectContaining({ type: "ERP_UNREADABLE" });

describe("readTaken", () => {
	it.each([
		[200, '{"code":0,"data":{"docNo":"G1"}}', { state: "OK", docNo: "G1" }],
		[200, '{"code":1002,"message":"库存不足"}', { state: "REJECTED", reason: "1002 库存不足" }],
		[401, '{"code":1401,"message":"bad signature"}', { state: "REJECTED", reason: "1401 bad signature" }],
		[429, '{"code":1429,"message":"slower"}', { state: "IN_DOUBT", reason: "1429 slower" }],
		[200, '{"code":1500,"message":"busy"}', { state: "IN_DOUBT", reason: "1500 busy" }],
	])("http %i %s", (status, body, outcome) => {
		expect(readTaken(answer(status, body), connection(), true)).toEqual(outcome);
	});

	it.each([
		[200, '{"code":0,"data":{}}'],
		[200, '{"code":0,"da'],
		[404, "<html>not found</html>"],
		[200, "null"],
		[200, "{}"],
	])("http %i %s is no answer", (status, body) => {
		expect(() => readTaken(answer(status, body), connection(), true)).toThrow(unreadable);
	});
});

describe("readFound", () => {
	it.each([
		[200, '{"code":0,"data":{"docNos":["G1","G2"]}}', { state: "FOUND", docNo: "G1" }],
		[200, '{"code":1404,"message":"no order"}', { state: "NOT_FOUND" }],
		[404, '{"code":1404,"message":"no such path"}', { state: "UNKNOWN", reason: "1404 no such path" }],
		[200, '{"code":1002,"message":"refused"}', { state: "UNKNOWN", reason: "1002 refused" }],
	])("http %i %s", (status, body, found) => {
		expect(readFound(answer(status, body), connection())).toEqual(found);
	});

	it.each([
		[200, '{"code":0,"data":{"docNos":[]}}'],
		[200, "<html/>"],
	])("http %i %s is no answer", (status, body) => {
		expect(() => readFound(answer(status, body), connection())).toThrow(unreadable);
	});
});

describe("readCancelled and readChanged", () => {
	const found = '{"code":0,"data":{"docNos":["G1"],"cancelled":true,"version":7}}';
	const open = '{"code":0,"data":{"docNos":["G1"],"cancelled":false}}';

	it("take an order for cancelled, or changed, only when the ERP shows it as that", () => {
		expect(readCancelled(answer(200, found), connection())).toEqual({ state: "FOUND", docNo: "G1" });
		expect(readCancelled(answer(200, open), connection())).toEqual({ state: "NOT_FOUND" });
		expect(readChanged(answer(200, found), connection(), 7)).toEqual({ state: "FOUND", docNo: "G1" });
		expect(readChanged(answer(200, found), connection(), 8)).toEqual({ state: "NOT_FOUND" });
		expect(readChanged(answer(200, open), connection(), undefined)).toEqual({ state: "NOT_FOUND" });
	});
});

describe("an ERP of other words, connected by settings", () => {
	const settings = {
		pathOrders: "/v1/sales",
		pathOrderLookup: "/v1/sales/:no",
		pathCancel: "none",
		numberField: "head.billNo",
		requiredFields: "head.billNo,rows",
		codeField: "success",
		okCode: "true",
		notFoundCode: "empty",
		messageField: "error.text",
		docNoField: "result.id",
		foundField: "result",
		auth: "header",
		authHeader: "X-Token",
	};
	const document = { head: { billNo: "A 1" }, rows: [{}] };
	const first = (kind: "order" | "cancel", find = false): ErpRequest => {
		const { find: asking, send } = generic.kinds[kind] as KindDriver;
		const { value: step } = (find ? asking("A 1", document) : send(document)).next() as { value: ErpStep<unknown> };
		return step.request(connection(settings), new Date(), "");
	};

	it("is called at its addresses, with its key", () => {
		expect(first("order")).toEqual({
			method: "POST",
			url: "http://erp.example/api/v1/sales",
			headers: { "x-token": "k", "content-type": "application/json" },
			body: JSON.stringify(document),
		});
		expect(first("order", true)).toMatchObject({ method: "GET", url: "http://erp.example/api/v1/sales/A%201" });
		expect(() => first("cancel")).toThrow("settings.pathCancel is none");
	});

	it("is understood", () => {
		const at = connection(settings);
		expect(generic.kinds.order.numberOf(document, at.settings)).toBe("A 1");
		expect(generic.kinds.order.missing({ head: {}, rows: [] }, at.settings)).toEqual(["head.billNo", "rows"]);
		expect(readTaken(answer(200, '{"success":true,"result":{"id":7}}'), at, true)).toEqual({ state: "OK", docNo: "7" });
		const refused = answer(200, '{"success":false,"error":{"text":"无此商品"}}');
		expect(readTaken(refused, at, true)).toEqual({ state: "REJECTED", reason: "false 无此商品" });
		expect(readFound(answer(200, '{"success":true,"result":[]}'), at)).toEqual({ state: "NOT_FOUND" });
		expect(readFound(answer(200, '{"success":true,"result":["7"]}'), at)).toEqual({ state: "FOUND", docNo: "7" });
	});

	it("may go by HTTP statuses alone", () => {
		const at = connection({ codeField: "http", docNoField: "id", foundField: "id", auth: "bearer" });
		expect(readTaken(answer(201, '{"id":"7"}'), at, true)).toEqual({ state: "OK", docNo: "7" });
		expect(readTaken(answer(422, '{"message":"bad"}'), at, true)).toEqual({ state: "REJECTED", reason: "422 bad" });
		expect(readTaken(answer(409, "{}"), at, true)).toMatchObject({ state: "IN_DOUBT" });
		expect(readFound(answer(404, '{"message":"none"}'), at)).toEqual({ state: "NOT_FOUND" });
		expect(() => readFound(answer(404, "<html/>"), at)).toThrow(unreadable);
		expect(generic.needless?.(at.settings)).toEqual(["secret"]);
	});
});
