import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Viewer } from "../hub-dashboard/hub-dashboard.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, startFlow, stopFlow } from "../test-runtime.ts";
import desk from "./desk.ts";

const viewer = (sub: string, shops: Viewer["shops"]): Viewer => ({ sub, roles: ["operator"], shops });

const at = "2026-01-02T03:04:05.000Z";

describe("desk", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({
			"editor.viewers": [],
			"order.summary": { held: 1 },
			"order.list": { items: [{ _id: "o1", erp: { connectionId: "", at } }] },
			"erp.list": { items: [{ _id: "p1", state: "REJECTED", updatedAt: at }] },
			"shop.list": { items: [{ _id: "s1", status: "TOKEN_EXPIRED", updatedAt: at }] },
			"shipment.list": { items: [{ _id: "p2", attempts: [], updatedAt: at }] },
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
		expect(out[0]).toMatchObject({
			payload: {
				summary: { held: 1 },
				orders: [{ _id: "o1" }],
				troubles: ["s1", "p1", "p1", "p1", "o1", "p2"].map((_id) => ({ _id, at })),
			},
		});
		const reads = recorder.asked.filter(({ action }) => action !== "editor.viewers");
		const [first, second] = [reads.slice(0, 8), reads.slice(8, 16)];
		expect(first.every(({ meta }) => meta.shops === "*")).toBe(true);
		expect(second.map(({ meta }) => meta.shops)).toEqual(Array(8).fill(["s1", "s2"]));
		expect(first.filter(({ action }) => action !== "erp.list").map(({ action, params }) => [action, params])).toEqual([
			["order.summary", {}],
			["order.list", { limit: 20 }],
			["shop.list", {}],
			["order.list", { erpState: "PARKED", limit: 20 }],
			["shipment.list", { state: "FAILED", limit: 20 }],
		]);
		expect(
			calls("erp.list")
				.slice(0, 3)
				.map(({ params }) => (params as { state: string }).state),
		).toEqual(["REJECTED", "IN_DOUBT", "PARKED"]);
	});
});
