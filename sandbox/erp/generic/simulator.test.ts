import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callGeneric, genericAftersale, genericOrder } from "../../testing/generic-client.ts";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", {});
});

const post = (order: object) => callGeneric(sandbox.url, "POST", "/orders", order);

describe("the generic ERP", () => {
	it("takes the same order twice: it knows no uniqueness", async () => {
		const first = await post(genericOrder("A1"));
		const second = await post(genericOrder("A1"));
		expect([first.code, second.code]).toEqual([0, 0]);
		expect(first.data?.docNo).not.toBe(second.data?.docNo);
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{
				dialect: "generic",
				key: "A1",
				orderNo: "A1",
				accepted: 2,
				totalFen: 7805,
				lines: [
					{ sku: "CUP-BK-500", quantity: 2, totalFen: 6215 },
					{ sku: "LID-STD", quantity: 1, totalFen: 990 },
				],
			},
		]);
		const found = await callGeneric(sandbox.url, "GET", "/orders?orderNo=A1");
		expect(found.data?.docNos).toEqual([first.data?.docNo, second.data?.docNo]);
	});

	it("does not know what it has not taken", async () => {
		expect((await callGeneric(sandbox.url, "GET", "/orders?orderNo=A1")).code).toBe(1404);
	});

	it.each<[object, string]>([
		[{ orderNo: 4187263549012345 }, "orderNo"],
		[{ shopNo: "" }, "shopNo"],
		[{ placedAt: "2026-03-18 08:40:01" }, "placedAt"],
		[{ receiver: {} }, "receiver.name"],
		[{ lines: [] }, "lines"],
		[{ lines: [{ sku: "A", quantity: 0, amount: "1.00" }] }, "lines[0].quantity"],
		[{ lines: [{ sku: "A", quantity: 1, amount: 0.1 + 0.2 }] }, "lines[0].amount"],
		[{ freight: "6.001" }, "freight"],
		[{ total: "78.04" }, "total"],
	])("refuses %j naming the field", async (change, field) => {
		const answer = await post({ ...genericOrder("A1"), ...change });
		expect(answer.code).toBe(1001);
		expect(answer.message).toMatch(new RegExp(`^${field.replace(/[[\].]/g, "\\$&")} `));
		expect(await sandbox.truth("kind=documents")).toEqual([]);
	});

	it.each<Record<string, string>>([
		{ authorization: "Bearer no" },
		{ "x-timestamp": "1700000000" },
		{ "x-signature": "0" },
	])("refuses the headers %j", async (headers) => {
		expect((await callGeneric(sandbox.url, "POST", "/orders", genericOrder("A1"), headers)).code).toBe(1401);
		const counters = await sandbox.control<Record<string, { refusedSignatures: number }>>("GET", "counters");
		expect(counters["erp/generic"]?.refusedSignatures).toBe(1);
	});

	it("cancels what is not shipped", async () => {
		await post(genericOrder("A1"));
		const cancel = (orderNo: string, body: object = { reason: "refund" }) =>
			callGeneric(sandbox.url, "POST", `/orders/${orderNo}/cancel`, body);
		expect((await cancel("A1", {})).code).toBe(1001);
		expect((await cancel("A1")).code).toBe(0);
		expect((await cancel("A1")).code).toBe(0);
		expect((await callGeneric(sandbox.url, "GET", "/orders?orderNo=A1")).data?.cancelled).toBe(true);
		expect((await cancel("A2")).code).toBe(1404);
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{ kind: "order", key: "A1", accepted: 1, cancelled: true },
			{ kind: "cancel", key: "A1", accepted: 1 },
		]);
		const change = await callGeneric(sandbox.url, "PUT", "/orders/A1", genericOrder("A1"));
		expect(change).toMatchObject({ code: 1002, message: "the order has been cancelled" });
	});

	it("changes what is not shipped, and shows which version it was told", async () => {
		await post(genericOrder("A1"));
		const line = { sku: "CUP-BK-500", quantity: 1, amount: "31.08" };
		const changed = { ...genericOrder("A1"), version: 4, lines: [line], freight: "0", total: "31.08" };
		expect((await callGeneric(sandbox.url, "PUT", "/orders/A2", changed)).code).toBe(1001);
		expect((await callGeneric(sandbox.url, "PUT", "/orders/A1", changed)).code).toBe(0);
		expect((await callGeneric(sandbox.url, "GET", "/orders?orderNo=A1")).data?.version).toBe(4);
		const told = { key: "A1", totalFen: 3108, accepted: 1 };
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{ ...told, kind: "order" },
			{ ...told, kind: "change" },
		]);
	});

	it("takes an after-sale, and a newer version of it in its place", async () => {
		const give = (body: object) => callGeneric(sandbox.url, "POST", "/aftersales", body);
		const first = await give(genericAftersale("R1", "A1"));
		const later = await give({ ...genericAftersale("R1", "A1"), version: 2, refund: "37.08" });
		expect([first.code, later.code]).toEqual([0, 0]);
		expect(later.data?.docNo).toBe(first.data?.docNo);
		const found = await callGeneric(sandbox.url, "GET", "/aftersales?aftersaleNo=R1");
		expect(found.data).toMatchObject({ docNos: [first.data?.docNo], version: 2 });
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{ kind: "aftersale", key: "R1", orderNo: "A1", totalFen: 3708, accepted: 1, shipping: { state: "none" } },
		]);
	});

	it.each<[object, string]>([
		[{ type: "GIFT" }, "type"],
		[{ status: "" }, "status"],
		[{ orderNo: undefined }, "orderNo"],
		[{ lines: null }, "lines"],
		[{ lines: [{ sku: "A", quantity: 1, refund: "1.001" }] }, "lines[0].refund"],
		[{ refund: "31.07" }, "refund"],
		[{ version: "2" }, "version"],
	])("refuses an after-sale with %j naming the field", async (change, field) => {
		const answer = await callGeneric(sandbox.url, "POST", "/aftersales", {
			...genericAftersale("R1", "A1"),
			...change,
		});
		expect(answer.code).toBe(1001);
		expect(answer.message.startsWith(`${field} `)).toBe(true);
		expect(await sandbox.truth("kind=documents")).toEqual([]);
	});

	it("refuses under business-error and rate-limit, and takes nothing", async () => {
		await sandbox.control("POST", "faults", { target: "erp/generic", fault: "business-error", times: 1 });
		await sandbox.control("POST", "faults", { target: "erp/generic", fault: "rate-limit", times: 1 });
		expect((await post(genericOrder("A1"))).code).toBe(1429);
		expect((await post(genericOrder("A1"))).code).toBe(1002);
		expect(await sandbox.truth("kind=documents")).toEqual([]);
		expect((await post(genericOrder("A1"))).code).toBe(0);
	});
});
