import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startSandbox } from "../../server.ts";
import { type RunningSandbox, runSandbox, until } from "../../testing/running.ts";
import { erpnext } from "./simulator.ts";

const { key, secret } = erpnext.credentials;
const token = `token ${key}:${secret}`;

interface Reply {
	status: number;
	data: Record<string, unknown> & Record<string, unknown>[];
	exc_type?: string;
	exception?: string;
	_server_messages?: string;
}

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", {});
	await sandbox.control("POST", "erp/erpnext", { autoShip: false, afterMs: 0, decide: "agree" });
});

async function call(
	method: string,
	path: string,
	body?: object,
	authorization = token,
	at = sandbox.url,
): Promise<Reply> {
	const url = `${at}/erp/erpnext/api/resource/${path}`;
	const response = await fetch(url, { method, headers: { authorization }, body: body && JSON.stringify(body) });
	return { status: response.status, ...((await response.json()) as Omit<Reply, "status">) };
}
const list = (doctype: string, query: Record<string, unknown>) => {
	const params = Object.entries(query).map(([name, value]): [string, string] => [
		name,
		typeof value === "string" ? value : JSON.stringify(value),
	]);
	return call("GET", `${encodeURIComponent(doctype)}?${new URLSearchParams(params)}`);
};
const insert = (document: object) => call("POST", "Sales%20Order", document);
const truth = () => sandbox.truth("kind=documents");

function order(po_no = "A1"): Record<string, unknown> {
	const item = { uom: "Nos", delivery_date: "2026-01-04", warehouse: "W - C" };
	return {
		...{ po_no, docstatus: 1, naming_series: "SAL-ORD-.YYYY.-", customer: "C", order_type: "Sales", company: "Co" },
		...{ transaction_date: "2026-01-02", delivery_date: "2026-01-04", currency: "CNY", conversion_rate: 1 },
		selling_price_list: "Standard Selling",
		items: [
			{ ...item, item_code: "CUP", qty: 2, rate: 33.33, custom_line_id: "1" },
			{ ...item, item_code: "CUP", qty: 1, rate: 33.34, custom_line_id: "1" },
			{ ...item, item_code: "LID", qty: 1, rate: 0, discount_percentage: 100, custom_line_id: "2" },
		],
		taxes: [{ charge_type: "Actual", account_head: "Freight - C", description: "运费", tax_amount: 6 }],
		custom_hub_order_id: "taobao:s:A1",
	};
}

