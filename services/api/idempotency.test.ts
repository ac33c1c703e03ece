import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { KeptModel } from "./idempotency.ts";
import { type Behaviour, startTestbed, type Testbed } from "./testbed.ts";

const behaviour: Behaviour = {};
let bed: Testbed;
let erp: string;

beforeAll(async () => {
	bed = await startTestbed(behaviour);
	erp = await bed.tokenOfClient("erp-demo");
});
afterAll(() => bed.stop());
beforeEach(() => {
	bed.calls.length = 0;
	delete behaviour["shipment.accept"];
});

let count = 0;
const newKey = () => {
	count += 1;
	return `key-${count}`;
};
const ship = (key: string, body: object = { orderId: "1" }, token = erp) =>
	bed.send<object>("POST", "/erp/shipments", { token, body, headers: { "idempotency-key": key } });

describe("an ERP write with an Idempotency-Key", () => {
	it("sent again gets the same answer and is done once", async () => {
		const key = newKey();
		behaviour["shipment.accept"] = () => ({ at: Math.random() });
		const first = await ship(key);
		const second = await ship(key);
		expect([second.status, second.body]).toEqual([200, first.body]);
		expect([first, second].map(({ headers }) => headers.get("idempotency-replayed"))).toEqual([null, "true"]);
		expect(bed.calls).toHaveLength(1);
	});

	it("sent again with another body is refused", async () => {
		const key = newKey();
		await ship(key);
		const { status, body } = await ship(key, { orderId: "2" });
		expect([status, body]).toMatchObject([422, { type: "urn:order-hub:IDEMPOTENCY_MISMATCH" }]);
		expect(bed.calls).toHaveLength(1);
	});

	it("sent twice at once is done once; the other is asked to come back and then gets the answer", async () => {
		const key = newKey();
		const { promise: gate, resolve: open } = Promise.withResolvers<object>();
		behaviour["shipment.accept"] = () => gate;
		const both = [ship(key), ship(key)];
		const early = await Promise.race(both);
		expect([early.status, early.headers.get("retry-after")]).toEqual([503, "1"]);
		open({ done: "once" });
		const statuses = (await Promise.all(both)).map(({ status }) => status);
		expect(statuses.sort()).toEqual([200, 503]);
		expect((await ship(key)).body).toEqual({ done: "once" });
		expect(bed.calls).toHaveLength(1);
	});

	it.each([
		["NOT_FOUND", 404, 1],
		["CARRIER_UNKNOWN", 422, 1],
		["ORDER_HELD", 409, 2],
		["TOO_MANY_REQUESTS", 429, 2],
		["STORE_UNAVAILABLE", 503, 2],
		["INTERNAL", 500, 2],
	] as const)("that failed with %s (%i) and is sent again is tried %i time(s)", async (type, status, tries) => {
		const key = newKey();
		behaviour["shipment.accept"] = () => {
			throw hubError(type);
		};
		const first = await ship(key);
		const second = await ship(key);
		expect([first.status, second.status]).toEqual([status, status]);
		if (tries === 1) expect(second.body).toEqual(first.body);
		expect(bed.calls).toHaveLength(tries);
	});

	it("whose first answer died with its process is done again when its claim has run out", async () => {
		const key = newKey();
		await ship(key);
		await KeptModel.updateOne({ _id: `client:erp-demo|${key}` }, { $set: { answer: null } });
		expect((await ship(key)).status).toBe(503);
		await KeptModel.updateOne({ _id: `client:erp-demo|${key}` }, { $set: { leaseUntil: new Date(0) } });
		expect((await ship(key)).status).toBe(200);
		expect(bed.calls).toHaveLength(2);
	});

	it("shares its key with no other client", async () => {
		const key = newKey();
		const other = await bed.tokenOfClient("erp-other");
		await ship(key);
		expect((await ship(key, { orderId: "2" }, other)).status).toBe(200);
		expect(bed.calls).toHaveLength(2);
	});

	it("is refused when the key is empty or too long", async () => {
		expect((await ship("x".repeat(201))).body).toMatchObject({ errors: [{ field: "Idempotency-Key" }] });
		expect(bed.calls).toHaveLength(0);
	});

	it("is not done for someone who may not", async () => {
		const viewer = await bed.tokenOfRole("viewer");
		expect((await ship(newKey(), {}, viewer)).status).toBe(403);
		expect(bed.calls).toHaveLength(0);
	});
});
