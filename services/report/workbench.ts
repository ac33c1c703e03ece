/** What the workbench shows: how much work there is of each kind, and what is wrong, with what to do about it. */
import { kept } from "../../mixins/kept.ts";
import type { Outcome } from "../erp/report.ts";
import type { WorkCounts } from "../order/report.ts";
import type { Tally } from "../order/tally.ts";
import type { ShopView } from "../shop/shop.ts";
import { type Caller, scopeKey } from "./caller.ts";
import { type Remedy, remedies, type Words } from "./remedies.ts";
import { shopsOf } from "./shops.ts";
import { type Seen, shownAlerts, type Trouble, troublesOf } from "./troubles.ts";

export const cardNames = {
	toAudit: { zh: "待审核", en: "To be audited" },
	toPush: { zh: "待推送ERP", en: "To be pushed" },
	pushFailed: { zh: "推送失败", en: "Push failed" },
	inDoubt: { zh: "疑似", en: "In doubt" },
	toPrint: { zh: "待打单", en: "To be printed" },
	toShip: { zh: "待发货", en: "To be shipped" },
	overdue: { zh: "已超时", en: "Overdue" },
	dueSoon: { zh: "2小时内超时", en: "Due within 2 hours" },
	refunds: { zh: "退款待处理", en: "After-sales to answer" },
	recalls: { zh: "拦截中", en: "Being recalled" },
	skuUnmatched: { zh: "SKU未匹配", en: "SKU unmatched" },
	tokensEnding: { zh: "授权将到期", en: "Authorisations ending" },
	gaps: { zh: "缺口窗口", en: "Gaps" },
	parked: { zh: "死信", en: "Parked" },
} as const satisfies Record<string, Words>;
export type CardName = keyof typeof cardNames;

export interface Card extends Words {
	name: CardName;
	count: number;
}

export interface WorkbenchReport {
	at: Date;
	cards: Card[];
	troubles: (Trouble & Remedy)[]; // the most urgent first, 200 at most
}

const keptMs = 2_000;
const answers = kept<WorkbenchReport>(keptMs);
const mostTroubles = 200;
const eachKind = 50; // so that many of one do not hide the others
const endingMs = 3 * 24 * 3_600_000;

export const workbench = (caller: Caller): Promise<WorkbenchReport> =>
	answers(scopeKey(caller), async () => {
		const at = new Date();
		const shops = await shopsOf(caller);
		const [counts, troubles] = await Promise.all([countsOf(caller, shops, at), troublesFor(caller, shops)]);
		const cards = (Object.keys(cardNames) as CardName[]).map((name) => ({
			name,
			...cardNames[name],
			count: counts[name],
		}));
		const shown = troubles.slice(0, mostTroubles).map((trouble) => ({ ...trouble, ...remedies[trouble.state] }));
		return { at, cards, troubles: shown };
	});

async function countsOf(caller: Caller, shops: readonly ShopView[], now: Date): Promise<Record<CardName, number>> {
	const ask = <T>(action: string, params = {}): Promise<T> => caller.call<T, object>(action, params);
	const [{ counts }, work, { sellersTurn }, { gaps }, { count: parked }, undone] = await Promise.all([
		ask<Tally>("order.tally"),
		ask<WorkCounts>("order.work"),
		ask<{ sellersTurn: number }>("aftersale.work"),
		ask<{ gaps: number }>("pull.gaps", { shopIds: shops.map(({ _id }) => _id) }),
		ask<{ count: number }>("event.countParked"),
		ask<Record<Exclude<Outcome, "OK">, number>>("erp.undone"),
	]);
	return {
		toAudit: counts["wait-audit"],
		toPush: counts["to-push"],
		pushFailed: undone.REJECTED + undone.PARKED, // of every kind: a cancel that failed is worse than an order that did
		inDoubt: undone.IN_DOUBT,
		toPrint: counts["to-print"],
		toShip: counts["to-ship"],
		overdue: work.overdue,
		dueSoon: work.dueSoon,
		refunds: sellersTurn,
		recalls: work.recalls,
		skuUnmatched: work.unmatched,
		tokensEnding: shops.filter((shop) => tokenEnds(shop, now)).length,
		gaps,
		parked,
	};
}

/** Or has ended; unless it is renewed without a person. */
function tokenEnds({ status, token }: ShopView, now: Date): boolean {
	if (status === "TOKEN_EXPIRED") return true;
	if (status === "DISABLED" || token.renewsItself || !token.expiresAt) return false;
	return new Date(token.expiresAt).getTime() - now.getTime() < endingMs; // text between processes
}

async function troublesFor(caller: Caller, shops: Seen["shops"]): Promise<Trouble[]> {
	const list = async <Row>(action: string, query: object): Promise<Row[]> =>
		(await caller.call<{ items: Row[] }, object>(action, { ...query, limit: eachKind })).items;
	const lists = async <Row>(action: string, queries: readonly object[]): Promise<Row[]> =>
		(await Promise.all(queries.map((query) => list<Row>(action, query)))).flat();
	const [parkedOrders, failedShipments, pushes, alerts] = await Promise.all([
		list<Seen["parkedOrders"][number]>("order.list", { erpState: "PARKED" }),
		list<Seen["failedShipments"][number]>("shipment.list", { state: "FAILED" }),
		lists<Seen["pushes"][number]>(
			"erp.list",
			["REJECTED", "IN_DOUBT", "PARKED"].map((state) => ({ state })),
		),
		lists<Seen["alerts"][number]>(
			"alert.list",
			shownAlerts.map((kind) => ({ state: "OPEN", kind })),
		),
	]);
	return troublesOf({ shops, pushes, parkedOrders, failedShipments, alerts });
}
