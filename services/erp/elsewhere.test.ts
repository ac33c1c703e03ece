import { describe, expect, it, vi } from "vitest";
import { genericCase, qimenCase } from "./dialect-cases.ts";
import { PushModel } from "./push.model.ts";
import type { PushResult } from "./push.ts";
import {
	acceptedTimes,
	broker,
	events,
	fault,
	idOf,
	nextNumber,
	orderIdOf,
	push,
	settled,
	stored,
	usePushBed,
} from "./push-bed.ts";

usePushBed();

/** How often each of the two ERPs took the order as a new document. */
const taken = async (number: string): Promise<number[]> => [
	...(await acceptedTimes(qimenCase, [number])),
	...(await acceptedTimes(genericCase, [number])),
];
const atGeneric = { state: "PARKED", reason: "ORDER_ELSEWHERE: generic-test" };
const cancel = (connectionId: string, number: string, document: object): Promise<PushResult> =>
	broker.call("erp.push", { connectionId, kind: "cancel", orderId: orderIdOf(number), document });

describe("an order that two connections want", () => {
	it("goes to one of them, however close they are", async () => {
		const numbers = Array.from({ length: 12 }, nextNumber);
		await Promise.all(numbers.flatMap((number) => [push(qimenCase, number), push(genericCase, number)]));
		for (const number of numbers) {
			await vi.waitFor(
				async () => {
					const ends = [await stored(qimenCase, number), await stored(genericCase, number)];
					expect(ends.map(({ state }) => state).sort()).toEqual(["OK", "PARKED"]);
				},
				{ timeout: 15_000, interval: 100 },
			);
			expect((await taken(number)).sort()).toEqual([0, 1]);
		}
	}, 60_000);

	it("is not sent to the second, which says who has it; its state stays that of the first", async () => {
		const number = nextNumber();
		expect(await push(genericCase, number)).toMatchObject({ state: "OK" });
		expect(await push(qimenCase, number)).toMatchObject(atGeneric);
		expect((await stored(qimenCase, number)).nextAt).toBeUndefined();
		await broker.call("erp.retry", { id: idOf(qimenCase, number) });
		await settled(qimenCase, number, "PARKED");
		expect(await stored(qimenCase, number)).toMatchObject(atGeneric);
		const { outbox } = await stored(qimenCase, number);
		const told = events.filter(({ body }) => body.orderNo === number && body.connectionId === "qimen-test");
		expect([...outbox, ...told]).toEqual([]);
		expect(await taken(number)).toEqual([0, 1]);
	});

	it("is not sent to the second while the first may have it, nor when the asking was given up", async () => {
		const number = nextNumber();
		await fault(genericCase, "reset-after-accept");
		expect(await push(genericCase, number)).toMatchObject({ state: "IN_DOUBT" });
		expect(await push(qimenCase, number)).toMatchObject(atGeneric);
		await broker.call("erp.skip", { id: idOf(genericCase, number) });
		expect(await push(qimenCase, number)).toMatchObject(atGeneric);
		expect(await taken(number)).toEqual([0, 1]);
	});

	it("waits at the second while the first is at it, and goes there where the first is refused", async () => {
		const number = nextNumber();
		await fault(genericCase, "delay:1500");
		await fault(genericCase, "business-error");
		const first = push(genericCase, number);
		await settled(genericCase, number, "SENDING");
		const waits = await push(qimenCase, number);
		expect(waits).toMatchObject({ state: "IN_DOUBT", reason: "ORDER_ELSEWHERE: generic-test" });
		expect(await first).toMatchObject({ state: "REJECTED" });
		await settled(qimenCase, number, "OK");
		expect(await taken(number)).toEqual([1, 0]);
	});

	it("may go to the second after the first refused it, and then not to the first again", async () => {
		const number = nextNumber();
		await fault(genericCase, "business-error");
		expect(await push(genericCase, number)).toMatchObject({ state: "REJECTED" });
		await broker.call("erp.skip", { id: idOf(genericCase, number) });
		expect(await push(qimenCase, number)).toMatchObject({ state: "OK" });
		await broker.call("erp.retry", { id: idOf(genericCase, number) });
		expect((await settled(genericCase, number, "PARKED")).reason).toBe("ORDER_ELSEWHERE: qimen-test");
		expect(await taken(number)).toEqual([1, 0]);
	});

	it("may go to the second once the first has given it back", async () => {
		const number = nextNumber();
		await push(genericCase, number);
		const { state } = await cancel("generic-test", number, genericCase.documents.cancel?.(number) ?? {});
		expect(state).toBe("OK");
		const revision = { connectionId: "qimen-test", kind: "order", orderId: orderIdOf(number), revision: 2 };
		const document = qimenCase.document(`${number}-2`);
		expect(await broker.call("erp.push", { ...revision, document })).toMatchObject({ state: "OK" });
		expect(await taken(`${number}-2`)).toEqual([1, 0]);
	});

	it("is known to be at the first also where the hub stopped while sending it", async () => {
		const number = nextNumber();
		await push(genericCase, number);
		const died = { state: "SENDING", nextAt: new Date(Date.now() + 60_000) };
		await PushModel.updateOne({ _id: idOf(genericCase, number) }, { $set: died });
		expect(await push(qimenCase, number)).toMatchObject({ state: "IN_DOUBT" });
		await PushModel.updateOne({ _id: idOf(genericCase, number) }, { $set: { nextAt: new Date() } });
		await settled(genericCase, number, "OK");
		await settled(qimenCase, number, "PARKED");
		expect(await taken(number)).toEqual([0, 1]);
	}, 40_000);
});
