import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callGeneric, genericOrder } from "../testing/generic-client.ts";
import { type HubStub, startHubStub } from "../testing/hub-stub.ts";
import { callQimen, deliveryOrder } from "../testing/qimen-client.ts";
import { type RunningSandbox, runSandbox, until } from "../testing/running.ts";

let sandbox: RunningSandbox;
let hub: HubStub;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	hub = await startHubStub();
	await sandbox.control("POST", "reset", {});
	const access = { url: hub.url, clientId: "erp", clientSecret: "secret" };
	for (const dialect of ["generic", "qimen"]) {
		await sandbox.control("POST", `erp/${dialect}`, { autoShip: true, afterMs: 0, hub: access });
	}
});
afterEach(() => hub.close());

const take = (orderNo: string) =>
	callGeneric(sandbox.url, "POST", "/orders", genericOrder(orderNo, `taobao:s:${orderNo}`));
const settled = (states: string[]) =>
	until(
		() => sandbox.truth("kind=documents"),
		(rows) => rows.length > 0 && rows.every(({ shipping }) => states.includes(shipping.state)),
	);

describe("an ERP that ships by itself", () => {
	it("reports each document once, with the hub's order id and an idempotency key", async () => {
		await take("A1");
		await callQimen(sandbox.url, "deliveryorder.create", deliveryOrder("D1", "taobao:s:1"));
		const rows = await settled(["done"]);
		expect(hub.tokens).toBe(1);
		const calls = Object.fromEntries(hub.shipments.map((call) => [call.idempotencyKey, call]));
		expect(calls["A1:ship"]?.body.orderId).toBe("taobao:s:A1");
		expect(calls["D1:ship"]?.body).toEqual({
			orderId: "taobao:s:1",
			parcels: [{ carrier: "ZTO", trackingNo: rows[1]?.shipping.trackingNo }],
		});
		expect(hub.shipments).toHaveLength(2);
	});

	it("tries again, with the same key and parcel, until it knows", async () => {
		hub.answer = (call) => [503, null, 429, 201][call] ?? 500;
		await take("A1");
		const [row] = await settled(["done"]);
		expect(row?.shipping.attempts).toBe(4);
		expect(new Set(hub.shipments.map((call) => JSON.stringify([call.idempotencyKey, call.body]))).size).toBe(1);
	}, 15_000);

	it("takes a new token when the hub refuses the old one", async () => {
		hub.answer = (call) => (call === 0 ? 401 : 200);
		await take("A1");
		await settled(["done"]);
		expect(hub.shipments.map(({ authorization }) => authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
	});

	it("keeps a refusal for good, with its reason", async () => {
		hub.answer = () => 409;
		await take("A1");
		const [row] = await settled(["failed"]);
		expect(row?.shipping.answer).toContain('409 {"said":409}');
		expect(hub.shipments).toHaveLength(1);
	});

	it("never has more than eight calls in the air, and forgets none of a hundred documents", async () => {
		for (let batch = 0; batch < 100; batch += 10) {
			await Promise.all(Array.from({ length: 10 }, (_, at) => take(`A${batch + at}`)));
		}
		const rows = await settled(["done"]);
		expect(hub.mostAtOnce).toBeLessThanOrEqual(8);
		expect(new Set(hub.shipments.map((call) => call.idempotencyKey)).size).toBe(100);
		expect(hub.shipments).toHaveLength(100);
		expect(new Set(rows.map(({ shipping }) => shipping.trackingNo)).size).toBe(100);
	});

	it("does not ship what was cancelled, nor anything while it is told not to", async () => {
		await sandbox.control("POST", "erp/generic", { autoShip: false });
		await take("A1");
		await take("A2");
		await callGeneric(sandbox.url, "POST", "/orders/A1/cancel", { reason: "refund" });
		expect(hub.shipments).toEqual([]);
		await sandbox.control("POST", "erp/generic", { autoShip: true });
		await until(
			() => sandbox.truth("kind=documents"),
			(rows) => rows[1]?.shipping.state === "done",
		);
		expect(hub.shipments.map((call) => call.idempotencyKey)).toEqual(["A2:ship"]);
	});

	it("refuses to cancel what has left", async () => {
		await take("A1");
		await settled(["done"]);
		expect((await callGeneric(sandbox.url, "POST", "/orders/A1/cancel", { reason: "refund" })).code).toBe(1002);
	});
});
