import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import type { HubEvent } from "../../mixins/event.ts";
import { genericCase, qimenCase } from "./dialect-cases.ts";
import { type Push, PushModel } from "./push.model.ts";
import type { PushResult } from "./push.ts";
import {
	broker,
	events,
	fault,
	fences,
	nextNumber,
	notReady,
	orderIdOf,
	push,
	sandbox,
	settled,
	stored,
	usePushBed,
} from "./push-bed.ts";
import { pushIdOf } from "./push-id.ts";

usePushBed();

/** Repeatable numbers from 0 to below 1. Source: mulberry32. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

describe("what else an ERP is told", () => {
	interface Wish {
		kind: Push["kind"];
		number: string;
		aftersaleId?: string;
		revision?: number;
		fence?: number;
		document?: Record<string, unknown>;
	}
	const { documents } = genericCase;
	const give = ({ kind, number, document, ...more }: Wish): Promise<PushResult> =>
		broker.call("erp.push", {
			connectionId: "generic-test",
			kind,
			orderId: orderIdOf(number),
			document: document ?? (kind === "order" ? genericCase.document(number) : documents[kind]?.(number, number)),
			...more,
		});
	const pushOf = (kind: Push["kind"], number: string, revision?: number): Promise<Push | null> =>
		PushModel.findById(pushIdOf("generic-test", kind, orderIdOf(number), revision)).lean<Push>();
	const rows = async (number: string) =>
		(
			await sandbox.truth<{ kind: string; key: string; accepted: number; cancelled: boolean; totalFen: number }>(
				"kind=documents",
			)
		).filter(({ key }) => key === number);
	const cancelledState = (number: string, state: Push["state"], reason?: string): Promise<Push> =>
		vi.waitFor(
			async () => {
				const found = await pushOf("cancel", number);
				expect(found).toMatchObject({ state, ...(reason === undefined ? {} : { reason }) });
				return found as Push;
			},
			{ timeout: 20_000, interval: 50 },
		);

	it("a cancel goes although the order is held, once, and says what it was", async () => {
		const number = nextNumber();
		expect(await give({ kind: "order", number })).toMatchObject({ state: "OK" });
		notReady.set(orderIdOf(number), { status: "WAIT_SHIP", holds: [{ reason: "REFUND_APPLIED" }] });
		const results = await Promise.all([1, 2, 3].map(() => give({ kind: "cancel", number })));
		expect(results.some(({ state }) => state === "OK")).toBe(true);
		expect(await rows(number)).toMatchObject([
			{ kind: "order", accepted: 1, cancelled: true },
			{ kind: "cancel", accepted: 1 },
		]);
		const done = await vi.waitFor(() => {
			const event = events.find(({ body }) => body.kind === "cancel" && body.orderNo === number);
			if (!event) throw new Error("not told");
			return event;
		});
		expect(done).toMatchObject({ subject: "hub.push.done", body: { kind: "cancel", revision: 1, aftersaleId: "" } });
	});

	it("a cancel of what the ERP never got is put aside, and goes when it got it after all", async () => {
		const number = nextNumber();
		expect(await give({ kind: "cancel", number })).toMatchObject({ state: "PARKED", reason: "NOTHING_TO_CANCEL" });
		expect(await give({ kind: "order", number })).toMatchObject({ state: "OK" });
		await cancelledState(number, "OK"); // it is looked at once more
		expect(await rows(number)).toMatchObject([{ cancelled: true }, { kind: "cancel" }]);
	});

	it("a cancel waits while nobody knows whether the ERP has the order", async () => {
		const number = nextNumber();
		await fault(genericCase, "reset-after-accept");
		expect(await give({ kind: "order", number })).toMatchObject({ state: "IN_DOUBT" });
		expect(await give({ kind: "cancel", number })).toMatchObject({ state: "IN_DOUBT", reason: "ORDER_IN_DOUBT" });
		await settled(genericCase, number, "OK");
		await cancelledState(number, "OK");
	});

	it("a cancel goes nowhere when the order turns out not to be there and is held", async () => {
		const number = nextNumber();
		await fault(genericCase, "reset");
		expect(await give({ kind: "order", number })).toMatchObject({ state: "IN_DOUBT" });
		notReady.set(orderIdOf(number), { status: "WAIT_SHIP", holds: [{ reason: "REFUND_APPLIED" }] });
		expect(await give({ kind: "cancel", number })).toMatchObject({ state: "IN_DOUBT" });
		await cancelledState(number, "PARKED", "NOTHING_TO_CANCEL");
		expect(await rows(number)).toEqual([]);
	});

	it("an order is not sent again after its cancel, but another revision of it is", async () => {
		const number = nextNumber();
		await give({ kind: "order", number });
		expect(await give({ kind: "cancel", number })).toMatchObject({ state: "OK" });
		// As if the order's push had been forgotten: it must not come back.
		await PushModel.updateOne(
			{ _id: pushIdOf("generic-test", "order", orderIdOf(number)) },
			{ $set: { state: "REJECTED" } },
		);
		expect(await give({ kind: "order", number })).toMatchObject({ state: "PARKED", reason: "CANCELLED" });
		const anew = { kind: "order", number, revision: 2, document: genericCase.document(`${number}-2`) } as const;
		expect(await give(anew)).toMatchObject({
			state: "OK",
			pushId: pushIdOf("generic-test", "order", orderIdOf(number), 2),
		});
		expect(await rows(number)).toMatchObject([{ accepted: 1, cancelled: true }, { kind: "cancel" }]);
		expect(await rows(`${number}-2`)).toMatchObject([{ accepted: 1, cancelled: false }]);
	});

	it("whenever a refund comes, the ERP has no order that is not cancelled", async () => {
		const numbers = Array.from({ length: 80 }, nextNumber);
		const dice = seeded(20_261_125);
		const order = (number: string) => give({ kind: "order", number });
		const refund = (number: string) => {
			notReady.set(orderIdOf(number), { status: "WAIT_SHIP", holds: [{ reason: "REFUND_APPLIED" }] });
			return give({ kind: "cancel", number });
		};
		const race = (number: string) =>
			Promise.all([pause(dice() * 20).then(() => order(number)), pause(dice() * 100).then(() => refund(number))]);
		const [sentFirst = "", refundedFirst = "", ...close] = numbers;
		await order(sentFirst).then(() => refund(sentFirst));
		await refund(refundedFirst).then(() => order(refundedFirst));
		for (let at = 0; at < close.length; at += 13) await Promise.all(close.slice(at, at + 13).map(race));
		const ends = await Promise.all(
			numbers.map((number) =>
				vi.waitFor(
					async () => {
						const [order, cancel] = await Promise.all([stored(genericCase, number), pushOf("cancel", number)]);
						const ended = `${order.state} ${cancel?.state}`;
						expect(["OK OK", "PARKED PARKED"]).toContain(ended);
						return ended;
					},
					{ timeout: 20_000, interval: 100 },
				),
			),
		);
		expect(ends.slice(0, 2)).toEqual(["OK OK", "PARKED PARKED"]);
		for (const [at, number] of numbers.entries()) {
			const [order] = await rows(number);
			expect(order?.cancelled, `${number} ${ends[at]}`).toBe(ends[at] === "OK OK" ? true : undefined);
		}
	}, 40_000);

	it("a change is told as often as it is another, never an older one after a newer", async () => {
		const number = nextNumber();
		expect(await give({ kind: "change", number })).toMatchObject({ state: "PARKED", reason: "NOTHING_TO_CHANGE" });
		await give({ kind: "order", number });
		const second = { ...documents.change?.(number), version: 3, freight: "1.00", total: "67.66" };
		expect(await give({ kind: "change", number, fence: 7 })).toMatchObject({ state: "OK" });
		expect(await give({ kind: "change", number, fence: 7 })).toMatchObject({ state: "OK" });
		fences.set(orderIdOf(number), 8);
		expect(await give({ kind: "change", number, fence: 8, document: second })).toMatchObject({ state: "OK" });
		expect(await give({ kind: "change", number, fence: 7 })).toMatchObject({ state: "OK" });
		expect(await rows(number)).toMatchObject([
			{ kind: "order", totalFen: 6_766 },
			{ kind: "change", accepted: 2, totalFen: 6_766 },
		]);
	});

	it("a newer change is not lost while the one before is in doubt: it must come back", async () => {
		const number = nextNumber();
		await give({ kind: "order", number });
		await fault(genericCase, "reset");
		expect(await give({ kind: "change", number })).toMatchObject({ state: "IN_DOUBT" });
		expect(await give({ kind: "change", number })).toMatchObject({ state: "IN_DOUBT" });
		const newer = { kind: "change", number, document: { ...documents.change?.(number), version: 3 } } as const;
		await expect(give(newer)).rejects.toMatchObject({ type: "STILL_ANSWERING" });
		const done = await vi.waitFor(() => give(newer), { timeout: 10_000, interval: 100 });
		expect(done).toMatchObject({ state: "OK" });
		expect((await pushOf("change", number))?.document).toMatchObject({ version: 3 });
	});

	it("an after-sale is told whatever holds the order, under its own id", async () => {
		const number = nextNumber();
		notReady.set(orderIdOf(number), { status: "WAIT_SHIP", holds: [{ reason: "REFUND_APPLIED" }] });
		const aftersaleId = `taobao:shop-1:R${number}`;
		const told = await give({ kind: "aftersale", number, aftersaleId });
		expect(told).toMatchObject({ state: "OK", pushId: `generic-test:aftersale:${aftersaleId}` });
		const { body } = await eventOf(aftersaleId);
		expect(body).toMatchObject({ kind: "aftersale", aftersaleId, orderId: orderIdOf(number) });
		await expect(give({ kind: "aftersale", number })).rejects.toMatchObject({ type: "INVALID" });
	});
	const eventOf = (aftersaleId: string): Promise<HubEvent> =>
		vi.waitFor(() => {
			const event = events.find(({ body }) => body.aftersaleId === aftersaleId);
			if (!event) throw new Error(`nothing of ${aftersaleId}`);
			return event;
		});

	it("a kind that the dialect does not know is refused without a call", async () => {
		const number = nextNumber();
		const params = { connectionId: "qimen-test", kind: "change", orderId: orderIdOf(number), document: {} };
		await push(qimenCase, number);
		expect(await broker.call("erp.push", params)).toMatchObject({ state: "REJECTED", reason: "ERP_CANNOT: change" });
	});
});
