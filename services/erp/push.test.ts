import { describe, expect, it, vi } from "vitest";
import { genericCase, qimenCase } from "./dialect-cases.ts";
import { errandOf, send } from "./exchange.ts";
import { type Push, PushModel } from "./push.model.ts";
import {
	acceptedTimes,
	broker,
	fault,
	fences,
	idOf,
	nextNumber,
	notReady,
	orderIdOf,
	push,
	repushed,
	sandbox,
	settled,
	stored,
	told,
	usePushBed,
} from "./push-bed.ts";
import type { PushSummary } from "./push-summary.ts";

usePushBed();

describe.each([
	["qimen", qimenCase],
	["generic", genericCase],
])("a push to %s", (_name, dialect) => {
	it("brings the document in once, however often it is asked for", async () => {
		const number = nextNumber();
		const results = await Promise.all(Array.from({ length: 8 }, () => push(dialect, number)));
		expect(results.filter(({ state }) => state === "OK").length).toBeGreaterThan(0);
		expect(results.every(({ state }) => state === "OK" || state === "IN_DOUBT")).toBe(true);
		const again = await push(dialect, number);
		expect(again).toMatchObject({ state: "OK", pushId: idOf(dialect, number) });
		expect(await acceptedTimes(dialect, [number])).toEqual([1]);

		const { body } = await told(number, "hub.push.done");
		expect(body).toMatchObject({ pushId: again.pushId, docNo: again.docNo, orderId: orderIdOf(number), fence: 7 });
		const { sends, attempts, nextAt, shopId } = await stored(dialect, number);
		expect({ sends, calls: attempts.length, nextAt, shopId }).toEqual({
			sends: 1,
			calls: 1,
			nextAt: undefined,
			shopId: "shop-1",
		});
	});

	it("settles every doubt by asking first, and leaves one document", async () => {
		const faults = ["reset", "reset-after-accept", "status:500", "garbage", "cut-json", "huge:6", "rate-limit"];
		const numbers: string[] = [];
		for (const name of faults) {
			const number = nextNumber();
			numbers.push(number);
			await fault(dialect, name);
			expect(await push(dialect, number)).toMatchObject({ state: "IN_DOUBT", docNo: "" });
			await told(number, "hub.push.doubtful");
		}
		for (const number of numbers) {
			const { docNo, reason } = await settled(dialect, number, "OK");
			expect({ docNo, reason }).toEqual({ docNo: expect.stringMatching(/./), reason: "" });
			await told(number, "hub.push.done");
		}
		expect(await acceptedTimes(dialect, numbers)).toEqual(faults.map(() => 1));
	});

	it("shows a refusal in the ERP's words, and sends what is put right", async () => {
		const number = nextNumber();
		await fault(dialect, "business-error");
		const refused = await push(dialect, number);
		expect(refused).toMatchObject({ state: "REJECTED", reason: expect.stringContaining("库存不足") });
		expect((await told(number, "hub.push.rejected")).body.reason).toBe(refused.reason);
		expect(await push(dialect, number)).toMatchObject({ state: "OK" });
		expect(await acceptedTimes(dialect, [number])).toEqual([1]);
	});

	it("refuses a connection to an address that is not allowed in words that name the setting, and sends it when put right", async () => {
		const number = nextNumber();
		const { url } = dialect.connection(sandbox.url);
		const { id } = dialect.connection(url);
		await broker.call("connection.update", { id, url: url.replace("127.0.0.1", "127.0.0.2") }); // test/env.ts allows .1
		const refused = await push(dialect, number);
		expect(refused).toMatchObject({
			state: "REJECTED",
			reason: expect.stringMatching(/^EGRESS_REFUSED: .*HUB_EGRESS_ALLOW.*127\.0\.0\.2:\d+$/),
		});
		const { attempts, sends, nextAt } = await stored(dialect, number);
		expect({ calls: attempts.map(({ outcome }) => outcome), sends, nextAt }).toEqual({
			calls: ["REJECTED"],
			sends: 0,
			nextAt: undefined,
		});
		await broker.call("connection.update", { id, url });
		expect(await push(dialect, number)).toMatchObject({ state: "OK" });
		expect(await acceptedTimes(dialect, [number])).toEqual([1]);
	});

	it("leaves exactly one document wherever a sender died", async () => {
		const connection = dialect.connection(sandbox.url);
		const dead = { by: "flow:test", traceId: "t", nextAt: new Date(0), turn: 3 };
		const numbers = { written: nextNumber(), sent: nextNumber(), asking: nextNumber(), waiting: nextNumber() };
		const sentBefore = async (number: string): Promise<void> => {
			const errand = errandOf(dialect.driver, connection, performance.now());
			expect((await send(errand, "order", dialect.document(number))).outcome.state).toBe("OK");
		};
		await sentBefore(numbers.sent);
		await sentBefore(numbers.asking);
		const left = (number: string, state: Push["state"]): Partial<Push> => ({
			_id: idOf(dialect, number),
			connectionId: connection.id,
			kind: "order",
			orderId: orderIdOf(number),
			orderNo: number,
			number,
			state,
			document: dialect.document(number),
			...dead,
		});
		await PushModel.create([
			left(numbers.written, "SENDING"), // after the write, before the call
			left(numbers.sent, "SENDING"), // after the call, before its outcome was written
			left(numbers.asking, "IN_DOUBT"),
			left(numbers.waiting, "PENDING"),
		]);
		for (const number of Object.values(numbers)) await settled(dialect, number, "OK");
		expect(await acceptedTimes(dialect, Object.values(numbers))).toEqual([1, 1, 1, 1]);
	}, 60_000);
});

