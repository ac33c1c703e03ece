import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aftersaleTypes } from "./platforms/market-order.ts";
import { platformKinds } from "./simulators.ts";
import { type HookStub, startHookStub } from "./testing/hook-stub.ts";
import { type RunningSandbox, runSandbox, until } from "./testing/running.ts";

/** What every platform's folder must keep to, whatever its protocol. */

let sandbox: RunningSandbox;
let hub: HookStub;
beforeAll(async () => {
	sandbox = await runSandbox();
	hub = await startHookStub();
});
afterAll(async () => {
	await sandbox.end();
	await hub.close();
});
beforeEach(async () => {
	await sandbox.control("POST", "reset", { seed: "every" });
	hub.calls.length = 0;
});

interface ShopRow {
	platform: string;
	shopId: string;
	gatewayUrl: string;
	authUrl: string;
	messageUrl: string;
	app: { key: string };
}
const shops = async () => (await sandbox.control<{ shops: ShopRow[] }>("GET", "shops")).shops;

it("every shop, app and token is one platform's alone", async () => {
	const all = await shops();
	expect(new Set(all.map(({ platform }) => platform))).toEqual(new Set(platformKinds.map(({ name }) => name)));
	expect(new Set(all.map(({ shopId }) => shopId)).size).toBe(all.length);
	expect(new Set(all.map(({ app }) => app.key)).size).toBe(all.length);
});

describe.each(platformKinds.map(({ name, oneLine, aftersaleTypes: types }) => ({ name, oneLine, types })))(
	"$name",
	({ name, oneLine, types }) => {
		it("is reached below its own name", async () => {
			const [shop] = (await shops()).filter(({ platform }) => platform === name);
			const { pathname } = new URL(shop?.gatewayUrl ?? "");
			expect(`${pathname}/`).toMatch(new RegExp(`^/${name}/`));
			for (const url of [shop?.authUrl, shop?.messageUrl]) {
				if (url) expect(new URL(url).pathname).toMatch(new RegExp(`^/${name}/`));
			}
		});

		it("gives each order, line and product a number of its own, the same for the same seed", async () => {
			const run = async () => {
				await sandbox.control("POST", "reset", { seed: "every" });
				await sandbox.place({ count: 300 }, name);
				return (await sandbox.truth("kind=orders")).map((row) => ({ ...row, modifiedAt: "" }));
			};
			const rows = await run();
			expect(new Set(rows.map(({ platformOrderId }) => platformOrderId)).size).toBe(rows.length);
			for (const { lines } of rows) expect(new Set(lines.map(({ lineId }) => lineId)).size).toBe(lines.length);
			expect(await run()).toEqual(rows);
			const products = await sandbox.truth<{ platform: string; productId: string; skus: { platformSkuId: string }[] }>(
				"kind=products",
			);
			const own = products.filter(({ platform }) => platform === name);
			const skuIds = own.flatMap(({ skus }) => skus.map(({ platformSkuId }) => platformSkuId));
			expect(new Set(own.map(({ productId }) => productId)).size).toBe(45);
			expect(new Set(skuIds).size).toBe(skuIds.length);
		});

		it("has orders of as many lines as it knows", async () => {
			expect(await sandbox.place({ count: 1, lines: 3 }, name)).toHaveLength(oneLine ? 3 : 1);
		});

		it("bears everything buyers do, while its messages go to a hub", async () => {
			await sandbox.control("POST", `platforms/${name}`, { hub: hub.url });
			const [first = "", second = ""] = await sandbox.place({ count: 2, lines: 1, paid: false }, name);
			for (const action of ["pay", "change-address", "change-memo", "modify", "request-refund", "cancel-refund"]) {
				await sandbox.act(first, { action }, name);
			}
			await sandbox.act(second, { action: "close" }, name);
			await sandbox.act(first, { action: "close" }, name);
			const rows = await sandbox.truth("kind=orders");
			expect(rows.map(({ status, receiverVersion }) => [status, receiverVersion])).toEqual([
				["CLOSED", 2],
				["CLOSED", 1],
			]);
			await sandbox.control("POST", `platforms/${name}`, { hub: null });
		});

		it("refuses buyers after-sales it does not know", async () => {
			const [id = ""] = await sandbox.place({ count: 1 }, name);
			for (const type of aftersaleTypes.filter((each) => !types.includes(each))) {
				await expect(sandbox.act(id, { action: "request-refund", type }, name)).rejects.toThrow(/422.*"field":"type"/);
			}
		});

		it("tells a hub of an order, if it calls hooks at all: as it should be, forged, and in the same bytes twice", async () => {
			const [orderId = ""] = await sandbox.place({ count: 1 }, name);
			await sandbox.control("POST", `platforms/${name}`, { hub: hub.url });
			const send = async (as: string) => {
				hub.calls.length = 0;
				await sandbox.control("POST", `platforms/${name}/messages`, { orderId, as });
				return hub.calls.map(({ method, url, headers, body }) => ({ method, url, headers, body }));
			};
			const [shop] = (await shops()).filter(({ platform }) => platform === name);
			const hasHooks = await send("valid").then(
				() => true,
				(err: Error) => !err.message.includes("has no hooks"),
			);
			// A platform speaks through its message server or through hooks; 京东 through neither.
			expect(hasHooks).toBe(shop?.messageUrl === "" && name !== "jd");
			if (hasHooks) {
				const twice = await send("replayed");
				expect(twice).toHaveLength(2);
				expect(twice[0]).toEqual(twice[1]);
				expect(await send("forged")).toHaveLength(1);
				expect(await send("late")).toHaveLength(1);
			}
			await sandbox.control("POST", `platforms/${name}`, { hub: null });
		});
	},
);

it("messages that nobody confirms are counted as refused", async () => {
	hub.answer = () => ({ status: 500, body: "" });
	await sandbox.control("POST", "platforms/douyin", { hub: hub.url });
	await sandbox.place({ count: 1 }, "douyin");
	const counters = () =>
		sandbox.control<Record<string, { messages: { sent: number; acked: number; refused: number } }>>("GET", "counters");
	const { douyin } = await until(counters, (counts) => (counts.douyin?.messages.refused ?? 0) > 0);
	expect(douyin?.messages.acked).toBe(0);
	await sandbox.control("POST", "platforms/douyin", { hub: null });
});
