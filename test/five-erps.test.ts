/** A shop for each ERP dialect, through the whole hub, against the simulators' own truth. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FlowNode, toFiles } from "../services/editor/flow-files.ts";
import {
	type Api,
	type DocumentTruth,
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

interface Row {
	dialect: string;
	platform: string; // whose demo shop's orders go there
	tabs: readonly string[]; // as shipped, or the example of the editor's menu
	returnParcel: boolean; // the return document names the parcel that the buyer sends
}

const shipped = ["order-to-erp", "order-recall", "aftersale-to-erp"].map((tab) => `flows/${tab}.json`);
const example = (name: string): string[] => [`nodes/examples/${name}.json`];

/** Every dialect does everything below, but that an ERPNext return has no place for the parcel it comes in. */
const rows: readonly Row[] = [
	{ dialect: "qimen", platform: "taobao", tabs: shipped, returnParcel: true },
	{ dialect: "generic", platform: "pdd", tabs: example("generic JSON ERP"), returnParcel: true },
	{ dialect: "kingdee", platform: "douyin", tabs: example("Kingdee 金蝶云星空"), returnParcel: true },
	{ dialect: "erpnext", platform: "kuaishou", tabs: example("ERPNext"), returnParcel: false },
	{ dialect: "wdt", platform: "xiaohongshu", tabs: example("旺店通"), returnParcel: true },
];

/** What an ERP may do to a call, and which of them do it. Of the five only 金蝶 has sessions that end. */
const faults: readonly { fault: string; dialects: readonly string[] }[] = [
	{ fault: "reset-after-accept", dialects: rows.map(({ dialect }) => dialect) },
	{ fault: "business-error", dialects: rows.map(({ dialect }) => dialect) },
	{ fault: "rate-limit", dialects: rows.map(({ dialect }) => dialect) },
	{ fault: "expired-token", dialects: ["kingdee"] },
];

interface Document extends DocumentTruth {
	kind: string;
	key: string;
	cancelled: boolean;
}

interface HubOrder {
	_id: string;
	orderNo: string;
	status: string;
	erp: { state: string; reason: string };
}

/** The tabs of one ERP, switched on for one shop. */
async function tabsFor({ platform, tabs }: Row): Promise<FlowNode[]> {
	const texts = await Promise.all(tabs.map((file) => readFile(path.resolve(import.meta.dirname, "..", file), "utf8")));
	const nodes = texts.flatMap((text) => JSON.parse(text) as FlowNode[]);
	return nodes.map((node) => ({
		...node,
		...(node.type === "tab" && { disabled: false }),
		...("shopId" in node && { shopId: `${platform}-demo` }),
	}));
}

/** Into the data folder, as a deploy in the editor leaves them there. */
async function writeFlows(dir: string): Promise<void> {
	const shared = await readFile(path.resolve(import.meta.dirname, "../flows/global.json"), "utf8");
	const nodes = [JSON.parse(shared) as FlowNode[], ...(await Promise.all(rows.map(tabsFor)))].flat();
	await mkdir(path.join(dir, "flows"));
	for (const [name, text] of toFiles(nodes)) await writeFile(path.join(dir, "flows", name), text);
}

