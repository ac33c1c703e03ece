/** All platforms at once, as a person starts them, against the simulators' own truth. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { platformNames } from "../config/platforms.ts";
import {
	type Api,
	differences,
	eventually,
	freshDir,
	type Hub,
	json,
	type OrderTruth,
	removeDir,
	signIn,
	startHub,
	truth,
} from "./hub.ts";

interface HubOrder {
	platform: string;
	orderNo: string;
	status: string;
	money: { paidFen: number };
	lines: { lineId: string; outerSku: string; quantity: number; paidFen: number }[];
}

interface AftersaleTruth {
	platform: string;
	platformAftersaleId: string;
	platformOrderId: string;
	type: string;
	status: string;
	refundFen: number;
}

interface PlatformTruth extends OrderTruth {
	platform: string;
}

/** Faults a platform may have, each a few times. What they hit is read again. */
const troubles = [
	"page-shift",
	"repeat-pages",
	"late-page",
	"cut-json",
	"rate-limit",
	"expired-token",
	"reset",
	"status:502",
];

describe("seven platforms", () => {
	let dir: string;
	let hub: Hub;
	let api: Api;

	const control = <T>(path: string, body?: object, method?: string): Promise<T> =>
		json(`${hub.sandbox}/_control${path}`, body, {}, method);
	const place = async (platform: string, wish: object): Promise<string[]> => {
		const { orders } = await control<{ orders: { platformOrderId: string }[] }>(`/platforms/${platform}/orders`, wish);
		return orders.map(({ platformOrderId }) => platformOrderId);
	};
	const all = async <T>(path: string): Promise<T[]> => {
		const items: T[] = [];
		for (let cursor: string | null = ""; cursor !== null; ) {
			const next: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
			const page = await api.get<{ items: T[]; nextCursor: string | null }>(`${path}?limit=200${next}`);
			items.push(...page.items);
			cursor = page.nextCursor;
		}
		return items;
	};

	/** What the hub has and the truth has not, or the other way round; one line each. */
	async function orderDifferences(): Promise<string[]> {
		const line = (row: { sku: string; lineId: string; quantity: number; paidFen: number }): string =>
			[row.lineId, row.sku, row.quantity, row.paidFen].join("|");
		const told = (await truth<PlatformTruth>(hub, "orders")).map((row) =>
			[row.platform, row.platformOrderId, row.status, row.paidFen, ...row.lines.map(line)].join(" "),
		);
		const known = (await all<HubOrder>("/orders")).map((order) =>
			[
				order.platform,
				order.orderNo,
				order.status,
				order.money.paidFen,
				...order.lines.map((each) => line({ ...each, sku: each.outerSku })),
			].join(" "),
		);
		return [...new Set(told).symmetricDifference(new Set(known))].sort();
	}
	const becomesTrue = (look: () => Promise<string[]>, withinMs: number, what: string): Promise<string[]> =>
		eventually(look, (differing) => differing.length === 0, withinMs, what);

	beforeAll(async () => {
		dir = await freshDir();
		hub = await startHub(dir);
		api = await signIn(hub);
	}, 120_000);
	afterAll(async () => {
		await hub.process.stop();
		await removeDir(dir);
	});

	it("bring the demo's orders to the ERP once and ship them", async () => {
		await becomesTrue(() => differences(hub), 90_000, "every demo order in the ERP once, and shipped");
		const platforms = new Set((await truth<PlatformTruth>(hub, "orders")).map(({ platform }) => platform));
		expect([...platforms].sort()).toEqual([...platformNames].sort());
		await becomesTrue(orderDifferences, 60_000, "every order shipped in the hub too");
	}, 180_000);

	it("show their products as they are", async () => {
		interface Row {
			platform: string;
			skus: { sku: string; platformSkuId: string; priceFen: number }[];
		}
		const sku = (platform: string, code: string, priceFen: number): string => `${platform} ${code} ${priceFen}`;
		const look = async (): Promise<string[]> => {
			const rows = (await truth<Row>(hub, "products")).flatMap(({ platform, skus }) =>
				skus.map((each) => sku(platform, each.sku, each.priceFen)),
			);
			const known = (
				await all<{ platform: string; skus: { outerSku: string; priceFen: number }[] }>("/products")
			).flatMap(({ platform, skus }) => skus.map((each) => sku(platform, each.outerSku, each.priceFen)));
			return [...new Set(rows).symmetricDifference(new Set(known))];
		};
		await becomesTrue(look, 60_000, "every product and price");
	}, 90_000);

	it("lose and double nothing while they are in trouble and orders change under the reader", async () => {
		for (const platform of platformNames) {
			for (const fault of troubles) await control("/faults", { target: platform, fault, times: 2 });
		}
		await Promise.all(platformNames.map((platform) => place(platform, { count: 25, seed: `trouble-${platform}` })));
		await becomesTrue(() => differences(hub), 180_000, "every order in the ERP once, and shipped");
		await control("/faults", undefined, "DELETE");
		await becomesTrue(orderDifferences, 60_000, "the hub's orders as the platforms have them");
		const counters = await control<Record<string, { refusedSignatures: number }>>("/counters");
		for (const platform of platformNames) expect(counters[platform]?.refusedSignatures, platform).toBe(0);
	}, 300_000);

	it("show their after-sales as they are", async () => {
		for (const platform of platformNames) {
			const [first = "", second = ""] = await place(platform, {
				count: 2,
				lines: 1,
				paid: true,
				seed: `refund-${platform}`,
			});
			for (const orderNo of [first, second]) {
				// Before or after its shipment, as the ERP is quick or slow.
				await control(`/platforms/${platform}/orders/${orderNo}/actions`, { action: "request-refund" });
			}
			await control(`/platforms/${platform}/orders/${second}/actions`, { action: "cancel-refund" });
		}
		const row = (parts: (string | number)[]): string => parts.join(" ");
		const look = async (): Promise<string[]> => {
			const told = (await truth<AftersaleTruth>(hub, "aftersales")).map((each) =>
				row([each.platform, each.platformAftersaleId, each.platformOrderId, each.status, each.refundFen]),
			);
			const known = (
				await all<{ platform: string; aftersaleNo: string; orderNo: string; status: string; refundFen: number }>(
					"/aftersales",
				)
			).map((each) => row([each.platform, each.aftersaleNo, each.orderNo, each.status, each.refundFen]));
			return [...new Set(told).symmetricDifference(new Set(known))].sort();
		};
		await becomesTrue(look, 60_000, "every after-sale");
	}, 120_000);

	it("tell of an order by a message that leads to it within seconds, and no forged, late or repeated one is taken", async () => {
		const { items } = await api.get<{ items: { platform: string; can: { messages: string } | null }[] }>("/platforms");
		const byHook = items.filter(({ can }) => can?.messages === "hook").map(({ platform }) => platform);
		expect(byHook.length).toBeGreaterThanOrEqual(4);
		for (const platform of byHook) {
			const [orderId = ""] = await place(platform, { count: 1 });
			const send = async (as: string): Promise<number> =>
				(await control<{ status: number }>(`/platforms/${platform}/messages`, { orderId, as })).status;
			for (const as of ["forged", "late", "replayed"]) {
				const status = await send(as);
				expect(status >= 400 && status < 500, `${platform} ${as}: ${status}`).toBe(true);
			}
			await eventually(
				() => api.get<{ items: unknown[] }>(`/orders?q=${orderId}`),
				({ items: found }) => found.length === 1,
				5_000,
				`the order of ${platform} within seconds`,
			);
		}
	}, 120_000);

	it("let a seller authorise a shop, and go on with the new token", async () => {
		const redirectUri = `${hub.api}/api/v1/oauth/callback`;
		const { url } = await api.post<{ url: string }>("/shops/jd-demo/authorize", { redirectUri });
		const consent = await fetch(url, { redirect: "manual" });
		const back = consent.headers.get("location") ?? "";
		expect(back.startsWith(redirectUri)).toBe(true);
		expect((await fetch(back)).status).toBe(200);
		expect((await fetch(back)).status).toBe(403); // once
		const [orderNo = ""] = await place("jd", { count: 1, paid: true });
		// Orders that are being refunded are not for the ERP.
		const missing = async (): Promise<string[]> =>
			(await differences(hub)).filter((difference) => difference.includes(orderNo));
		await becomesTrue(missing, 60_000, "an order after that in the ERP and shipped");
	}, 90_000);

	it("raise an alert for a state nobody knows, and settle it when it is known", async () => {
		await control("/faults", { target: "taobao", fault: "unknown-status" });
		await place("taobao", { count: 1 });
		const open = (): Promise<{ items: { kind: string; reason: string }[] }> =>
			api.get("/alerts?state=OPEN&kind=record.parked");
		const { items } = await eventually(open, ({ items: found }) => found.length > 0, 30_000, "the alert");
		expect(items[0]?.reason).toMatch(/state we do not know/);
		await control("/faults", undefined, "DELETE");
		await becomesTrue(orderDifferences, 90_000, "the order read again");
		// Every order that was looked at meanwhile was put aside, and is read again after pauses that grew.
		await eventually(open, ({ items: found }) => found.length === 0, 90_000, "the alert closed");
	}, 240_000);
});
