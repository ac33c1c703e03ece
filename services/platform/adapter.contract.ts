/**
 * What every platform must do, run against its simulator through the real services: `describePlatform(...)` in the
 * platform's own test file.
 */
import type { ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../sandbox/testing/running.ts";
import { startBroker } from "../../test/broker.ts";
import { listWindow } from "../pull/list-window.ts";
import { orderSource } from "../pull/source.ts";
import ShopService from "../shop/shop.service.ts";
import type { ShopView } from "../shop/shop.ts";
import type { PlatformAdapter, ShippedLine } from "./adapter.ts";
import type { OrderReading } from "./platform-service.ts";

/** A shop as the sandbox lists it. */
export interface SandboxShop {
	platform: string;
	shopId: string;
	name: string;
	sellerId: string;
	gatewayUrl: string;
	app: { key: string; secret: string };
	token: { access: string; refresh: string; expiresAt: string };
}

/** Connects the sandbox's shop of a platform with the hub. */
export async function connectShop(
	broker: ServiceBroker,
	{ control }: RunningSandbox,
	platform: string,
	changes: object = {},
): Promise<ShopView> {
	const { shops } = await control<{ shops: SandboxShop[] }>("GET", "shops");
	const shop = shops.find((each) => each.platform === platform);
	if (!shop) throw new Error(`the sandbox has no shop of ${platform}`);
	const { shopId: id, ...rest } = shop;
	return broker.call("shop.create", { id, ...rest, ...changes });
}

export interface PlatformUnderTest {
	adapter: PlatformAdapter;
	service: ServiceSchema;
	/** A carrier of ours and a tracking number that the simulator takes for one of its numbers. */
	parcel: { carrier: string; trackingNo: string };
}

export function describePlatform({ adapter, service, parcel }: PlatformUnderTest): void {
	const { name } = adapter;
	const { pageSize } = adapter.rules.orders;
	const action = (verb: string): string => `platform.${name}.${verb}`;
	let sandbox: RunningSandbox;
	let broker: ServiceBroker;
	let shopId: string;

	const fault = (fault: string, times?: number) =>
		sandbox.control("POST", "faults", { target: name, fault, ...(times && { times }) });
	const place = (count: number, wish: object = {}) =>
		sandbox.control<{ orders: { platformOrderId: string }[] }>("POST", `platforms/${name}/orders`, { count, ...wish });
	const placeOne = async (wish: object = {}): Promise<string> =>
		(await place(1, wish)).orders[0]?.platformOrderId ?? "";
	const act = (orderNo: string, order: object) =>
		sandbox.control("POST", `platforms/${name}/orders/${orderNo}/actions`, order);
	const get = (orderNo: string) => broker.call<OrderReading, object>(action("orders.get"), { shopId, orderNo });
	const ship = (orderNo: string, lineIds: string[] = []) =>
		broker.call(action("ship"), { shopId, orderNo, ...parcel, lineIds });
	const shipped = (orderNo: string) => broker.call<ShippedLine[], object>(action("shipped"), { shopId, orderNo });
	const statusOf = async (): Promise<string> =>
		(await broker.call<ShopView, object>("shop.get", { id: shopId })).status;

	async function listed(): Promise<string[]> {
		const source = orderSource(broker, name, shopId);
		const window = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 5_000) };
		const { rows } = await listWindow(source, window, pageSize);
		return rows.map(({ id }) => id).sort();
	}

	beforeAll(async () => {
		sandbox = await runSandbox();
		broker = await startBroker(ShopService, service);
		shopId = (await connectShop(broker, sandbox, name))._id;
	});
	afterEach(async () => {
		await sandbox.control("DELETE", "faults");
		await sandbox.control("POST", "reset", {});
	});
	afterAll(async () => {
		await broker?.stop();
		await sandbox?.end();
	});

	describe("lists", () => {
		it.each([0, 1, pageSize - 1, pageSize, pageSize + 1, 3 * pageSize + 7])(
			"every one of %i orders once",
			async (count) => {
				const ids = count ? (await place(count)).orders.map(({ platformOrderId }) => platformOrderId).sort() : [];
				expect(await listed()).toEqual(ids);
			},
		);

		it.each(["page-shift", "repeat-pages"])("every order although the platform does %s", async (trouble) => {
			const { orders } = await place(2 * pageSize + 5);
			await fault(trouble, 3);
			expect(await listed()).toEqual(orders.map(({ platformOrderId }) => platformOrderId).sort());
		});

		it("only what changed in the window", async () => {
			await place(3);
			const source = orderSource(broker, name, shopId);
			const past = { from: new Date(Date.now() - 600_000), to: new Date(Date.now() - 60_000) };
			expect((await listWindow(source, past, pageSize)).rows).toEqual([]);
		});
	});

	describe("an order", () => {
		it("is what the simulator knows, to the fen", async () => {
			const { orders } = await place(20, { seed: "contract" });
			const truth = await sandbox.truth("kind=orders");
			for (const { platformOrderId } of orders) {
				const { order } = await get(platformOrderId);
				const row = truth.find((each) => each.platformOrderId === platformOrderId);
				expect(order).toMatchObject({ platform: name, shopId, orderNo: platformOrderId, status: "WAIT_SHIP" });
				expect(order.money.paidFen).toBe(row?.paidFen);
				expect(
					order.lines.map(({ lineId, outerSku: sku, quantity, paidFen }) => ({ lineId, sku, quantity, paidFen })),
				).toEqual(row?.lines.map(({ lineId, sku, quantity, paidFen }) => ({ lineId, sku, quantity, paidFen })));
				expect(order.receiver.platformKey).not.toBe("");
			}
		});

		it("carries no plain name, phone or address", async () => {
			const { receiver } = (await get(await placeOne())).order;
			for (const each of [receiver.name, receiver.phone, receiver.address]) expect(each).toContain("*");
		});

		it("waits for payment until it is paid", async () => {
			const orderNo = await placeOne({ paid: false });
			expect((await get(orderNo)).order).toMatchObject({ status: "WAIT_PAY", paidAt: null });
			await act(orderNo, { action: "pay" });
			expect((await get(orderNo)).order.status).toBe("WAIT_SHIP");
		});

		it("is held while the buyer asks for money back, and not when the buyer no longer does", async () => {
			const orderNo = await placeOne();
			await act(orderNo, { action: "request-refund", type: "REFUND_BEFORE_SHIP" });
			const asked = (await get(orderNo)).order;
			expect(asked.platformHolds).toContain("REFUND_APPLIED");
			expect(asked.lines.some(({ refund }) => refund === "APPLIED")).toBe(true);
			await act(orderNo, { action: "cancel-refund" });
			expect((await get(orderNo)).order.platformHolds).toEqual([]);
		});

		it("is closed when the platform closes it", async () => {
			const orderNo = await placeOne({ paid: false });
			await act(orderNo, { action: "close" });
			expect((await get(orderNo)).order.status).toBe("CLOSED");
		});

		it("with an unknown status is refused, and its document kept", async () => {
			const orderNo = await placeOne();
			await fault("unknown-status", 1);
			await expect(get(orderNo)).rejects.toMatchObject({ type: "PLATFORM_UNKNOWN_STATUS", code: 422 });
			expect((await get(orderNo)).order.status).toBe("WAIT_SHIP");
		});

		it("that does not exist is refused", async () => {
			await expect(get("4000000000000000001")).rejects.toMatchObject({ type: "PLATFORM_REFUSED", code: 422 });
		});
	});

	describe("shipping", () => {
		it("reaches the platform once and can be looked up", async () => {
			const orderNo = await placeOne();
			expect(await shipped(orderNo)).toEqual([]);
			await ship(orderNo);
			const lines = await shipped(orderNo);
			expect(lines.length).toBeGreaterThan(0);
			for (const line of lines) expect(line).toMatchObject(parcel);
			const [row] = await sandbox.truth("kind=orders");
			expect(row?.shipped).toHaveLength(1);
			expect((await get(orderNo)).order.status).toBe("SHIPPED");
		});

		it.runIf(adapter.can.partShip)("of one line leaves the rest to be shipped", async () => {
			const orderNo = await placeOne({ lines: 2 });
			const lineId = (await get(orderNo)).order.lines[0]?.lineId ?? "";
			await ship(orderNo, [lineId]);
			expect((await get(orderNo)).order.status).toBe("PART_SHIPPED");
			expect((await shipped(orderNo)).map((line) => line.lineId)).toEqual([lineId]);
		});

		it("twice is refused with the platform's reason", async () => {
			const orderNo = await placeOne();
			await ship(orderNo);
			await expect(ship(orderNo)).rejects.toMatchObject({ type: "PLATFORM_REFUSED" });
		});

		it("of an order whose buyer wants the money back is refused", async () => {
			const orderNo = await placeOne();
			await act(orderNo, { action: "request-refund", type: "REFUND_BEFORE_SHIP" });
			await expect(ship(orderNo)).rejects.toMatchObject({ type: "PLATFORM_REFUSED" });
		});

		it.each(["reset-after-accept", "cut-json"])(
			"is never repeated in doubt (%s), and looking tells",
			async (trouble) => {
				const orderNo = await placeOne();
				await fault(trouble, 1);
				await expect(ship(orderNo)).rejects.toMatchObject({ type: expect.stringMatching(/UNREACHABLE|BAD_RESPONSE/) });
				expect((await shipped(orderNo)).length).toBeGreaterThan(0);
				expect((await sandbox.truth("kind=orders"))[0]?.shipped).toHaveLength(1);
			},
		);

		it("waits when the platform asks to slow down", async () => {
			const orderNo = await placeOne();
			await fault("rate-limit", 1);
			await ship(orderNo);
			expect((await shipped(orderNo)).length).toBeGreaterThan(0);
		});
	});

	it("does not ship long after it was asked to: the caller would be at it again by then", async () => {
		const orderNo = await placeOne();
		await fault("rate-limit");
		const askedMs = performance.now();
		await expect(ship(orderNo)).rejects.toMatchObject({ type: "PLATFORM_RATE_LIMITED" });
		expect(performance.now() - askedMs).toBeLessThan(6_000);
		expect((await sandbox.truth("kind=orders"))[0]?.shipped).toEqual([]);
	});

	describe("reading goes on", () => {
		it.each(["rate-limit", "status:502", "reset", "garbage", "cut-json", "huge:21", "delay:300"])(
			"after %s",
			async (trouble) => {
				const orderNo = await placeOne();
				await fault(trouble, 1);
				expect((await get(orderNo)).order.orderNo).toBe(orderNo);
			},
		);

		it("with a new token when the old one has expired", async () => {
			const orderNo = await placeOne();
			await fault("expired-token", 1);
			const readings = await Promise.all([get(orderNo), get(orderNo), get(orderNo)]);
			expect(readings).toHaveLength(3);
			expect(await statusOf()).toBe("ACTIVE");
		});

		it.each([3_000, -3_000])("when the platform's clock is %i s off ours", async (seconds) => {
			const orderNo = await placeOne();
			await fault(`clock:${seconds}`);
			expect((await get(orderNo)).order.orderNo).toBe(orderNo);
			const { now } = await broker.call<{ now: Date }, object>(action("orders.rules"), { shopId });
			expect(Math.abs(now.getTime() - Date.now() - seconds * 1_000)).toBeLessThan(5_000);
		});
	});

	it("marks the shop when its token cannot be renewed, and says so", async () => {
		const orderNo = await placeOne();
		const { gatewayUrl } = await broker.call<ShopView, object>("shop.get", { id: shopId });
		const other = await broker.call<ShopView, object>("shop.create", {
			platform: name,
			name: "other",
			sellerId: "other",
			gatewayUrl,
			app: await appOf(),
			token: { access: "no-such-token" },
		});
		const call = broker.call(action("orders.get"), { shopId: other._id, orderNo });
		await expect(call).rejects.toMatchObject({ type: "PLATFORM_TOKEN_EXPIRED" });
		expect(await broker.call("shop.get", { id: other._id })).toMatchObject({ status: "TOKEN_EXPIRED" });
	});

	it("does nothing for a shop that is switched off", async () => {
		const orderNo = await placeOne();
		await broker.call("shop.update", { id: shopId, status: "DISABLED" });
		await expect(get(orderNo)).rejects.toMatchObject({ type: "CONFLICT" });
		await broker.call("shop.update", { id: shopId, status: "ACTIVE" });
		expect((await get(orderNo)).order.orderNo).toBe(orderNo);
	});

	async function appOf(): Promise<{ key: string; secret: string }> {
		const { appKey: key, appSecret: secret } = await broker.call<{ appKey: string; appSecret: string }, object>(
			"shop.access",
			{ shopId },
		);
		return { key, secret };
	}
}
