/** Everything that waits, but for held orders, which are counted here and listed when somebody looks at their reason. */
import type { HoldReason } from "../../services/order/order.ts";
import { get, type Page, type Query } from "../api.ts";
import { type GroupName, groupNames } from "./groups.ts";
import {
	type AlertRow,
	alertTrouble,
	type ParkedOrder,
	type PushRow,
	parkedTrouble,
	pushTrouble,
	type ShipmentRow,
	type ShopRow,
	shipmentTrouble,
	shopTrouble,
	type Trouble,
} from "./trouble.ts";

export interface Overview {
	counts: Record<GroupName, number>;
	capped: ReadonlySet<GroupName>; // of which there are more than were read
	rows: ReadonlyMap<GroupName, readonly Trouble[]>;
}

const limit = 200;
const mostAlerts = 1_000;

/** @throws Problem */
export async function readOverview(shopId: string, signal: AbortSignal): Promise<Overview> {
	const list = <Row>(address: string, query: Query = {}): Promise<Page<Row>> =>
		get<Page<Row>>(address, { shopId, limit, ...query }, signal);
	const pushes = (state: string): Promise<Page<PushRow>> => list("/pushes", { state });
	const [held, shops, alerts, failed, parked, rejected, doubtful, stopped] = await Promise.all([
		get<{ items: { reason: HoldReason; orders: number }[] }>("/held-orders/counts", { shopId }, signal),
		get<{ items: ShopRow[] }>("/shops", {}, signal),
		openAlerts(shopId, signal),
		list<ShipmentRow>("/shipments", { state: "FAILED" }),
		list<ParkedOrder>("/orders", { erpState: "PARKED" }),
		pushes("REJECTED"),
		pushes("IN_DOUBT"),
		pushes("PARKED"),
	]);
	const names = new Map(shops.items.map(({ _id, name }) => [_id, name]));
	const unauthorised = shops.items.filter(
		({ _id, status }) => status === "TOKEN_EXPIRED" && (!shopId || _id === shopId),
	);
	const noToken = new Set(unauthorised.map(({ _id }) => _id));
	// With a connection an order is among the pushes.
	const ofFlows = parked.items.filter(({ erp }) => erp.connectionId === "");
	const parkedIds = new Set(ofFlows.map(({ _id }) => _id));

	const rows = new Map<GroupName, Trouble[]>([
		["shop-stopped", unauthorised.map(shopTrouble)],
		["ship-failed", failed.items.map(shipmentTrouble)],
		["push-rejected", rejected.items.map(pushTrouble)],
		["push-doubtful", doubtful.items.map(pushTrouble)],
		["push-parked", stopped.items.map(pushTrouble)],
		["flow-parked", ofFlows.map(parkedTrouble)],
	]);
	for (const alert of alerts) {
		// The order is there itself.
		if (alert.ref.subject === "hub.order.ready" && parkedIds.has(alert.ref.orderId ?? "")) continue;
		const found = alertTrouble(alert, noToken, (id) => names.get(id) ?? id);
		if (found) rows.set(found.group, [...(rows.get(found.group) ?? []), found.trouble]);
	}
	const heldBy = new Map<string, number>(held.items.map(({ reason, orders }) => [reason, orders]));
	const counts = Object.fromEntries(
		groupNames.map((name) => [name, heldBy.get(name) ?? rows.get(name)?.length ?? 0]),
	) as Record<GroupName, number>;
	const pages = { "ship-failed": failed, "push-rejected": rejected, "push-doubtful": doubtful, "push-parked": stopped };
	const cut = Object.entries(pages).filter(([, { nextCursor }]) => nextCursor !== null);
	return { counts, rows, capped: new Set(cut.map(([name]) => name as GroupName)) };
}

async function openAlerts(shopId: string, signal: AbortSignal): Promise<AlertRow[]> {
	const all: AlertRow[] = [];
	for (let cursor: string | null | undefined; cursor !== null && all.length < mostAlerts; ) {
		const page: Page<AlertRow> = await get("/alerts", { state: "OPEN", shopId, limit, cursor }, signal);
		all.push(...page.items);
		cursor = page.nextCursor;
	}
	return all;
}
