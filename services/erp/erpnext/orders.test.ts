import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox, until } from "../../../sandbox/testing/running.ts";
import type { Connection, PushKind } from "../driver.ts";
import { errandOf, find, send } from "../exchange.ts";
import { erpnextCase, salesOrder } from "./case.ts";
import { erpnext } from "./driver.ts";

type Document = Record<string, unknown>;

let sandbox: RunningSandbox;
let connection: Connection;
beforeAll(async () => {
	sandbox = await runSandbox();
	connection = erpnextCase.connection(sandbox.url);
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", {});
	await sandbox.control("POST", "erp/erpnext", { autoShip: false, afterMs: 0, decide: "agree" });
});

const errand = () => errandOf(erpnext, connection, performance.now());
const give = async (kind: PushKind, document: Document) => (await send(errand(), kind, document)).outcome;
const look = async (kind: PushKind, document: Document) =>
	(await find(errand(), kind, String(document.custom_hub_no ?? document.po_no), document)).found;
const truth = () => sandbox.truth("kind=documents");
const orderRow = async () => (await truth())[0];

const order = salesOrder("A1", [[2, 33.33]], 0, "66.66");
const change = (version: number, yuan: number): Document => ({
	...salesOrder("A1", [[1, yuan]], 0, yuan.toFixed(2)),
	custom_hub_version: version,
});
const cancel = { po_no: "A1" };

/** What a person does in ERPNext. */
async function byHand(method: string, path: string, body: object): Promise<number> {
	const { key, secret } = connection.secrets;
	const headers = { authorization: `token ${key}:${secret}`, "content-type": "application/json" };
	const url = `${connection.url}/api/resource/${encodeURIComponent("Sales Order")}${path}`;
	return (await fetch(url, { method, headers, body: JSON.stringify(body) })).status;
}
async function ship(): Promise<void> {
	await sandbox.control("POST", "erp/erpnext", { autoShip: true });
	await until(orderRow, (row) => row?.shipping.state === "done");
}

describe("an order", () => {
	it("whose total ERPNext computes otherwise is cancelled at once, and can be sent again", async () => {
		const cut = salesOrder("A1", [[3, 33.333333]], 0, "100.00");
		expect(await give("order", cut)).toEqual({
			state: "REJECTED",
			reason: expect.stringMatching(/^TOTAL_DIFFERS: (\S+) does not come to 100.00; \1 is cancelled$/),
		});
		expect(await orderRow()).toMatchObject({ cancelled: true });
		expect(await look("order", cut)).toEqual({ state: "NOT_FOUND" });
		expect(
			await give(
				"order",
				salesOrder(
					"A1",
					[
						[2, 33.33],
						[1, 33.34],
					],
					0,
					"100.00",
				),
			),
		).toMatchObject({ state: "OK" });
		expect(await orderRow()).toMatchObject({ cancelled: false, totalFen: 10_000 });
	});

	it("that somebody cancelled there was there: it is not sent again", async () => {
		const { docNo } = (await give("order", order)) as { docNo: string };
		await byHand("PUT", `/${docNo}`, { docstatus: 2 });
		expect(await look("order", order)).toEqual({ state: "FOUND", docNo });
	});

	it("that stands there with another total is for a person to look at", async () => {
		await byHand("POST", "", { ...order, docstatus: 1 });
		expect(await look("order", salesOrder("A1", [[1, 20]], 0, "20.00"))).toEqual({
			state: "UNKNOWN",
			reason: expect.stringContaining("TOTAL_DIFFERS"),
		});
	});
});

describe("a change", () => {
	it("is an amendment of the last, each time it is told", async () => {
		const { docNo } = (await give("order", order)) as { docNo: string };
		expect(await give("change", change(2, 50))).toEqual({ state: "OK", docNo: `${docNo}-1` });
		expect(await give("change", change(3, 40))).toEqual({ state: "OK", docNo: `${docNo}-2` });
		expect(await orderRow()).toMatchObject({ accepted: 1, cancelled: false, totalFen: 4_000 });
		expect(await look("change", change(3, 40))).toEqual({ state: "FOUND", docNo: `${docNo}-2` });
		expect(await look("change", change(4, 40))).toEqual({ state: "NOT_FOUND" });
	});

	it("that is older than what stands there is there already", async () => {
		const { docNo } = (await give("order", order)) as { docNo: string };
		await give("change", change(5, 50));
		expect(await give("change", change(4, 30))).toEqual({ state: "OK", docNo: `${docNo}-1` });
		expect(await orderRow()).toMatchObject({ totalFen: 5_000 });
	});

	it("that ERPNext refuses after the old order was cancelled says so, and a later one goes on from there", async () => {
		await give("order", order);
		const wrong = {
			...change(2, 50),
			taxes: [{ charge_type: "On Net Total", account_head: "x", description: "x", tax_amount: 1 }],
		};
		expect(await give("change", wrong)).toEqual({
			state: "REJECTED",
			reason: expect.stringMatching(/Actual.*; ERPNEXT-\S+ is cancelled$/),
		});
		expect(await give("change", change(3, 40))).toMatchObject({ state: "OK" });
		expect(await orderRow()).toMatchObject({ accepted: 1, cancelled: false, totalFen: 4_000 });
	});

	it("never brings back an order that somebody cancelled", async () => {
		await give("order", order);
		await give("cancel", cancel);
		expect(await give("change", change(2, 50))).toEqual({
			state: "REJECTED",
			reason: expect.stringContaining("is cancelled"),
		});
		expect(await orderRow()).toMatchObject({ cancelled: true });
	});

	it("is refused for an order that is not there, and for one that has left, in the ERP's words", async () => {
		expect(await give("change", change(2, 50))).toEqual({ state: "REJECTED", reason: "no Sales Order of A1" });
		await give("order", order);
		await ship();
		expect(await give("change", change(2, 50))).toEqual({
			state: "REJECTED",
			reason: expect.stringMatching(/^LinkExistsError: .* is linked with Delivery Note MAT-DN-/),
		});
	});

	it("that was made is delivered as it is then", async () => {
		await give("order", order);
		await give("change", change(2, 50));
		await ship();
		expect(await orderRow()).toMatchObject({ totalFen: 5_000, shipping: { state: "done" } });
	});
});

