import { describe, expect, it } from "vitest";
import type { ErpAnswer } from "../driver.ts";
import type { ErpStep } from "../steps.ts";
import { qimen } from "./driver.ts";
import { isCancelled, readFound, readTaken } from "./responses.ts";
import { sign } from "./sign.ts";
import { readResponse, writeRequest } from "./xml.ts";

const prolog = '<?xml version="1.0" encoding="utf-8"?>';

describe("sign", () => {
	const params = {
		app_key: "10001",
		customerId: "C100",
		format: "xml",
		method: "taobao.qimen.deliveryorder.create",
		sign_method: "md5",
		timestamp: "2026-01-02 03:04:05",
		v: "2.0",
	};

	it.each([
		[`${prolog}<request><a>1</a></request>`, "7C99B1D3904B3F8650D237C9662525CB"],
		["", "20BA1D326E4151F97956879A9288F525"],
	])("signs the parameters and the body %j", (body, signature) => {
		expect(sign(params, body, "testsecret")).toBe(signature);
	});

	it("does not depend on the order of the parameters", () => {
		const reversed = Object.fromEntries(Object.entries(params).reverse());
		expect(sign(reversed, "", "testsecret")).toBe("20BA1D326E4151F97956879A9288F525");
	});
});

describe("writeRequest", () => {
	it("repeats an element for each item of a list, one item too", () => {
		const lines = (count: number) => ({
			lines: { line: Array.from({ length: count }, (_, n) => ({ no: String(n) })) },
		});
		expect(writeRequest(lines(1))).toBe(`${prolog}<request><lines><line><no>0</no></line></lines></request>`);
		expect(writeRequest(lines(2))).toContain("<line><no>0</no></line><line><no>1</no></line>");
	});

	it("leaves out what is empty, and writes what XML would take for its own as text", () => {
		const written = writeRequest({ memo: `<b>&"'`, town: "", oaid: undefined, area: null, bell: "a\u0007b\ud800" });
		expect(written).toBe(`${prolog}<request><memo>&lt;b&gt;&amp;&quot;&apos;</memo><bell>ab\ufffd</bell></request>`);
	});
});

describe("readResponse", () => {
	it("keeps numbers as text and reads references to characters", () => {
		const body = "<response><code>007</code><id>1234567890123456789</id><message>&#24211;&lt;</message></response>";
		expect(readResponse(body)).toEqual({ code: "007", id: "1234567890123456789", message: "库<" });
	});

	it.each(["", "OK", "<response><flag>succ", "<html><body/></html>", "<!DOCTYPE a [<!ENTITY b 'c'>]><response/>"])(
		"does not take %j for an answer",
		(body) => {
			expect(readResponse(body)).toBeUndefined();
		},
	);
});

const failure = (code: string, message: string): string =>
	`<response><flag>failure</flag><code>${code}</code><message>${message}</message></response>`;
const answer = (status: number, body: string): ErpAnswer => ({ status, headers: {}, body });
const unreadable = expect.objectContaining({ type: "ERP_UNREADABLE" });

describe("readTaken", () => {
	it.each([
		[200, failure("S003", "库存不足"), "REJECTED", "S003 库存不足"],
		[200, failure("S001", "发货单号已存在"), "IN_DOUBT", "S001 发货单号已存在"],
		[200, failure("DUPLICATE_ORDER", "exists already"), "IN_DOUBT", "DUPLICATE_ORDER exists already"],
		[200, failure("C9", "订单已取消"), "IN_DOUBT", "C9 订单已取消"],
		[200, failure("isp.flow-limit", "too many calls"), "IN_DOUBT", "isp.flow-limit too many calls"],
		[429, failure("limit", "slower"), "IN_DOUBT", "limit slower"],
		[403, failure("sign-check-failure", "Illegal request"), "REJECTED", "sign-check-failure Illegal request"],
	])("http %i %s is %s", (status, body, state, reason) => {
		expect(readTaken(answer(status, body), "orderId")).toEqual({ state, reason });
	});

	it.each([
		[200, "<html/>"],
		[404, "not found"],
	])("http %i %s is no answer", (status, body) => {
		expect(() => readTaken(answer(status, body), "orderId")).toThrow(unreadable);
	});

	it("takes the warehouse's own number", () => {
		const body = "<response><flag>success</flag><code>0</code><deliveryOrderId>W1</deliveryOrderId></response>";
		expect(readTaken(answer(200, body), "deliveryOrderId")).toEqual({ state: "OK", docNo: "W1" });
	});
});

describe("readFound", () => {
	it.each([
		[failure("S404", "单据不存在"), { state: "NOT_FOUND" }],
		[failure("S500", "系统繁忙"), { state: "UNKNOWN", reason: "S500 系统繁忙" }],
		[
			"<response><flag>success</flag><orderProcess><orderCode>1</orderCode></orderProcess></response>",
			{ state: "FOUND", docNo: "1" },
		],
	])("%s", (body, found) => {
		expect(readFound(answer(200, body))).toEqual(found);
	});

	it.each(["<response><flag>success</flag></response>", "<response><flag>suc"])("%s is no answer", (body) => {
		expect(() => readFound(answer(200, body))).toThrow(unreadable);
	});
});

describe("isCancelled", () => {
	const processes = (...statuses: string[]): string => {
		const each = statuses.map((status) => `<process><processStatus>${status}</processStatus></process>`).join("");
		return `<response><flag>success</flag><orderProcess><orderCode>1</orderCode><processes>${each}</processes></orderProcess></response>`;
	};

	it.each([
		[processes("ACCEPT", "CANCELED"), { state: "FOUND", docNo: "1" }],
		[processes("CANCELED"), { state: "FOUND", docNo: "1" }],
		[processes("ACCEPT", "PICK"), { state: "NOT_FOUND" }],
		[processes(), { state: "NOT_FOUND" }],
		[failure("S404", "单据不存在"), { state: "NOT_FOUND" }],
	])("%s", (body, found) => {
		expect(isCancelled(answer(200, body))).toEqual(found);
	});
});

it("asks for an exchange as an exchange", () => {
	const document = { deliveryOrder: { deliveryOrderCode: "E1", orderType: "HHCK" } };
	const { value: step } = qimen.kinds.order.find("E1", document).next() as { value: ErpStep<unknown> };
	const connection = { id: "q", dialect: "qimen", name: "", url: "http://wms.example", settings: {}, secrets: {} };
	expect(step.request(connection, new Date(), "").body).toContain("<orderType>HHCK</orderType>");
});