describe("a push", () => {
	it("is held back while the order is held, and goes with the next call once it is let go", async () => {
		const number = nextNumber();
		notReady.set(orderIdOf(number), { status: "WAIT_SHIP", holds: [{ reason: "REFUND_APPLIED" }] });
		const reason = "ORDER_HELD: REFUND_APPLIED";
		expect(await push(genericCase, number)).toMatchObject({ state: "PARKED", reason });
		await told(number, "hub.push.parked");
		expect(await acceptedTimes(genericCase, [number])).toEqual([0]);
		notReady.clear();
		expect(await push(genericCase, number)).toMatchObject({ state: "OK", reason: "" });
	});

	it("has the order offered anew when it was let go while the push was being parked", async () => {
		const number = nextNumber();
		notReady.set(orderIdOf(number), { status: "CLOSED", holds: [] });
		expect(await push(genericCase, number)).toMatchObject({ state: "PARKED", reason: "ORDER_NOT_READY: CLOSED" });
		notReady.clear();
		await vi.waitFor(() => expect(repushed).toEqual([orderIdOf(number)]), { timeout: 5_000 });
		const { state, nextAt } = await vi.waitFor(async () => {
			const found = await stored(genericCase, number);
			expect(found.nextAt).toBeUndefined();
			return found;
		});
		expect({ state, nextAt }).toEqual({ state: "PARKED", nextAt: undefined });
	});

	it("does not go with a document that was made before the order changed: the order is offered anew", async () => {
		const number = nextNumber();
		await fault(genericCase, "reset");
		expect(await push(genericCase, number)).toMatchObject({ state: "IN_DOUBT" });
		fences.set(orderIdOf(number), 8); // changed while the ERP is being asked
		expect((await settled(genericCase, number, "PARKED")).reason).toBe("ORDER_CHANGED");
		await vi.waitFor(() => expect(repushed).toEqual([orderIdOf(number)]), { timeout: 5_000 });
		expect(await acceptedTimes(genericCase, [number])).toEqual([0]);

		const params = { connectionId: "generic-test", kind: "order", orderId: orderIdOf(number) };
		const anew = { ...params, document: genericCase.document(number) };
		expect(await broker.call("erp.push", { ...anew, fence: 7 })).toMatchObject({ state: "PARKED" });
		expect(await broker.call("erp.push", { ...anew, fence: 8 })).toMatchObject({ state: "OK" });
	});

	it("is refused without a call when its document lacks what the dialect needs", async () => {
		const number = nextNumber();
		const { shopNo: _, ...document } = genericCase.document(number);
		const refused = await push(genericCase, number, document);
		expect(refused).toMatchObject({ state: "REJECTED", reason: expect.stringContaining("shopNo") });
		expect((await stored(genericCase, number)).attempts).toEqual([]);
	});

	it("to a connection nobody knows is an error", async () => {
		const params = { connectionId: "nowhere", kind: "order", orderId: orderIdOf("1"), document: {} };
		await expect(broker.call("erp.push", params)).rejects.toMatchObject({ type: "CONNECTION_MISSING" });
	});

	it("can be sent again, looked up and given up by a person", async () => {
		const number = nextNumber();
		const id = idOf(genericCase, number);
		await fault(genericCase, "business-error");
		expect(await push(genericCase, number)).toMatchObject({ state: "REJECTED" });

		const byAmy = { meta: { actor: "user:amy" } };
		const skipped = await broker.call("erp.skip", { id, why: "ERP 中已手工录单" }, byAmy);
		expect(skipped).toMatchObject({ state: "PARKED", reason: "SKIPPED: user:amy: ERP 中已手工录单" });
		expect(await push(genericCase, number)).toMatchObject({ state: "PARKED" });
		expect(await acceptedTimes(genericCase, [number])).toEqual([0]);

		expect(await broker.call("erp.verify", { id })).toMatchObject({ found: { state: "NOT_FOUND" } });
		await broker.call("erp.retry", { id });
		await settled(genericCase, number, "OK");
		await expect(broker.call("erp.retry", { id })).rejects.toMatchObject({ type: "CONFLICT" });
		await expect(broker.call("erp.skip", { id })).rejects.toMatchObject({ type: "CONFLICT" });
		expect(await broker.call("erp.verify", { id })).toMatchObject({ found: { state: "FOUND" } });
	});

	it("that waits for a connection which is switched off says so, and goes when it is on again", async () => {
		const number = nextNumber();
		await fault(genericCase, "business-error");
		await push(genericCase, number);
		await broker.call("connection.update", { id: "generic-test", status: "DISABLED" });
		await broker.call("erp.retry", { id: idOf(genericCase, number) });
		await vi.waitFor(async () => expect((await stored(genericCase, number)).reason).toBe("CONFLICT"));
		await broker.call("connection.update", { id: "generic-test", status: "ACTIVE" });
		await settled(genericCase, number, "OK");
	});

	it("that was given up in doubt is asked for before it is sent again", async () => {
		const number = nextNumber();
		await fault(genericCase, "reset-after-accept");
		expect(await push(genericCase, number)).toMatchObject({ state: "IN_DOUBT" });
		const id = idOf(genericCase, number);
		await broker.call("erp.skip", { id });
		await broker.call("erp.retry", { id });
		const { attempts, sends } = await settled(genericCase, number, "OK");
		expect({ calls: attempts.map(({ call }) => call), sends }).toEqual({ calls: ["SEND", "FIND"], sends: 1 });
	});

	it("that a proxy gave up waiting for may still come through", async () => {
		const number = nextNumber();
		await fault(genericCase, "status:504");
		expect(await push(genericCase, number)).toMatchObject({ state: "IN_DOUBT", reason: "HTTP 504" });
		const { settleAt } = await stored(genericCase, number);
		expect(settleAt?.getTime()).toBeGreaterThan(Date.now() + 10_000);
	});

	it("that the ERP has after all is recorded when somebody looks", async () => {
		const number = nextNumber();
		await fault(genericCase, "business-error");
		await push(genericCase, number);
		const errand = errandOf(genericCase.driver, genericCase.connection(sandbox.url), performance.now());
		await send(errand, "order", genericCase.document(number));
		const verified = await broker.call("erp.verify", { id: idOf(genericCase, number) });
		expect(verified).toMatchObject({ found: { state: "FOUND" }, push: { state: "OK" } });
	});

	it("is listed newest first, page by page, and only to those who may see its shop", async () => {
		const numbers = [nextNumber(), nextNumber(), nextNumber()];
		for (const number of numbers) await push(genericCase, number);
		interface Page {
			items: Push[];
			nextCursor: string | null;
		}
		const page: Page = await broker.call("erp.list", { state: "OK", limit: 2 });
		const next: Page = await broker.call("erp.list", { state: "OK", limit: 2, cursor: page.nextCursor });
		const listed = [...page.items, ...next.items].slice(0, 3).map(({ orderNo }) => orderNo);
		expect(listed).toEqual(numbers.toReversed());
		expect(page.items[0]).not.toHaveProperty("document");

		const found = async (query: object): Promise<number> =>
			(await broker.call<Page, object>("erp.list", query)).items.length;
		expect(await found({ q: `${numbers[0]}, ${numbers[2]} 404` })).toBe(2);
		expect(await found({ q: page.items[0]?.docNo })).toBe(1);
		expect(await found({ q: numbers[0], kind: "cancel" })).toBe(0);
		expect(await found({ q: numbers[0], from: new Date(Date.now() + 60_000) })).toBe(0);

		const id = idOf(genericCase, numbers[0] ?? "");
		expect(await broker.call("erp.get", { id })).toMatchObject({ document: { orderNo: numbers[0] } });
		const meta = { shops: ["another"] };
		expect(await broker.call("erp.list", {}, { meta })).toMatchObject({ items: [], nextCursor: null });
		await expect(broker.call("erp.get", { id }, { meta })).rejects.toMatchObject({ type: "NOT_FOUND" });
	});

	it("counts in the state it is in, for its connection too, and only for those who may see its shop", async () => {
		const summary = (meta: object = {}): Promise<PushSummary> => broker.call("erp.summary", {}, { meta });
		const health = ({ connections }: PushSummary) => connections.find(({ id }) => id === "generic-test");
		const before = await summary();
		await push(genericCase, nextNumber());
		await fault(genericCase, "business-error");
		await push(genericCase, nextNumber());
		const counted = await vi.waitFor(
			async () => {
				const after = await summary();
				for (const state of ["OK", "REJECTED"] as const) {
					expect(after.byState[state]).toBe(before.byState[state] + 1);
					expect(health(after)?.byState[state]).toBe((health(before)?.byState[state] ?? 0) + 1);
				}
				return after;
			},
			{ timeout: 10_000, interval: 100 }, // an answer is kept for two seconds
		);
		expect(health(counted)).toMatchObject({ dialect: "generic", active: true, lastOkAt: expect.any(Date) });
		const unseen = await summary({ shops: ["another"] });
		expect(unseen.byState).toMatchObject({ OK: 0, REJECTED: 0 });
		expect(health(unseen)).toMatchObject({ byState: { OK: 0, REJECTED: 0 }, lastOkAt: null });
	});
});
