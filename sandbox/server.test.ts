import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { callGeneric, genericOrder } from "./testing/generic-client.ts";
import { type RunningSandbox, runSandbox, until } from "./testing/running.ts";
import { top } from "./testing/top-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", {});
});

const fault = (name: string, more: object = { times: 1 }) =>
	sandbox.control("POST", "faults", { target: "erp/generic", fault: name, ...more });
const post = () => callGeneric(sandbox.url, "POST", "/orders", genericOrder("A1"));
const taken = async () => (await sandbox.truth("kind=documents"))[0]?.accepted ?? 0;
const raw = (init: RequestInit = {}) => fetch(`${sandbox.url}/erp/generic/orders?orderNo=A1`, init);

describe("faults of the connection", () => {
	it.each([
		["reset", 0],
		["reset-after-accept", 1],
		["cut-json", 1],
		["garbage", 0],
		["status:503", 0],
	])("%s breaks the answer; the document was taken %i times", async (name, times) => {
		await fault(name);
		await expect(post()).rejects.toThrow();
		expect(await taken()).toBe(times);
		expect((await post()).code).toBe(0);
	});

	it("hang never answers, and frees the connection when the client leaves", async () => {
		await fault("hang");
		await expect(raw({ signal: AbortSignal.timeout(200) })).rejects.toThrow();
		expect(await taken()).toBe(0);
	});

	it("delay handles at once and answers late", async () => {
		await fault("delay:500");
		const startMs = performance.now();
		let answered = false;
		const answer = post().finally(() => {
			answered = true;
		});
		await until(taken, (times) => times === 1);
		expect(answered).toBe(false);
		expect((await answer).code).toBe(0);
		expect(performance.now() - startMs).toBeGreaterThanOrEqual(490);
	});

	it("huge answers that many megabytes", async () => {
		await fault("huge:3");
		expect((await (await raw()).text()).length).toBeGreaterThan(3 * 1024 * 1024);
	});

	it("status answers that status", async () => {
		await fault("status:502");
		expect((await raw()).status).toBe(502);
	});
});

describe("the fault plan", () => {
	it("strikes as often as asked, and for ever when not asked, until it is deleted", async () => {
		await fault("status:500", { times: 2 });
		await fault("status:501", {});
		const statuses = [];
		for (let call = 0; call < 4; call++) statuses.push((await raw()).status);
		expect(statuses).toEqual([500, 500, 501, 501]);
		await sandbox.control("DELETE", "faults");
		expect((await raw()).status).toBe(401);
	});

	it("strikes at a rate, the same way after the same reset", async () => {
		const run = async () => {
			await sandbox.control("POST", "reset", { seed: 5 });
			await fault("status:500", { rate: 0.5 });
			const statuses = [];
			for (let call = 0; call < 40; call++) statuses.push((await raw()).status);
			return statuses;
		};
		const first = await run();
		expect(await run()).toEqual(first);
		expect(first.filter((status) => status === 500).length).toBeGreaterThan(8);
		expect(first.filter((status) => status === 500).length).toBeLessThan(32);
	});

	it("strikes its target only", async () => {
		await fault("status:500", {});
		expect((await top(sandbox.url, "taobao.trades.sold.get", { fields: "tid" })).root).toBe("trades_sold_get_response");
	});

	it("shifts the clock of a target, which its Date header tells", async () => {
		await fault("clock:3600", {});
		const late = Date.parse((await raw()).headers.get("date") ?? "") - Date.now();
		expect(Math.round(late / 60_000)).toBe(60);
		await expect(post()).resolves.toMatchObject({ code: 1401 });
	});
});

describe("counters", () => {
	it("count requests and bytes of each target", async () => {
		await post();
		const counters = await sandbox.control<Record<string, { requests: number; bytes: number }>>("GET", "counters");
		expect(counters["erp/generic"]).toMatchObject({ requests: 1, calls: { "POST /orders": 1 } });
		expect(counters["erp/generic"]?.bytes).toBeGreaterThan(JSON.stringify(genericOrder("A1")).length);
		expect(counters.taobao?.requests).toBe(0);
	});
});

it("takes no WebSocket where there is no message server", async () => {
	const client = new WebSocket(`${sandbox.url.replace("http", "ws")}/erp/generic`);
	const [err] = (await once(client, "error")) as [Error];
	expect(err.message).toContain("404");
});

it.each(["/", "/?lang=zh"])("the page at %s shows what there is", async (path) => {
	await sandbox.place({ count: 1 });
	await post();
	const text = await (await fetch(sandbox.url + path)).text();
	expect(text).toContain(path === "/" ? "Latest orders" : "最新订单");
	expect(text).toContain("taobao-demo");
	expect(text).toContain("78.05");
});