describe("ERPNext", () => {
	it("takes the same order twice, with a warning: it knows no uniqueness", async () => {
		const first = await insert(order());
		const second = await insert(order());
		expect([first.status, second.status]).toEqual([200, 200]);
		expect(first.data.name).not.toBe(second.data.name);
		expect(second._server_messages).toContain("already exists against Customer's Purchase Order A1");
		expect(await truth()).toMatchObject([
			{
				...{ dialect: "erpnext", kind: "order", key: "A1", hubOrderId: "taobao:s:A1", accepted: 2, totalFen: 10_600 },
				lines: [
					{ sku: "CUP", quantity: 3, totalFen: 10_000 },
					{ sku: "LID", quantity: 1, totalFen: 0 },
				],
			},
		]);
		const filters = [["po_no", "=", "A1"]];
		const found = await list("Sales Order", { filters, fields: ["name", "docstatus"], order_by: "creation asc" });
		expect(found.data).toEqual([
			{ name: first.data.name, docstatus: 1 },
			{ name: second.data.name, docstatus: 1 },
		]);
	});

	it("computes amounts by itself: rates have two decimals, and none at all takes the list price", async () => {
		const item = { item_code: "CUP", uom: "Nos", delivery_date: "2026-01-04", warehouse: "W" };
		const cut = await insert({ ...order("A1"), items: [{ ...item, qty: 3, rate: 33.333333 }], taxes: [] });
		expect(cut.data.grand_total).toBe(99.99);
		const listed = await insert({ ...order("A2"), items: [{ ...item, qty: 1, rate: 0 }], taxes: [] });
		expect(listed.data.grand_total).toBe(99);
	});

	it.each<[string, object]>([
		["MandatoryError: [Sales Order, new]: customer", { customer: "" }],
		["MandatoryError: [Sales Order, new]: po_no", { po_no: undefined }],
		["MandatoryError: [Sales Order, new]: items", { items: [] }],
		[
			"MandatoryError: [Sales Order Item, new]: warehouse",
			{ items: [{ ...(order().items as object[])[0], warehouse: "" }] },
		],
		["ValidationError: transaction_date must be a date", { transaction_date: "2026/01/02" }],
		["ValidationError: Row #1: rate must be a number", { items: [{ ...(order().items as object[])[0], rate: "x" }] }],
		["ValidationError: This sandbox takes submitted", { docstatus: 0 }],
	])("refuses with %s", async (words, change) => {
		const answer = await insert({ ...order(), ...change });
		expect(answer.status).toBe(417);
		expect(answer.exception).toContain(words);
		expect(await truth()).toEqual([]);
	});

	it("refuses a wrong token, a field that nobody made, and a document that is not there", async () => {
		const wrong = await call("GET", "Sales%20Order", undefined, `token ${key}:no`);
		expect([wrong.status, wrong.exc_type]).toEqual([401, "AuthenticationError"]);
		const unknown = await list("Sales Order", { fields: ["custom_colour"] });
		expect([unknown.status, unknown.exception]).toEqual([417, expect.stringContaining("custom_colour")]);
		const absent = await call("PUT", "Sales%20Order/ERPNEXT-00000001-1", { docstatus: 2 });
		expect([absent.status, absent.exc_type]).toEqual([404, "DoesNotExistError"]);
	});

	it("cancels a submitted order once, and amends only a cancelled one, once", async () => {
		const { name } = (await insert(order())).data;
		const early = await insert({ ...order(), amended_from: name });
		expect(early.exception).toContain("must be cancelled before");
		const cancelled = await call("PUT", `Sales%20Order/${name}`, { docstatus: 2, custom_hub_replaced_by: "2" });
		expect(cancelled.data).toMatchObject({ docstatus: 2, custom_hub_replaced_by: "2" });
		expect((await call("PUT", `Sales%20Order/${name}`, { docstatus: 2 })).exception).toContain("cancelled document");
		expect(await truth()).toMatchObject([{ kind: "order", cancelled: true }]);

		const amended = await insert({ ...order(), amended_from: name, custom_hub_version: 2 });
		expect(amended.data).toMatchObject({ name: `${name}-1`, amended_from: name, docstatus: 1 });
		const again = await insert({ ...order(), amended_from: name });
		expect([again.status, again.exc_type]).toEqual([409, "DuplicateEntryError"]);
		expect(await truth()).toMatchObject([
			{ kind: "order", cancelled: false, accepted: 1 },
			{ kind: "change", accepted: 1 },
		]);
	});

	it("refuses to cancel what is picked or has left", async () => {
		const { name } = (await insert(order())).data;
		await sandbox.control("POST", "erp/erpnext", { decide: "refuse" });
		expect((await call("PUT", `Sales%20Order/${name}`, { docstatus: 2 })).exc_type).toBe("LinkExistsError");
		expect(await truth()).toMatchObject([{ cancelled: false }]);
		await sandbox.control("POST", "erp/erpnext", { autoShip: true, decide: "agree" });
		await until(truth, ([row]) => row?.shipping.state === "done");
		const refused = await call("PUT", `Sales%20Order/${name}`, { docstatus: 2 });
		expect(refused.exception).toContain("is linked with Delivery Note");
	});

	it("tells nobody of what has left: it is a Delivery Note to be read", async () => {
		await sandbox.control("POST", "erp/erpnext", { autoShip: true });
		const { name } = (await insert(order())).data;
		const [row] = await until(truth, ([first]) => first?.shipping.state === "done");
		const notes = await list("Delivery Note", {
			filters: [["lr_no", "is", "set"]],
			fields: ["name", "lr_no", "transporter_name"],
		});
		expect(notes.data).toMatchObject([{ lr_no: row?.shipping.trackingNo, transporter_name: row?.shipping.carrier }]);
		const items = await list("Delivery Note Item", {
			parent: "Delivery Note",
			filters: [["parent", "in", [notes.data[0]?.name]]],
			fields: ["item_code", "qty", "against_sales_order"],
			order_by: "idx asc",
		});
		expect(items.data).toEqual([
			{ item_code: "CUP", qty: 3, against_sales_order: name },
			{ item_code: "LID", qty: 1, against_sales_order: name },
		]);
	});

	it("knows after a restart which of its orders are cancelled", async () => {
		const dir = await mkdtemp(join(tmpdir(), "sandbox-"));
		const before = await startSandbox({ port: 0, bind: "127.0.0.1", dir });
		const made = await call("POST", "Sales%20Order", order(), token, before.url);
		await call("PUT", `Sales%20Order/${made.data.name}`, { docstatus: 2 }, token, before.url);
		await before.close();
		const after = await startSandbox({ port: 0, bind: "127.0.0.1", dir });
		const amended = await call("POST", "Sales%20Order", { ...order(), amended_from: made.data.name }, token, after.url);
		expect(amended.data.name).toBe(`${made.data.name}-1`);
		await after.close();
		await rm(dir, { recursive: true });
	});
});
