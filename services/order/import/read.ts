/** A table of orders, read into the orders that its rows make. */
import { keyedHash } from "../../../mixins/secret.ts";
import {
	lostDigits,
	lostDigitsWords,
	type RowError,
	rowsUnder,
	type TableRow,
	type Words,
} from "../../../mixins/table/columns.ts";
import type { ManualLine, ManualOrder } from "../manual.ts";
import { fenOf, flagOf, timeOf, wholeOf } from "./cells.ts";
import { neededColumns, type OrderColumn, orderHeadings } from "./columns.ts";

export type OrderRowError = RowError<OrderColumn>;

/** One order of the table. */
export interface Draft {
	rows: number[]; // of the table; each is a line
	order: ManualOrder & { orderNo: string };
}

export interface ReadOrders {
	rows: number[]; // all that are not empty
	drafts: Draft[];
	errors: OrderRowError[]; // rows with one are in no draft, nor are the others of their order
}

/** A shop of the caller's, by its id or its name; null: none, or several of this name. */
export type FindShop = (text: string) => string | null;

/** The same in all rows of an order; a row that is not the first may leave it out. */
const ofOrder = [
	...["shop", "name", "phone", "province", "city", "district", "town", "address", "freight", "paid"],
	...["buyerNick", "buyerMemo", "sellerMemo", "placedAt", "shipDeadline"],
] as readonly OrderColumn[];

type Problem = [OrderColumn, Words];

const words = {
	shop: { en: "is no shop of yours, by id or name", zh: "没有这个店铺（编号或名称）" },
	noShop: { en: "is missing: say whose order it is", zh: "必填：请注明店铺" },
	orderNo: {
		en: "must be M with 3 to 40 letters, digits or dashes",
		zh: "须以 M 开头，后接 3 到 40 位字母、数字或短横线",
	},
	missing: { en: "is missing", zh: "必填" },
	amount: { en: "is no amount in yuan", zh: "不是以元为单位的金额" },
	pieces: { en: "is no number of pieces", zh: "不是件数" },
	flag: { en: "must be yes or no", zh: "须填“是”或“否”" },
	time: { en: "must be a time such as 2026-03-18 08:30", zh: "须为时间，例如 2026-03-18 08:30" },
} as const satisfies Record<string, Words>;

/** @throws INVALID when a column that is needed is not there, or one is there twice */
export function readOrders(table: readonly string[][], findShop: FindShop, shopId: string | undefined): ReadOrders {
	const found = rowsUnder(table, orderHeadings, neededColumns);
	const numbered = Map.groupBy(found, (row) => row.cell("orderNo") || `row ${row.row}`);
	const read: ReadOrders = { rows: found.map(({ row }) => row), drafts: [], errors: [] };
	const seen = new Map<string, number>(); // how often each text that numbers are made of was there
	for (const rows of numbered.values()) {
		const { draft, errors } = readOrder(rows, findShop, shopId, seen);
		if (draft) read.drafts.push(draft);
		read.errors.push(...errors);
	}
	return read;
}

type Row = TableRow<OrderColumn>;

function readOrder(
	rows: Row[],
	findShop: FindShop,
	shopId: string | undefined,
	seen: Map<string, number>,
): { draft: Draft | null; errors: OrderRowError[] } {
	const [first] = rows as [Row, ...Row[]];
	const errors: OrderRowError[] = [];
	const say = (row: Row, problems: Problem[]): void => {
		errors.push(...problems.map(([field, { en, zh }]) => ({ row: row.row, field, message: en, messageZh: zh })));
	};
	const { head, problems } = readHead(first, findShop, shopId);
	say(first, problems);
	const lines: ManualLine[] = [];
	for (const row of rows) {
		const line = readLine(row);
		say(row, line.problems);
		lines.push(line.line);
		say(row, differing(row, first));
	}
	if (errors.length) return { draft: null, errors: [...errors, ...mates(rows, errors)] };
	const order = { ...head, lines };
	const orderNo = first.cell("orderNo") || numberFor(order, seen);
	return { draft: { rows: rows.map(({ row }) => row), order: { ...order, orderNo } }, errors };
}

const differing = (row: Row, first: Row): Problem[] =>
	ofOrder
		.filter((column) => row.cell(column) !== "" && row.cell(column) !== first.cell(column))
		.map((column) => [
			column,
			{ en: `differs from row ${first.row} of the same order`, zh: `与同一订单的第 ${first.row} 行不一致` },
		]);

