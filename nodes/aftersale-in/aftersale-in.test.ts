import { randomUUID } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ConsumerModel, EventModel } from "../../services/event/event.model.ts";
import EventService from "../../services/event/event.service.ts";
import { startBroker } from "../../test/broker.ts";
import ack from "../ack/ack.ts";
import { arrivals, startFlow, stopFlow, within } from "../test-runtime.ts";
import aftersaleIn from "./aftersale-in.ts";

describe("aftersale-in", () => {
	let broker: ServiceBroker;
	beforeAll(async () => {
		broker = await startBroker(EventService);
	});
	afterAll(() => broker.stop());
	afterEach(() => stopFlow());

	it("says which after-sale it is, of which order, and is settled like any other event", async () => {
		const subject = `hub.aftersale.test-${randomUUID().slice(0, 8)}`;
		await startFlow(
			broker,
			[aftersaleIn, ack],
			[
				{ id: randomUUID(), type: "aftersale-in", subjects: subject, shopId: "shop-1", wires: [["seen", "ack"]] },
				{ id: "seen", type: "helper" },
				{ id: "ack", type: "ack" },
			],
		);
		const seen = arrivals("seen");
		await vi.waitFor(async () => expect(await ConsumerModel.countDocuments({ subjects: subject })).toBe(1), within);
		const events = ["shop-1", "shop-2"].map((shopId) => ({
			id: `${subject}:${shopId}`,
			subject,
			at: new Date().toISOString(),
			traceId: "t1",
			body: { aftersaleId: "taobao:R1", orderId: "taobao:1", aftersale: { shopId, platform: "taobao" } },
		}));
		await broker.call("event.publish", { events });
		const open = async () =>
			(await EventModel.find({ subject }).lean()).flatMap(({ open, consumers }) => [...open, consumers.length === 0]);
		await vi.waitFor(() => expect(seen).toHaveLength(1), within);
		const hub = { aftersaleId: "taobao:R1", orderId: "taobao:1", shopId: "shop-1", platform: "taobao", attempt: 1 };
		expect(seen[0]).toMatchObject({ topic: subject, payload: events[0]?.body, hub });
		await vi.waitFor(async () => expect((await open()).filter((each) => each !== false)).toEqual([]), within);
	});
});
