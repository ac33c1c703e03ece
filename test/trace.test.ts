/** One trace leads through the log of a whole hub, from an order's pull to its shipping. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { traceOf } from "../mixins/trace.ts";
import { eventually, freshDir, type Hub, removeDir, signIn, startHub } from "./hub.ts";

interface Line {
	process: string;
	part: string;
	msg: string;
	traceId?: string;
}

describe("the log of a whole hub", () => {
	let dir: string;
	let hub: Hub;

	beforeAll(async () => {
		dir = await freshDir();
		hub = await startHub(dir, { HUB_LOG_FORMAT: "json", HUB_LOG_LEVEL: "info" });
	}, 120_000);
	afterAll(async () => {
		await hub.process.stop();
		await removeDir(dir);
	});

	it("follows an order under one trace: pulled, through the flow, to the ERP, shipped", async () => {
		const api = await signIn(hub);
		const query = "/orders?status=SHIPPED&erpState=OK&limit=1";
		const { items } = await eventually(
			() => api.get<{ items: { _id: string }[] }>(query),
			(page) => page.items.length > 0,
			90_000,
			"an order shipped",
		);
		const traceId = traceOf(items[0]?._id as string);
		const lines = hub.process
			.output()
			.split("\n")
			.filter((line) => line.includes(traceId))
			.map((line) => JSON.parse(line) as Line);
		const told = lines.map(({ process, part, msg }) => `${process} ${part}: ${msg}`);
		expect(told).toEqual(
			expect.arrayContaining([
				"hub order: order saved",
				"editor flow: event went through a flow",
				"hub erp: pushed",
				"hub shipment: parcels accepted",
				"hub shipment: shipment worked on",
			]),
		);
		const order = ["order saved", "pushed", "parcels accepted", "shipment worked on"];
		const first = order.map((msg) => lines.findIndex((line) => line.msg === msg));
		expect(first).toEqual([...first].sort((a, b) => a - b));
	}, 120_000);
});
