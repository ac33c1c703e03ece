/** One trace leads through the log and the spans of a whole hub, from an order's pull to its shipping. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Collector, spansOf, startCollector } from "../mixins/otlp.testbed.ts";
import { traceOf } from "../mixins/trace.ts";
import { eventually, freshDir, type Hub, removeDir, signIn, startHub } from "./hub.ts";

interface Line {
	process: string;
	part: string;
	msg: string;
	traceId?: string;
}

describe("the log and the spans of a whole hub", () => {
	let dir: string;
	let hub: Hub;
	let collector: Collector;

	beforeAll(async () => {
		dir = await freshDir();
		collector = await startCollector();
		hub = await startHub(dir, {
			HUB_LOG_FORMAT: "json",
			HUB_LOG_LEVEL: "info",
			HUB_EGRESS_ALLOW: "127.0.0.1", // the collector, for the editor's process
			OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
		});
	}, 120_000);
	afterAll(async () => {
		await hub.process.stop();
		await collector.stop();
		await removeDir(dir);
	});

	it("follow an order under one trace: pulled, through the flow, to the ERP, shipped", async () => {
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

		const names = await eventually(
			async () => spansOf(collector).flatMap((span) => (span.traceId === traceId ? [span.name] : [])),
			(found) => found.some((name) => name.endsWith(".ship")),
			20_000,
			"the spans of the order, its shipping the last",
		);
		expect(names).toEqual(
			expect.arrayContaining(["order.save", expect.stringMatching(/^flow /), "erp.push", "POST 127.0.0.1"]),
		);
	}, 120_000);
});
