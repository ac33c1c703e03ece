import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beijingDay, beijingMidnight } from "../../config/beijing.ts";
import { startBroker } from "../../test/broker.ts";
import { platformAftersale } from "../aftersale/aftersale.sample.ts";
import AftersaleService from "../aftersale/aftersale.service.ts";
import AlertService from "../alert/alert.service.ts";
import ConnectionService from "../connection/connection.service.ts";
import ErpService from "../erp/erp.service.ts";
import { PushModel } from "../erp/push.model.ts";
import EventService from "../event/event.service.ts";
import { platformOrder } from "../order/order.sample.ts";
import OrderService from "../order/order.service.ts";
import RuleService from "../order/rule.service.ts";
import { PaceModel } from "../platform/pace.model.ts";
import PlatformService from "../platform/platform.service.ts";
import { CursorModel, WindowModel } from "../pull/pull.model.ts";
import PullService from "../pull/pull.service.ts";
import ShipmentService from "../shipment/shipment.service.ts";
import ShopService from "../shop/shop.service.ts";
import SkuService from "../sku/sku.service.ts";
import type { HoursReport, OutcomesReport } from "./hours.ts";
import ReportService from "./report.service.ts";
import type { DeadlinesReport, WindowsReport } from "./shops.ts";
import type { WorkbenchReport } from "./workbench.ts";

const hourMs = 3_600_000;
const now = new Date();
const ago = (hours: number): Date => new Date(now.getTime() - hours * hourMs);
const today = beijingMidnight(now);
const yesterday = new Date(today.getTime() - 12 * hourMs);
const of = (shops: "*" | string[]) => ({ meta: { actor: "user:otto", shops } });

let broker: ServiceBroker;
const report = <T>(name: string, params: object = {}, shops: "*" | string[] = "*"): Promise<T> =>
	broker.call<T, object>(`report.${name}`, params, of(shops));

async function seed(): Promise<void> {
	const off = { enabled: false };
	const pull = { orders: off, aftersales: off, products: off };
	for (const [id, platform] of [
		["a", "taobao"],
		["b", "jd"],
	]) {
		const app = { key: "12345678", secret: "s" };
		const token = { access: "t", refresh: "", expiresAt: new Date(now.getTime() + 24 * hourMs) };
		await broker.call("shop.create", { id, platform, name: `店${id}`, sellerId: id, app, token, pull });
	}
	const order = (over: Parameters<typeof platformOrder>[0]) => broker.call("order.save", platformOrder(over));
	const inTime = { shipDeadline: new Date(now.getTime() + 30 * hourMs) };
	await order({ shopId: "a", orderNo: "1", placedAt: today, paidAt: today, shipDeadline: ago(1) });
	await order({ shopId: "a", orderNo: "2", placedAt: today, paidAt: null, status: "WAIT_PAY" });
	await order({ shopId: "a", orderNo: "3", placedAt: yesterday, paidAt: yesterday, ...inTime });
	const soon = new Date(now.getTime() + hourMs);
	await order({ shopId: "b", platform: "jd", orderNo: "4", placedAt: today, paidAt: today, shipDeadline: soon });
	const claim = (over: object) => broker.call("aftersale.save", platformAftersale({ shopId: "a", ...over }));
	await claim({ orderNo: "1", aftersaleNo: "r1", appliedAt: today });
	await claim({ orderNo: "1", aftersaleNo: "r2", appliedAt: today, status: "CLOSED" });
	await claim({ orderNo: "3", aftersaleNo: "r3", appliedAt: today, type: "EXCHANGE" });
	const push = { connectionId: "wms", kind: "order", orderId: "o", document: {}, revision: 1 };
	await PushModel.insertMany([
		{ ...push, _id: "wms:order:1", shopId: "a", state: "OK", createdAt: today },
		{ ...push, _id: "wms:order:2", shopId: "a", state: "REJECTED", createdAt: today },
		{ ...push, _id: "wms:order:3", shopId: "b", state: "REJECTED", createdAt: today },
	]);
	const list = { shopId: "a", kind: "orders" as const, list: "changed" };
	const lease = { by: "", until: ago(1) };
	await CursorModel.create({ _id: "a:orders:changed", ...list, at: ago(2), lease, ranAt: ago(1), reason: "27" });
	const window = { ...list, asked: false, by: "clock" };
	await WindowModel.insertMany([
		{ ...window, _id: "w1", from: ago(3), to: ago(2), state: "DONE" },
		{ ...window, _id: "w2", from: ago(0.001), to: now, state: "GAP" },
	]);
	const pace = { slot: 0, usedAt: now, closedUntil: now.getTime() + 60_000 };
	await PaceModel.create({ _id: JSON.stringify(["taobao", "12345678", "a", "taobao.trade.get"]), ...pace });
}

beforeAll(async () => {
	const pulling = [EventService, ShopService, OrderService, AftersaleService, PullService, PlatformService];
	broker = await startBroker(
		...pulling,
		ConnectionService,
		ErpService,
		ShipmentService,
		AlertService,
		SkuService,
		RuleService,
		ReportService,
	);
	await seed();
}, 60_000);
afterAll(() => broker?.stop());

