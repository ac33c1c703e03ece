/** What an operator's Prometheus reads of a whole hub. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences, eventually, freshDir, type Hub, removeDir, startHub } from "./hub.ts";

const wanted = [
	"hub_pull_lag_seconds",
	"hub_pull_windows",
	"hub_order_ready_to_pushed_seconds",
	"hub_push_outcomes_total",
	"hub_pushes",
	"hub_parked",
	"hub_shipments",
	"hub_open_orders",
	"hub_held_orders",
	"hub_shop_token_days",
	"hub_shop_active",
	"hub_consumer_backlog",
	"hub_alerts_open",
	"hub_http_requests_total",
	"hub_http_request_seconds",
	"nodejs_eventloop_lag_p99_seconds",
	"process_resident_memory_bytes",
];

/** A sample without its value, or a line that is none. */
const sample = /^([a-z_][a-z0-9_]*(?:\{(?:[a-z_]+="(?:[^"\\]|\\.)*",?)+\})?) (?:[\d.e+-]+|NaN)$/;

describe("the metrics of a whole hub", () => {
	let dir: string;
	let hub: Hub;
	const read = async (): Promise<string> => (await fetch(`${hub.api}/metrics`)).text();

	beforeAll(async () => {
		dir = await freshDir();
		hub = await startHub(dir);
		await eventually(
			() => differences(hub),
			(differing) => differing.length === 0,
			90_000,
			"every demo order in the ERP",
		);
	}, 180_000);
	afterAll(async () => {
		await hub.process.stop();
		await removeDir(dir);
	});

	it("tell how the orders go, of every process, and no order or person by name", async () => {
		const text = await eventually(
			read,
			(told) => told.includes("hub_order_ready_to_pushed_seconds_count"),
			30_000,
			"the first orders counted",
		);
		for (const name of wanted) expect(text).toContain(`# TYPE ${name} `);
		expect(text).toMatch(/hub_push_outcomes_total\{.*kind="order",outcome="done".*\} \d/);
		expect(text).toMatch(/hub_pull_lag_seconds\{shop="taobao-demo",kind="orders",list="[^"]+"\} \d/);
		for (const process of ["hub", "editor"]) {
			expect(text).toContain(`hub_process_up{process="${process}"} 1`);
			expect(text).toContain(`process_resident_memory_bytes{process="${process}"}`);
		}
		expect(text).not.toContain('hub_figures_up{service="erp"} 0');
		expect(text).not.toMatch(/[a-z]:[a-z-]+demo:\d/); // an order's id
	});

	it("are well formed, each series once", async () => {
		const lines = (await read()).split("\n").filter((line) => line && !line.startsWith("#"));
		const series = lines.map((line) => sample.exec(line)?.[1] ?? `not a sample: ${line}`);
		expect(series.filter((each) => each.startsWith("not"))).toEqual([]);
		expect(series).toEqual([...new Set(series)]);
	});
});
