import type { ErpDocument } from "../erp/document.ts";
import type { Aftersale, MarketOrder } from "../platforms/market-order.ts";
import type { ShelfProduct } from "../platforms/shelf.ts";
import type { Simulators } from "../simulators.ts";
import { wrong } from "./input.ts";
import { productRow } from "./products.ts";

const kinds = ["orders", "aftersales", "products", "documents"] as const;

/** Rows read at once: a reader of a hundred thousand rows does not hold them all in memory, nor the loop for long. */
const atOnce = 1000;

/**
 * `GET /_control/truth?kind=&after=&limit=`: the simulators' own truth as lines of JSON, in the order things came into
 * being. Each row carries its `sequence`, from 1. `after` is the `sequence` (or the id: platformOrderId,
 * platformAftersaleId, productId, key) of the last row seen; `limit` is without bound when absent. A row that changes later keeps its place.
 * Yields texts of whole lines.
 */
export function* truth(simulators: Simulators, query: URLSearchParams): Generator<string> {
	const kind = kinds.find((each) => each === query.get("kind"));
	if (!kind) throw wrong("kind", `must be one of ${kinds.join(", ")}`);
	let after = afterOf(simulators, kind, query.get("after"));
	let left = limitOf(query.get("limit"));
	while (left > 0) {
		const rows = rowsOf(simulators, kind, after, Math.min(left, atOnce));
		if (rows.length === 0) return;
		yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
		after += rows.length; // sequences have no gaps
		left -= rows.length;
	}
}

type Kind = (typeof kinds)[number];

function rowsOf(simulators: Simulators, kind: Kind, after: number, limit: number): object[] {
	const { market, documents } = simulators;
	if (kind === "orders") return market.orders.after(after, limit).map(orderRow);
	if (kind === "aftersales") return market.aftersales.after(after, limit).map(aftersaleRow);
	if (kind === "products") {
		const rows = allProducts(simulators).slice(after, after + limit);
		return rows.map((product, at) => ({ sequence: after + at + 1, ...productRow(product) }));
	}
	return documents.all.after(after, limit).map(documentRow);
}

/** What all shops sell; their shelves neither grow nor shrink. */
function allProducts({ platforms, shelf }: Simulators): ShelfProduct[] {
	return platforms.flatMap(({ name, shops }) => shops.all.flatMap(({ shopId }) => shelf.products(name, shopId)));
}

export function orderRow(order: MarketOrder): object {
	return {
		sequence: order.sequence,
		platform: order.platform,
		shopId: order.shopId,
		platformOrderId: order.platformOrderId,
		status: order.status,
		paidFen: order.paidFen,
		lines: order.lines.map(({ lineId, sku, quantity, paidFen }) => ({ lineId, sku, quantity, paidFen })),
		receiverVersion: order.receiverVersion,
		memo: order.memo.seller,
		flag: order.memo.flag,
		shipped: order.parcels.map(({ carrier, trackingNo, lineIds }) => ({ carrier, trackingNo, lines: lineIds })),
		modifiedAt: new Date(order.modifiedMs).toISOString(),
	};
}

export function aftersaleRow(aftersale: Aftersale): object {
	const { createdMs, modifiedMs, ...row } = aftersale;
	return { ...row, createdAt: new Date(createdMs).toISOString(), modifiedAt: new Date(modifiedMs).toISOString() };
}

function documentRow(document: ErpDocument): object {
	const { sequence, dialect, kind, key, orderNo, hubOrderId, lines, freightFen, totalFen } = document;
	const { accepted, cancelled, docNos, shipping } = document;
	return {
		...{ sequence, dialect, kind, key, orderNo, hubOrderId, lines, freightFen, totalFen, accepted, cancelled, docNos },
		shipping: { ...shipping, dueMs: undefined },
	};
}

/** The sequence to go on from. */
function afterOf(simulators: Simulators, kind: Kind, after: string | null): number {
	if (!after) return 0;
	const found = sequenceOf(simulators, kind, after);
	if (found !== undefined) return found;
	if (/^\d{1,15}$/.test(after)) return Number(after);
	throw wrong("after", "is no sequence and no id of a row");
}

/** The sequence of the row with that id. */
function sequenceOf(simulators: Simulators, kind: Kind, id: string): number | undefined {
	const { market, documents } = simulators;
	switch (kind) {
		case "orders":
			return market.orders.find((order) => order.platformOrderId === id)?.sequence;
		case "aftersales":
			return market.aftersales.find((aftersale) => aftersale.platformAftersaleId === id)?.sequence;
		case "products":
			return allProducts(simulators).findIndex((product) => product.productId === id) + 1 || undefined;
		case "documents":
			return documents.all.find((document) => document.key === id)?.sequence;
	}
}

function limitOf(limit: string | null): number {
	if (limit === null) return Number.POSITIVE_INFINITY;
	if (!/^\d{1,9}$/.test(limit)) throw wrong("limit", "must be a whole number");
	return Number(limit);
}