describe("report.hours", () => {
	it("counts orders and what was paid by hour and platform, and today with its refunds", async () => {
		const { hours, today: ofToday } = await report<HoursReport>("hours", { from: yesterday, to: now });
		const row = { at: today.toISOString(), platform: "taobao", orders: 2, paidFen: 7_205 };
		expect(hours).toEqual(expect.arrayContaining([row, { ...row, platform: "jd", orders: 1 }]));
		expect(hours.reduce((sum, { orders }) => sum + orders, 0)).toBe(4);
		expect(ofToday).toEqual([
			{ platform: "jd", orders: 1, paidFen: 7_205, refunds: 0, refundFen: 0 },
			{ platform: "taobao", orders: 2, paidFen: 7_205, refunds: 1, refundFen: 3_900 },
		]);
	});

	it("counts only what is of the caller's shops", async () => {
		const { hours } = await report<HoursReport>("hours", { from: yesterday, to: now }, ["b"]);
		expect(hours.map(({ platform, orders }) => [platform, orders])).toEqual([["jd", 1]]);
		expect((await report<HoursReport>("hours", {}, [])).today).toEqual([]);
	});

	it.each([
		["more than seven days", ago(8 * 24), now],
		["an end before its start", now, ago(1)],
	])("refuses %s", async (_what, from, to) => {
		await expect(report("hours", { from, to })).rejects.toMatchObject({ type: "INVALID" });
		await expect(report("outcomes", { from, to })).rejects.toMatchObject({ type: "INVALID" });
	});
});

describe("report.outcomes", () => {
	it("splits the pushes of an hour by what became of them, within the caller's shops", async () => {
		const at = today.toISOString();
		const { hours } = await report<OutcomesReport>("outcomes", { from: today, to: new Date(today.getTime() + 1) });
		expect(hours).toHaveLength(2);
		expect(hours).toEqual(
			expect.arrayContaining([
				{ at, outcome: "OK", pushes: 1 },
				{ at, outcome: "REJECTED", pushes: 2 },
			]),
		);
		const { hours: ofOne } = await report<OutcomesReport>("outcomes", {}, ["b"]);
		expect(ofOne).toEqual([{ at, outcome: "REJECTED", pushes: 1 }]);
	});
});

describe("report.refundRate", () => {
	it("sets the refunds of a day against its orders, by platform", async () => {
		const { days } = await report<{ days: object[] }>("refundRate", { days: 2 });
		const row = { platform: "taobao", refunds: 0, refundFen: 0, orders: 1, rate: 0 };
		expect(days).toEqual([
			{ ...row, day: beijingDay(yesterday) },
			{ ...row, day: beijingDay(now), platform: "jd" },
			{ ...row, day: beijingDay(now), orders: 2, refunds: 1, refundFen: 3_900, rate: 0.5 },
		]);
		expect((await report<{ days: object[] }>("refundRate", { days: 2 }, ["none"])).days).toEqual([]);
	});
});

describe("report.deadlines", () => {
	it("counts orders to be shipped by the time that is left, shop by shop", async () => {
		const { rows } = await report<DeadlinesReport>("deadlines");
		const ofA = { platform: "taobao", shopId: "a", shopName: "店a", orders: 1 };
		expect(rows).toHaveLength(3);
		expect(rows).toEqual(
			expect.arrayContaining([
				{ ...ofA, deadline: "overdue" },
				{ ...ofA, deadline: "under48" },
				{ platform: "jd", shopId: "b", shopName: "店b", deadline: "under2", orders: 1 },
			]),
		);
		expect((await report<DeadlinesReport>("deadlines", {}, ["b"])).rows).toHaveLength(1);
	});
});

describe("report.windows", () => {
	it("tells of each hour whether it was read, how far behind the shop is, and what its platform wants no calls of", async () => {
		const { items } = await report<WindowsReport>("windows", { hours: 6 });
		expect(items).toMatchObject([
			{ shopId: "a", shopName: "店a", platform: "taobao", kind: "orders", status: "ACTIVE", reason: "27" },
		]);
		const [strip] = items;
		expect(strip?.hours).toHaveLength(6);
		expect(strip?.hours.at(-1)?.state).toBe("GAP");
		expect(strip?.hours.map(({ state }) => state)).toContain("DONE");
		expect(strip?.hours[0]?.state).toBe("NONE");
		expect(strip?.lagSec).toBeGreaterThanOrEqual(7_200);
		expect(strip?.lastSuccessAt).toBe(ago(1).toISOString());
		expect(strip?.paused).toMatchObject([{ method: "taobao.trade.get" }]);
		expect((await report<WindowsReport>("windows", { hours: 6 }, ["b"])).items).toEqual([]);
	});
});

describe("report.workbench", () => {
	const counts = ({ cards }: WorkbenchReport) => Object.fromEntries(cards.map(({ name, count }) => [name, count]));

	it("counts the work and lists what is wrong with what to do about it", async () => {
		const shown = await report<WorkbenchReport>("workbench");
		expect(counts(shown)).toMatchObject({ overdue: 1, dueSoon: 1, pushFailed: 2, inDoubt: 0, gaps: 1, parked: 0 });
		expect(counts(shown)).toMatchObject({ tokensEnding: 2, refunds: 2, recalls: 0 });
		const refused = shown.troubles.filter(({ state }) => state === "REJECTED");
		expect(refused).toHaveLength(2);
		expect(refused[0]).toMatchObject({
			what: { zh: "ERP 拒绝了单据" },
			remedy: { en: expect.stringMatching(/send it/) },
		});
	});

	it("shows a caller of one shop nothing of another's", async () => {
		const shown = await report<WorkbenchReport>("workbench", {}, ["b"]);
		expect(counts(shown)).toMatchObject({
			overdue: 0,
			dueSoon: 1,
			pushFailed: 1,
			gaps: 0,
			tokensEnding: 1,
			refunds: 0,
		});
		expect(JSON.stringify(shown)).not.toMatch(/店a|wms:order:[12]/);
	});

	it("is worked out once for all who ask at the same time", async () => {
		const asked = await Promise.all([1, 2, 3].map(() => report<WorkbenchReport>("workbench", {}, ["a", "b"])));
		expect(new Set(asked.map(({ at }) => new Date(at).getTime())).size).toBe(1);
	});
});
