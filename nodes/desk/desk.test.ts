import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Viewer } from "../hub-dashboard/hub-dashboard.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, startFlow, stopFlow } from "../test-runtime.ts";
import desk from "./desk.ts";
import { shownAlerts } from "./troubles.ts";

const viewer = (sub: string, shops: Viewer["shops"]): Viewer => ({ sub, roles: ["operator"], shops });

const perLook = 8 + shownAlerts.length; // questions asked for each set of shops
const at = "2026-01-02T03:04:05.000Z";

describe("desk", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({
			"editor.viewers": [],
			"order.summary": { held: 1 },
			"order.list": { items: [{ _id: "o1", erp: { connectionId: "", at } }] },
			"erp.list": { items: [{ _id: "p1", state: "REJECTED", updatedAt: at }] },
			"shop.list": { items: [{ _id: "s1", platform: "jd", status: "TOKEN_EXPIRED", token: {}, updatedAt: at }] },
			"shipment.list": { items: [{ _id: "p2", attempts: [], updatedAt: at }] },
			"alert.list": { items: [] },
			"platform.list": { items: [] },
		});
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		await stopFlow();
		recorder.asked.length = 0;
		Object.assign(recorder.answers, { "alert.list": { items: [] }, "platform.list": { items: [] } });
	});

	const start = async () => {
		await startFlow(
			recorder.broker,
			[desk],
			[
				{ id: "desk", type: "desk", everySec: 1, rows: 20, wires: [["out"], ["platforms"]] },
				{ id: "out", type: "helper" },
				{ id: "platforms", type: "helper" },
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
				platforms: { jd: { zh: "京东", en: "JD" } },
			},
		});
		const reads = recorder.asked.filter(({ action }) => !["editor.viewers", "platform.list"].includes(action));
		const [first, second] = [reads.slice(0, perLook), reads.slice(perLook, 2 * perLook)];
		expect(first.every(({ meta }) => meta.shops === "*" && meta.actor === "user:admin")).toBe(true);
		expect(second.map(({ meta }) => meta.shops)).toEqual(Array(perLook).fill(["s1", "s2"]));
		const asked = first.map(({ action, params }) => ({ action, ...(params as object) }));
		const erpAsked = ["REJECTED", "IN_DOUBT", "PARKED"].map((state) => ({ action: "erp.list", state, limit: 20 }));
		const alertsAsked = shownAlerts.map((kind) => ({ action: "alert.list", state: "OPEN", kind, limit: 20 }));
		expect(asked).toHaveLength(perLook);
		expect(asked).toEqual(
			expect.arrayContaining([
				{ action: "order.summary" },
				{ action: "order.list", limit: 20 },
				{ action: "shop.list" },
				{ action: "order.list", erpState: "PARKED", limit: 20 },
				{ action: "shipment.list", state: "FAILED", limit: 20 },
				...erpAsked,
				...alertsAsked,
			]),
		);
	});

	it("shows open alerts among the troubles", async () => {
		recorder.answers["editor.viewers"] = [viewer("otto", ["s1"])];
		const about = { shopId: "s1", kind: "orders", list: "changed", from: at };
		const gap = { _id: "a1", kind: "window.gap", ref: about, reason: "", since: at, times: 1 };
		recorder.answers["alert.list"] = { items: [gap] };
		const out = await start();
		await vi.waitFor(() => expect(out.length).toBeGreaterThan(0), { timeout: 5_000 });
		const row = { _id: "a1", state: "window.gap", where: ["jd", "orders", "changed"] };
		expect(out[0]?.payload).toMatchObject({ troubles: expect.arrayContaining([expect.objectContaining(row)]) });
	});

	it("tells everyone the same of the platforms, and not as often as of the rest", async () => {
		recorder.answers["editor.viewers"] = [viewer("otto", ["s1"])];
		const items = [{ platform: "jd", zh: "京东", en: "JD", can: null }];
		recorder.answers["platform.list"] = { items };
		const out = await start();
		const told = arrivals("platforms");
		await vi.waitFor(() => expect(out.length).toBeGreaterThan(1), { timeout: 5_000 });
		expect(told).toMatchObject([{ payload: { platforms: items } }]);
		expect(told[0]).not.toHaveProperty("shops");
		expect(calls("platform.list")).toHaveLength(1);
	});

	it("shows the rest when the platforms are not told of", async () => {
		recorder.answers["editor.viewers"] = [viewer("otto", ["s1"])];
		recorder.answers["platform.list"] = new Error("no answer");
		const out = await start();
		await vi.waitFor(() => expect(out.length).toBeGreaterThan(1), { timeout: 5_000 });
		expect(calls("platform.list")).toHaveLength(1);
	});
});
