import type { ErpDocument } from "../document.ts";
import type { Documents } from "../documents.ts";
import { type Fields, RowProblem } from "./fields.ts";
import { readRefund } from "./refund.ts";
import { readTrade, type Trade } from "./trade.ts";

export interface Pushed {
	new_count: number;
	chg_count: number;
	error_list: { no: unknown; error: string }[];
}

/** What the pushes do. Each row stands for itself: one that is wrong is told, and the others are taken. */
export class Pushes {
	readonly #dialect: string;
	readonly #documents: Documents;
	readonly #now: () => number;
	/** What came last of each document, for the queries to show; it is not kept over a restart. */
	readonly #trades = new WeakMap<ErpDocument, Pick<Trade, "row" | "lines">>();
	readonly #refunds = new WeakMap<ErpDocument, Fields>();
	/** Line number -> the order that has it: they are unique in the whole account. */
	readonly #lines = new Map<unknown, ErpDocument>();

	constructor(dialect: string, documents: Documents, now: () => number) {
		this.#dialect = dialect;
		this.#documents = documents;
		this.#now = now;
	}

	tradeOf(document: ErpDocument): Pick<Trade, "row" | "lines"> | undefined {
		return this.#trades.get(document);
	}

	refundOf(document: ErpDocument): Fields | undefined {
		return this.#refunds.get(document);
	}

	trades(rows: readonly Fields[], lines: readonly Fields[]): Pushed {
		return batch(
			rows,
			({ tid }) => tid,
			(row) => this.#trade(readTrade(row, lines)),
		);
	}

	refunds(rows: readonly Fields[]): Pushed {
		return batch(
			rows,
			({ refund_no }) => refund_no,
			(row) => this.#refund(row),
		);
	}

	#trade(trade: Trade): "new" | "changed" {
		const known = this.#find(trade.document.key);
		for (const { oid } of trade.lines) this.#checkLine(oid, known);
		const document = known ?? this.#documents.take(this.#dialect, trade.document, this.#now()).document;
		if (trade.isClosed) this.#close(document);
		else if (known) this.#change(known, trade);
		this.#trades.set(document, { row: trade.row, lines: trade.lines });
		for (const { oid } of trade.lines) this.#lines.set(oid, document);
		return known ? "changed" : "new";
	}

	#checkLine(oid: unknown, known: ErpDocument | undefined): void {
		const owner = this.#lines.get(oid);
		// The owner may be of a time before the sandbox was emptied.
		if (owner && owner !== known && this.#find(owner.key) === owner) throw new RowProblem(`子订单号${oid}已存在`);
	}

	/** A raw order takes the platform's word, even when the goods have left: they stay where they are. */
	#close(document: ErpDocument): void {
		if (this.#documents.cancel(document) === "refused") throw new RowProblem("订单已拣货,不能取消");
	}

	#change(document: ErpDocument, { document: fresh, row, lines }: Trade): void {
		if (same(this.#trades.get(document), { row, lines })) return;
		const outcome = this.#documents.change(document, fresh, this.#now());
		if (outcome === "cancelled") throw new RowProblem("订单已取消,不能修改");
		if (outcome === "shipped") throw new RowProblem("订单已发货,不能修改");
	}

	#refund(row: Fields): "new" | "changed" {
		const fresh = readRefund(row);
		if (!this.#find(fresh.orderNo)) throw new RowProblem(`原始单${fresh.orderNo}不存在`);
		const known = this.#documents.find(this.#dialect, fresh.key, "aftersale");
		const document = known ?? this.#documents.take(this.#dialect, fresh, this.#now()).document;
		const totalFen = fresh.lines.reduce((sum, line) => sum + line.totalFen, 0);
		Object.assign(document, { lines: fresh.lines, totalFen });
		this.#documents.changed(document);
		this.#refunds.set(document, row);
		return known ? "changed" : "new";
	}

	#find(tid: string): ErpDocument | undefined {
		return this.#documents.find(this.#dialect, tid);
	}
}

function batch(
	rows: readonly Fields[],
	numberOf: (row: Fields) => unknown,
	take: (row: Fields) => "new" | "changed",
): Pushed {
	const pushed: Pushed = { new_count: 0, chg_count: 0, error_list: [] };
	for (const row of rows) {
		try {
			if (take(row) === "new") pushed.new_count += 1;
			else pushed.chg_count += 1;
		} catch (err) {
			if (!(err instanceof RowProblem)) throw err;
			pushed.error_list.push({ no: numberOf(row) ?? "", error: err.message });
		}
	}
	return pushed;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
