/** Manual orders from a table: CSV or Excel. Whoever sends it again makes no order twice. */
import { typeOf } from "../../../config/errors.ts";
import type { HubContext } from "../../../mixins/actor.ts";
import { type TableFile, tableOf } from "../../../mixins/table/file.ts";
import { pooled } from "../../pull/pool.ts";
import type { ShopView } from "../../shop/shop.ts";
import { manualPlatform, revealManual } from "../manual.ts";
import { OrderModel } from "../order.model.ts";
import { type Order, orderId, type PlatformOrder } from "../order.ts";
import { checked, errorOf } from "./check.ts";
import { type Draft, type FindShop, mates, type OrderRowError, readOrders } from "./read.ts";

const maxRows = 2_000; // as many as are made while somebody waits
const idsAtOnce = 500;
const ordersAtOnce = 8;

export interface OrderImport extends TableFile {
	shopId?: string; // of rows that name none
	dryRun: boolean; // only tell what it would do
}

/** What is made of one row. */
export interface ImportedRow {
	row: number; // in the table, the heading is 1
	ok: boolean;
	orderId: string | null; // null where it is wrong
	order: ImportedOrder | null; // in the first row of each order
	errors: Omit<OrderRowError, "row">[];
}

/** Receivers as lists show them: masked. */
export interface ImportedOrder extends Pick<PlatformOrder, "shopId" | "orderNo" | "receiver" | "placedAt" | "money"> {
	known: boolean; // it was there before, and stays as it is
	lines: { outerSku: string; title: string; quantity: number; paidFen: number }[];
}

export interface ImportedOrders {
	total: number; // rows below the heading that are not empty
	created: number; // orders
	known: number; // orders that were there already
	failed: number; // rows
	rows: ImportedRow[];
}

/** A draft that would make an order. KNOWN: the order is there already · TAKEN: its number is another order's. */
interface Good extends Draft {
	id: string;
	built: PlatformOrder;
	state: "NEW" | "KNOWN" | "TAKEN";
}

/**
 * An order that is wrong is told of and left out; the others are made. One whose number is there already is `known` when
 * it is the same order, else an error.
 * @throws INVALID for a file that cannot be read, is too large or lacks a column
 */
export async function importOrders(ctx: HubContext<OrderImport>): Promise<ImportedOrders> {
	const { shopId, dryRun, ...file } = ctx.params;
	const table = await tableOf(file, maxRows);
	const { rows, drafts, errors } = readOrders(table, await shopFinder(ctx), shopId);
	const fail = (draft: Draft, found: OrderRowError[]): void => {
		errors.push(
			...found,
			...mates(
				draft.rows.map((row) => ({ row })),
				found,
			),
		);
	};
	const now = new Date();
	const good = drafts.flatMap((draft): Good[] => {
		const result = checked(draft, now);
		if ("errors" in result) fail(draft, result.errors);
		else return [{ ...draft, id: idOf(draft), built: result.built, state: "NEW" }];
		return [];
	});
	await markKnown(good, fail);
	if (!dryRun) await pooled(good.filter(isNew), ordersAtOnce, (each) => make(ctx, each, fail));
	return answer(rows, good, errors);
}

const idOf = ({ order: { shopId, orderNo } }: Draft): string => orderId(manualPlatform, shopId, orderNo);
const isNew = ({ state }: Good): boolean => state === "NEW";

type Fail = (draft: Draft, errors: OrderRowError[]) => void;

async function shopFinder(ctx: HubContext<unknown>): Promise<FindShop> {
	const { items } = await ctx.call<{ items: ShopView[] }>("shop.list");
	const ids = new Set(items.map(({ _id }) => _id));
	const named = Map.groupBy(items, ({ name }) => name);
	return (text) => {
		if (ids.has(text)) return text;
		const [shop, ...others] = named.get(text) ?? [];
		return shop && !others.length ? shop._id : null;
	};
}

/** Looks which of the orders are there already. */
async function markKnown(good: readonly Good[], fail: Fail): Promise<void> {
	for (let from = 0; from < good.length; from += idsAtOnce) {
		const part = good.slice(from, from + idsAtOnce);
		const stored = await OrderModel.find({ _id: { $in: part.map(({ id }) => id) } }).lean<Order[]>();
		const byId = new Map(stored.map((order) => [order._id, order]));
		for (const each of part) settle(each, byId.get(each.id), fail);
	}
}

function settle(each: Good, stored: Order | undefined, fail: Fail): void {
	if (!stored) return;
	each.state = isSame(each, stored) ? "KNOWN" : "TAKEN";
	if (each.state === "TAKEN") fail(each, [taken(each)]);
}

/** Notes may have been changed since. */
function isSame({ order, built }: Good, stored: Order): boolean {
	const text = ({ lines, money }: Pick<PlatformOrder, "money"> & { lines: PlatformOrder["lines"] }): string =>
		JSON.stringify([
			money.freightFen,
			lines.map(({ outerSku, quantity, priceFen, discountFen, gift }) => [
				outerSku,
				quantity,
				priceFen,
				discountFen,
				gift,
			]),
		]);
	const { name, phone, address, province, city, district } = revealManual(stored);
	const plain = order.receiver;
	const sameReceiver =
		[name, phone, address, province, city, district].join("\n") ===
		[plain.name, plain.phone, plain.address, plain.province, plain.city, plain.district].join("\n");
	return sameReceiver && text(built) === text(stored);
}

const taken = ({ rows: [row = 0] }: Draft): OrderRowError => ({
	row,
	field: "orderNo",
	message: "another order has this number",
	messageZh: "此订单号已被另一个订单使用",
});

async function make(ctx: HubContext<unknown>, each: Good, fail: Fail): Promise<boolean> {
	try {
		await ctx.call<Order, object>("order.create", each.order);
	} catch (err) {
		// Somebody made it a moment ago, perhaps by the same file.
		if (typeOf(err) === "CONFLICT") settle(each, (await OrderModel.findById(each.id).lean<Order>()) ?? undefined, fail);
		else fail(each, [errorOf(each.rows, err)]);
	}
	return true;
}

function answer(rows: number[], good: readonly Good[], errors: readonly OrderRowError[]): ImportedOrders {
	const wrong = Map.groupBy(errors, ({ row }) => row);
	const right = good.filter(({ rows: [first = 0] }) => !wrong.has(first));
	const byRow = new Map(right.flatMap((each) => each.rows.map((row) => [row, each] as const)));
	return {
		total: rows.length,
		created: right.filter(isNew).length,
		known: right.length - right.filter(isNew).length,
		failed: wrong.size,
		rows: rows.map((row) => {
			const order = byRow.get(row);
			return {
				row,
				ok: order !== undefined,
				orderId: order?.id ?? null,
				order: order?.rows[0] === row ? summaryOf(order) : null,
				errors: (wrong.get(row) ?? []).map(({ row: _, ...error }) => error),
			};
		}),
	};
}

function summaryOf({ built, state }: Good): ImportedOrder {
	const { shopId, orderNo, placedAt, money, lines } = built;
	return {
		...{ shopId, orderNo, known: state === "KNOWN", placedAt, money },
		receiver: { ...built.receiver, cipher: "" },
		lines: lines.map(({ outerSku, title, quantity, paidFen }) => ({ outerSku, title, quantity, paidFen })),
	};
}
