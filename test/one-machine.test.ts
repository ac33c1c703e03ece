import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
	type Api,
	differences,
	eventually,
	freshDir,
	type Hub,
	json,
	type OrderTruth,
	placeOrders,
	progress,
	removeDir,
	samePorts,
	signIn,
	startHub,
	truth,
} from "./hub.ts";

const orders = 60;

describe("the hub on one machine", () => {
	let dir: string;
	let hub: Hub;
	let api: Api;
	beforeAll(async () => {
		dir = await freshDir();
		hub = await startHub(dir);
		api = await signIn(hub);
	}, 120_000);
	afterAll(async () => {
		await hub.process.stop();
		await removeDir(dir);
	});

	/** Resolves when every order is in the ERP and shipped, and the hub knows it. */
	async function settled(count: number): Promise<void> {
		await eventually(
			() => progress(hub),
			({ orders, shipped, documents }) => orders >= count && shipped === orders && documents === orders,
			90_000,
			"every order in the ERP and shipped",
		);
		for (const state of ["SENDING", "IN_DOUBT"]) {
			await eventually(
				() => api.get<{ items: unknown[] }>(`/pushes?state=${state}`),
				({ items }) => items.length === 0,
				60_000,
				`no push ${state}`,
			);
		}
	}

	const control = <T>(path: string, body?: object, method?: string): Promise<T> =>
		json(`${hub.sandbox}/_control${path}`, body, {}, method);
	const orderOf = async (orderNo: string): Promise<Record<string, unknown> & { _id: string; status: string }> => {
		const { items } = await api.get<{ items: (Record<string, unknown> & { _id: string; status: string })[] }>(
			`/orders?q=${orderNo}`,
		);
		if (!items[0]) throw new Error(`no order ${orderNo} yet`);
		return items[0];
	};

	it("brings every order to the ERP once and ships it, equal in lines and fen", async () => {
		await placeOrders(hub, orders);
		await settled(orders);
		expect(await differences(hub)).toEqual([]);
		const { items } = await eventually(
			() => api.get<{ items: unknown[] }>("/orders?status=WAIT_SHIP"),
			({ items }) => items.length === 0,
			30_000,
			"nothing left in WAIT_SHIP",
		);
		expect(items).toEqual([]);
	}, 150_000);

	it("follows a change on the platform", async () => {
		const { orders: placed } = await control<{ orders: { platformOrderId: string }[] }>("/platforms/taobao/orders", {
			count: 1,
			paid: false,
		});
		const no = placed[0]?.platformOrderId as string;
		await eventually(
			() => orderOf(no),
			({ status }) => status === "WAIT_PAY",
			30_000,
			"the unpaid order",
		);
		await control(`/platforms/taobao/orders/${no}/actions`, { action: "change-memo", seller: "加急" });
		const changed = await eventually(
			() => orderOf(no),
			({ memo }) => (memo as { seller: string }).seller === "加急",
			30_000,
			"the memo",
		);
		expect(changed.status).toBe("WAIT_PAY");
		await control(`/platforms/taobao/orders/${no}/actions`, { action: "close" });
		await eventually(
			() => orderOf(no),
			({ status }) => status === "CLOSED",
			30_000,
			"the closed order",
		);
		// It was never paid, so neither the ERP nor the carrier may know of it.
		const mine = (await truth<OrderTruth>(hub, "orders")).find(({ platformOrderId }) => platformOrderId === no);
		expect(mine?.shipped).toEqual([]);
		await control("/reset", {});
	}, 120_000);

	it("makes one document when the ERP takes it and drops the connection", async () => {
		await control("/faults", { target: "erp/qimen", fault: "reset-after-accept", times: 5 });
		await placeOrders(hub, 10, 11);
		await settled(10);
		expect(await differences(hub)).toEqual([]);
	}, 120_000);

	it("loses nothing to an ERP that answers HTTP 500 for a while", async () => {
		await control("/reset", {});
		await control("/faults", { target: "erp/qimen", fault: "status:500" });
		const { orders: placed } = await placeOrders(hub, 5, 13);
		const no = placed[0]?.platformOrderId as string;
		await eventually(
			() => orderOf(no),
			({ erp }) => (erp as { state: string }).state === "IN_DOUBT",
			30_000,
			"the doubt",
		);
		await control("/faults", undefined, "DELETE");
		await settled(5);
		expect(await differences(hub)).toEqual([]);
	}, 120_000);

	it("shows what the ERP refuses in the ERP's words, and sends it again by hand", async () => {
		await control("/reset", {});
		await control("/faults", { target: "erp/qimen", fault: "business-error", times: 1 });
		const { orders: placed } = await placeOrders(hub, 1, 17);
		const no = placed[0]?.platformOrderId as string;
		const refused = await eventually(
			() => orderOf(no),
			({ erp }) => (erp as { state: string }).state === "REJECTED",
			30_000,
			"the refusal",
		);
		expect((refused.erp as { reason: string }).reason).not.toBe("");
		const { items } = await api.get<{ items: { _id: string; orderId: string; reason: string }[] }>(
			"/pushes?state=REJECTED",
		);
		const push = items.find(({ orderId }) => orderId === refused._id);
		expect(push?.reason).toBe((refused.erp as { reason: string }).reason);
		await api.post(`/pushes/${encodeURIComponent(push?._id as string)}/retry`);
		await settled(1);
		expect(await differences(hub)).toEqual([]);
	}, 120_000);

	it("stops within ten seconds on SIGTERM, and starts again without sending anything twice", async () => {
		await control("/reset", {});
		await placeOrders(hub, 20, 19);
		await settled(20);
		const stoppedAt = Date.now();
		expect(await hub.process.stop("SIGTERM")).toBe(0);
		expect(Date.now() - stoppedAt).toBeLessThan(10_000);
		hub = await startHub(dir, samePorts(hub));
		api = await signIn(hub);
		await placeOrders(hub, 5, 23);
		await settled(25);
		expect(await differences(hub)).toEqual([]);
	}, 180_000);

	it("ends the same when it is killed in the middle", async () => {
		await control("/reset", {});
		await placeOrders(hub, orders, 29);
		await eventually(
			() => progress(hub),
			({ documents }) => documents > 5,
			60_000,
			"the work under way",
		);
		await hub.process.stop("SIGKILL");
		hub = await startHub(dir, samePorts(hub));
		api = await signIn(hub);
		await settled(orders);
		expect(await differences(hub)).toEqual([]);
	}, 180_000);
});