describe("a cancel", () => {
	it("takes back every Sales Order of the number", async () => {
		await give("order", order);
		await byHand("POST", "", { ...order, docstatus: 1 });
		expect(await orderRow()).toMatchObject({ accepted: 2 });
		expect(await look("cancel", cancel)).toEqual({ state: "NOT_FOUND" });
		expect(await give("cancel", cancel)).toMatchObject({ state: "OK" });
		expect(await orderRow()).toMatchObject({ cancelled: true });
		expect(await look("cancel", cancel)).toMatchObject({ state: "FOUND" });
	});

	it("takes back an amended one, and is refused for one that has left or is not there", async () => {
		expect(await give("cancel", cancel)).toEqual({ state: "REJECTED", reason: "no Sales Order of A1" });
		const { docNo } = (await give("order", order)) as { docNo: string };
		await give("change", change(2, 50));
		expect(await give("cancel", cancel)).toEqual({ state: "OK", docNo: `${docNo}-1` });
		await sandbox.control("POST", "reset", {});
		await give("order", order);
		await ship();
		expect(await give("cancel", cancel)).toMatchObject({
			state: "REJECTED",
			reason: expect.stringContaining("Delivery Note"),
		});
		expect(await look("cancel", cancel)).toEqual({ state: "NOT_FOUND" });
	});
});

describe("an after-sale", () => {
	const goods = (number: string, pieces: number): Document => ({
		...erpnextCase.documents.aftersale?.(number, "A1"),
		items: [{ item_code: "CUP-BK-500", qty: -pieces, rate: 33.33, uom: "Nos", warehouse: "W" }],
		custom_hub_total: (-pieces * 33.33).toFixed(2),
	});

	it("returns goods against the note they left with, and no more than left", async () => {
		await give("order", order);
		await ship();
		expect(await give("aftersale", goods("R1", 2))).toMatchObject({ state: "OK" });
		expect(await give("aftersale", goods("R2", 1))).toEqual({
			state: "REJECTED",
			reason: expect.stringContaining("Cannot return more than 2 for Item CUP-BK-500"),
		});
		expect((await truth()).find(({ key }) => key === "R1")).toMatchObject({ accepted: 1, totalFen: 6_666 });
	});

	it("is money alone where nothing comes back", async () => {
		const credit = {
			...goods("R1", 1),
			doctype: "Sales Invoice",
			items: [{ item_code: "CUP-BK-500", qty: -1, rate: 5, uom: "Nos" }],
			custom_hub_total: "-5.00",
		};
		expect(await give("aftersale", credit)).toMatchObject({ state: "OK" });
		expect(await look("aftersale", credit)).toMatchObject({ state: "FOUND" });
		expect(await look("aftersale", { ...credit, doctype: "Delivery Note" })).toEqual({ state: "NOT_FOUND" });
	});

	it("that comes to another total is for a person to look at, and is not sent twice", async () => {
		const odd = { ...goods("R1", 1), custom_hub_total: "-33.34" };
		expect(await give("aftersale", odd)).toMatchObject({
			state: "IN_DOUBT",
			reason: expect.stringContaining("TOTAL_DIFFERS"),
		});
		expect(await look("aftersale", odd)).toMatchObject({ state: "UNKNOWN", reason: expect.stringContaining("-33.34") });
	});

	it("of a kind that has no document here names the doctype", async () => {
		const { doctype: _, ...without } = goods("R1", 1);
		expect(await give("aftersale", without)).toEqual({
			state: "REJECTED",
			reason: expect.stringContaining("doctype missing"),
		});
	});
});
