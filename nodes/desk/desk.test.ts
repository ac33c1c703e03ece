import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Viewer } from "../hub-dashboard/hub-dashboard.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, startFlow, stopFlow } from "../test-runtime.ts";
import desk from "./desk.ts";

const viewer = (sub: string, shops: Viewer["shops"]): Viewer => ({ sub, roles: ["operator"], shops });

describe("desk", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({
			"editor.viewers": [],
			"order.summary": { held: 1 },
			"order.list": { items: [{ _id: "o1" }] },
			"erp.list": { items: [{ _id: "p1" }] },
		});
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		await stopFlow();
		recorder.asked.length = 0;
	});

	const start = async () => {
		await startFlow(
			recorder.broker,
			[desk],
			[
				{ id: "desk", type: "desk", everySec: 1, rows: 20, wires: [["out"]] },
				{ id: "out", type: "helper" },
			],
		);
		return arrivals("out");
	};
	const calls = (action: string) => recorder.asked.filter((asked) => asked.action === action);

	it("reads nothing while nobody looks on", async () => {
		recorder.answers["editor.viewers"] = [];
		const out = await start();
		await vi.waitFor(() => expect(calls("editor.viewers").length).toBeGreaterThan(1), { timeout: 5_000 });
		expect(recorder.asked.every(({ action }) => action === "editor.viewers")).toBe(true);
		expect(out).toEqual([]);
	});

	it("reads once for each set of shops, as one who may see them, and marks whom it is for", async () => {
		recorder.answers["editor.viewers"] = [
			viewer("admin", "*"),
			viewer("otto", ["s2", "s1"]),
			viewer("olga", ["s1", "s2"]),
		];
		const out = await start();
		await vi.waitFor(() => expect(out.length).toBeGreaterThanOrEqual(2), { timeout: 5_000 });
		expect(out.slice(0, 2).map(({ shops }) => shops)).toEqual(["*", "s1 s2"]);
		const orders = [{ _id: "o1" }];
		expect(out[0]).toMatchObject({ payload: { summary: { held: 1 }, orders, pushes: [{}, {}, {}] } });
		const lists = calls("order.list").slice(0, 2);
		expect(lists.map(({ meta }) => meta.shops)).toEqual(["*", ["s1", "s2"]]);
		expect(lists[0]?.params).toEqual({ limit: 20 });
		expect(
			calls("erp.list")
				.slice(0, 3)
				.map(({ params }) => (params as { state: string }).state),
		).toEqual(["REJECTED", "IN_DOUBT", "PARKED"]);
	});
});