describe("five ERPs", () => {
	let dir: string;
	let hub: Hub;
	let api: Api;

	const control = <T>(place: string, body?: object, method?: string): Promise<T> =>
		json(`${hub.sandbox}/_control${place}`, body, {}, method);
	const place = async ({ platform }: Row, wish: object): Promise<string[]> => {
		const { orders } = await control<{ orders: { platformOrderId: string }[] }>(`/platforms/${platform}/orders`, wish);
		return orders.map(({ platformOrderId }) => platformOrderId);
	};
	const act = ({ platform }: Row, orderNo: string, action: object): Promise<unknown> =>
		control(`/platforms/${platform}/orders/${orderNo}/actions`, action);
	const ships = ({ dialect }: Row, autoShip: boolean): Promise<unknown> => control(`/erp/${dialect}`, { autoShip });

	const ordersOf = async ({ platform }: Row): Promise<OrderTruth[]> =>
		(await truth<OrderTruth>(hub, "orders")).filter(({ shopId }) => shopId === `${platform}-demo`);
	const orderOf = async (row: Row, orderNo: string): Promise<OrderTruth | undefined> =>
		(await ordersOf(row)).find(({ platformOrderId }) => platformOrderId === orderNo);
	const documentsOf = async (row: Row, kind: string): Promise<Document[]> =>
		(await truth<Document>(hub, "documents")).filter((each) => each.dialect === row.dialect && each.kind === kind);
	/** Of one order, all that were ever told, the latest last: "<number> live|cancelled <how often it was taken>". */
	const toldOf = async (row: Row, orderNo: string): Promise<string[]> =>
		(await documentsOf(row, "order"))
			.filter(({ key }) => key === orderNo || key.startsWith(`${orderNo}-`))
			.map(({ key, cancelled, accepted }) => `${key} ${cancelled ? "cancelled" : "live"} ${accepted}`);
	const known = async (orderNo: string): Promise<HubOrder> => {
		const { items } = await api.get<{ items: HubOrder[] }>(`/orders?q=${orderNo}`);
		if (!items[0]) throw new Error(`no order ${orderNo} yet`);
		return items[0];
	};

	/** What buyers of the shop paid for and its ERP, its platform or the hub has otherwise; one line each. */
	async function wrongOf(row: Row, orderNos: readonly string[]): Promise<string[]> {
		const documents = Map.groupBy(await documentsOf(row, "order"), ({ orderNo }) => orderNo);
		const orders = new Map((await ordersOf(row)).map((order) => [order.platformOrderId, order]));
		const found: string[] = [];
		for (const orderNo of orderNos) {
			const order = orders.get(orderNo);
			if (!order) throw new Error(`${row.platform} has no order ${orderNo}`);
			const lines = order.lines.map(({ sku, quantity, paidFen }) => `${sku}|${quantity}|${paidFen}`).sort();
			const want = [`1 times ${order.paidFen} fen`, ...lines];
			const got = (documents.get(orderNo) ?? []).flatMap((each) => [
				`${each.accepted} times ${each.totalFen} fen`,
				...each.lines.map(({ sku, quantity, totalFen }) => `${sku}|${quantity}|${totalFen}`).sort(),
			]);
			if (want.join() !== got.join())
				found.push(`${orderNo}: ${got.join() || "no document"} instead of ${want.join()}`);
			if (order.shipped.length !== 1) found.push(`${orderNo}: shipped ${order.shipped.length} times`);
		}
		return found;
	}
	const arrive = async (row: Row, orderNos: readonly string[]): Promise<void> => {
		const none = (wrong: string[]): boolean => wrong.length === 0;
		await eventually(() => wrongOf(row, orderNos), none, 90_000, `${row.dialect}: every order once, and shipped`);
		for (const orderNo of orderNos) {
			const shipped = ({ status }: HubOrder): boolean => status === "SHIPPED";
			await eventually(() => known(orderNo), shipped, 30_000, `${row.dialect}: ${orderNo} shipped in the hub too`);
		}
	};
	/** An order that its ERP has and keeps for now. */
	const pushed = async (row: Row): Promise<string> => {
		await ships(row, false);
		const [orderNo = ""] = await place(row, { count: 1, lines: 2 });
		const there = ({ erp }: HubOrder): boolean => erp.state === "OK";
		await eventually(() => known(orderNo), there, 60_000, `${row.dialect}: ${orderNo} in the ERP`);
		return orderNo;
	};

	/** What a person does: sends again what the ERP refused. */
	async function retryRefused({ dialect }: Row): Promise<void> {
		const route = `/pushes?state=REJECTED&connectionId=${dialect}-demo`;
		const { items } = await api.get<{ items: { _id: string; reason: string }[] }>(route);
		for (const { _id, reason } of items) {
			expect(reason).toContain("库存不足"); // the ERP's own words
			await api.post(`/pushes/${encodeURIComponent(_id)}/retry`);
		}
	}

	beforeAll(async () => {
		dir = await freshDir();
		await writeFlows(dir);
		hub = await startHub(dir, { HUB_READ_BACK_SEC: "1" });
		api = await signIn(hub);
	}, 120_000);
	afterAll(async () => {
		await hub.process.stop();
		await removeDir(dir);
	});

	describe("get every order once, equal in lines and fen, and their parcels reach the platform", () => {
		it.concurrent.each(rows)("$dialect", { timeout: 150_000 }, async (row) => {
			const fresh = await place(row, { count: 8, seed: `five-${row.dialect}` });
			const demo = (await ordersOf(row)).map(({ platformOrderId }) => platformOrderId);
			await arrive(row, [...new Set([...demo, ...fresh])]);
		});
	});

	it.each(faults)("still get every order once with $fault", { timeout: 150_000 }, async ({ fault, dialects }) => {
		const troubled = rows.filter(({ dialect }) => dialects.includes(dialect));
		const placed: { row: Row; orderNos: string[] }[] = [];
		for (const row of troubled) {
			const target = `erp/${row.dialect}`;
			await control("/faults", { target, fault, times: 2 }); // it strikes surely,
			await control("/faults", { target, fault, rate: 0.2 }); // and at any step
			placed.push({ row, orderNos: await place(row, { count: 5 }) });
		}
		const refusedAndMissing = async (): Promise<string[]> => {
			const missing: string[] = [];
			for (const { row, orderNos } of placed) {
				await retryRefused(row);
				const there = new Set((await documentsOf(row, "order")).map(({ orderNo }) => orderNo));
				missing.push(...orderNos.filter((orderNo) => !there.has(orderNo)).map((no) => `${row.dialect} ${no}`));
			}
			return missing;
		};
		const none = (missing: string[]): boolean => missing.length === 0;
		await eventually(refusedAndMissing, none, 90_000, "every order in its ERP in spite of the faults");
		const { faults: left } = await control<{ faults: { target: string; left: number | null }[] }>("/faults");
		expect(left.filter(({ left }) => left !== null)).toEqual([]);
		await control("/faults", undefined, "DELETE");
		await eventually(refusedAndMissing, none, 30_000, "what was refused last sent again");
		await Promise.all(
			placed.map(async ({ row, orderNos }) => {
				await eventually(
					() => retryRefused(row).then(() => wrongOf(row, orderNos)),
					none,
					60_000,
					`${row.dialect}: every order once, and shipped`,
				);
				await arrive(row, orderNos);
			}),
		);
	});

	describe("take an order back whose address changes, and get it anew", () => {
		it.concurrent.each(rows)("$dialect", { timeout: 120_000 }, async (row) => {
			const orderNo = await pushed(row);
			await act(row, orderNo, { action: "change-address" });
			const want = [`${orderNo} cancelled 1`, `${orderNo}-2 live 1`];
			const anew = (told: string[]): boolean => told.join() === want.join();
			await eventually(() => toldOf(row, orderNo), anew, 60_000, `${row.dialect}: the order under its new number`);
			await ships(row, true);
			const sent = (order?: OrderTruth): boolean => order?.shipped.length === 1;
			await eventually(() => orderOf(row, orderNo), sent, 60_000, `${row.dialect}: ${orderNo} shipped`);
			expect(await toldOf(row, orderNo)).toEqual(want);
		});
	});

	/** 奇门 has no call to change an order. */
	const changeable = rows.filter(({ dialect }) => dialect !== "qimen");

	describe("are told of a note on an order that they have", () => {
		it.concurrent.each(changeable)("$dialect", { timeout: 120_000 }, async (row) => {
			const orderNo = await pushed(row);
			await act(row, orderNo, { action: "change-memo", seller: "用木箱包装" });
			const { _id } = await known(orderNo);
			const pushId = encodeURIComponent(`${row.dialect}-demo:change:${_id}`);
			const change = (): Promise<{ state: string; document: object }> => api.get(`/pushes/${pushId}`);
			const told = ({ state, document }: { state: string; document: object }): boolean =>
				state === "OK" && JSON.stringify(document).includes("用木箱包装");
			await eventually(change, told, 60_000, `${row.dialect}: the note`);
			await ships(row, true);
			await arrive(row, [orderNo]); // still one document, and shipped once
		});
	});

	describe("take an order back whose buyer wants his money, and ship nothing", () => {
		it.concurrent.each(rows)("$dialect", { timeout: 120_000 }, async (row) => {
			const orderNo = await pushed(row);
			await act(row, orderNo, { action: "request-refund" });
			const want = [`${orderNo} cancelled 1`];
			const cancelled = (told: string[]): boolean => told.join() === want.join();
			await eventually(() => toldOf(row, orderNo), cancelled, 60_000, `${row.dialect}: the order cancelled`);
			await ships(row, true);
			await arrive(row, await place(row, { count: 1 })); // what was to be shipped before it, was
			expect(await toldOf(row, orderNo)).toEqual(want);
			expect((await orderOf(row, orderNo))?.shipped).toEqual([]);
		});
	});

	describe("are told of a return that was agreed to", () => {
		interface Aftersale {
			_id: string;
			aftersaleNo: string;
			status: string;
			lines: { outerSku: string; quantity: number }[];
		}
		const aftersaleOf = async (orderNo: string): Promise<Aftersale> => {
			const { items } = await api.get<{ items: Aftersale[] }>(`/aftersales?q=${orderNo}`);
			if (!items[0]) throw new Error(`no after-sale of ${orderNo} yet`);
			return items[0];
		};

		it.concurrent.each(rows)("$dialect", { timeout: 120_000 }, async (row) => {
			const [orderNo = ""] = await place(row, { count: 1, lines: [{ sku: "TEA-100G", quantity: 2 }] });
			await arrive(row, [orderNo]);
			await act(row, orderNo, { action: "request-refund", type: "RETURN_REFUND" });
			const is =
				(...statuses: string[]) =>
				({ status }: Aftersale): boolean =>
					statuses.includes(status);
			const asked = await eventually(() => aftersaleOf(orderNo), is("APPLIED"), 60_000, `${row.dialect}: the wish`);
			const { items } = await api.get<{ items: { addressId: string }[] }>(
				`/shops/${row.platform}-demo/return-addresses`,
			);
			const addressId = items[0]?.addressId ?? "";
			await api.post(`/aftersales/${encodeURIComponent(asked._id)}/decision`, { action: "AGREE_RETURN", addressId });
			const told = async (): Promise<string[]> =>
				(await documentsOf(row, "aftersale"))
					.filter(({ key }) => key === asked.aftersaleNo)
					.map(({ lines, accepted }) => `${lines.map(({ sku, quantity }) => `${sku}|${quantity}`).join()} ${accepted}`);
			const once = (rows: string[]): boolean => rows.join() === "TEA-100G|2 1";
			await eventually(told, once, 60_000, `${row.dialect}: the return document`);
			// Some ERPs were told of the wish already: the buyer sends nothing before the platform has the agreement.
			await eventually(() => aftersaleOf(orderNo), is("WAIT_BUYER_RETURN"), 60_000, `${row.dialect}: the agreement`);
			const trackingNo = "SF1234567890123";
			await act(row, orderNo, { action: "return-goods", carrier: "SF", trackingNo });
			const sentBack = is("WAIT_SELLER_RECEIVE");
			await eventually(() => aftersaleOf(orderNo), sentBack, 60_000, `${row.dialect}: the goods under way`);
			const pushId = encodeURIComponent(`${row.dialect}-demo:aftersale:${asked._id}`);
			const pushOf = (): Promise<{ state: string; document: object }> => api.get(`/pushes/${pushId}`);
			const named = ({ document }: { document: object }): boolean => JSON.stringify(document).includes(trackingNo);
			const retold = (push: { state: string; document: object }): boolean =>
				push.state === "OK" && (named(push) || !row.returnParcel);
			const last = await eventually(pushOf, retold, 60_000, `${row.dialect}: the parcel that comes back`);
			expect(named(last)).toBe(row.returnParcel);
			expect(once(await told()), `${row.dialect}: one return document`).toBe(true);
		});
	});
});