/** The rows of an order that are right, while another of it is not. */
export function mates(rows: readonly { row: number }[], errors: readonly OrderRowError[]): OrderRowError[] {
	const wrong = errors.find(({ row }) => rows.some((each) => each.row === row))?.row;
	return rows
		.filter(({ row }) => errors.every((error) => error.row !== row))
		.map(({ row }) => {
			const message = `row ${wrong} of the same order is wrong`;
			return { row, field: "row" as const, message, messageZh: `同一订单的第 ${wrong} 行有误` };
		});
}

function readHead({ cell }: Row, findShop: FindShop, shopId: string | undefined) {
	const problems: Problem[] = [];
	const orderNo = cell("orderNo");
	if (lostDigits(orderNo)) problems.push(["orderNo", lostDigitsWords]);
	else if (orderNo && !/^M[A-Za-z0-9-]{3,40}$/.test(orderNo)) problems.push(["orderNo", words.orderNo]);
	const named = cell("shop") || shopId;
	const shop = named === undefined ? null : findShop(named);
	if (!shop) problems.push(["shop", named === undefined ? words.noShop : words.shop]);
	if (lostDigits(cell("phone"))) problems.push(["phone", lostDigitsWords]);
	const amount = (column: OrderColumn): number | undefined => readCell(cell, column, fenOf, words.amount, problems);
	const time = (column: OrderColumn): Date | undefined => readCell(cell, column, timeOf, words.time, problems);
	const paidFen = amount("paid");
	const placedAt = time("placedAt");
	const shipDeadline = time("shipDeadline");
	const head = {
		shopId: shop ?? "",
		...(placedAt && { placedAt }),
		...(shipDeadline && { shipDeadline }),
		buyerNick: cell("buyerNick"),
		receiver: {
			...{ name: cell("name"), phone: cell("phone"), address: cell("address"), province: cell("province") },
			...{ city: cell("city"), district: cell("district"), town: cell("town") },
		},
		memo: { buyer: cell("buyerMemo"), seller: cell("sellerMemo"), flag: "" as const },
		freightFen: amount("freight") ?? 0,
		...(paidFen !== undefined && { paidFen }),
	};
	return { head, problems };
}

function readLine({ cell }: Row): { line: ManualLine; problems: Problem[] } {
	const problems: Problem[] = [];
	if (lostDigits(cell("outerSku"))) problems.push(["outerSku", lostDigitsWords]);
	const gift = flagOf(cell("gift"));
	if (gift === null) problems.push(["gift", words.flag]);
	if (!cell("quantity")) problems.push(["quantity", words.missing]);
	if (!cell("price") && !gift) problems.push(["price", words.missing]);
	const line: ManualLine = {
		outerSku: cell("outerSku"),
		title: cell("title"),
		spec: cell("spec"),
		quantity: readCell(cell, "quantity", wholeOf, words.pieces, problems) ?? 0,
		priceFen: readCell(cell, "price", fenOf, words.amount, problems) ?? 0,
		discountFen: readCell(cell, "discount", fenOf, words.amount, problems) ?? 0,
		gift: gift ?? false,
	};
	return { line, problems };
}

/** What the cell says; undefined where it is empty, or wrong: then among the problems. */
function readCell<T>(
	cell: Row["cell"],
	column: OrderColumn,
	read: (text: string) => T | null,
	wrong: Words,
	problems: Problem[],
): T | undefined {
	const text = cell(column);
	if (text === "") return undefined;
	const value = read(text);
	if (value !== null) return value;
	problems.push([column, wrong]);
	return undefined;
}

/**
 * Of an order that comes without one: by what is in its row, so that the same row makes the same order whatever else in
 * the file is corrected. The second of two rows alike is another order. Hashed under the master key: a receiver is part
 * of it, and the number is shown to many.
 */
function numberFor(order: Omit<ManualOrder, "orderNo">, seen: Map<string, number>): string {
	const text = JSON.stringify(order);
	const nth = (seen.get(text) ?? 0) + 1;
	seen.set(text, nth);
	const hash = Buffer.from(keyedHash("manual-order-number", `${nth} ${text}`), "base64url").toString("hex");
	return `M${hash.slice(0, 20).toUpperCase()}`;
}
