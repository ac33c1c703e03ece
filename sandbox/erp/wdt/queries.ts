import { beijingMs } from "../../beijing.ts";
import type { ErpDocument } from "../document.ts";
import type { Documents } from "../documents.ts";
import type { Fields } from "./fields.ts";
import type { Pushes } from "./pushes.ts";
import { ownPlatform, shownDispatch, shownRefund, shownTrade } from "./shown.ts";

export interface Pager {
	page: number; // from 0
	size: number;
	total: boolean;
}

interface Page {
	order: Fields[];
	total_count?: number;
}

/** A question the ERP does not answer; the message says why. */
export class QueryProblem extends Error {}

const hourMs = 60 * 60_000;

/** What the queries show. */
export class Queries {
	readonly #dialect: string;
	readonly #documents: Documents;
	readonly #pushes: Pushes;

	constructor(dialect: string, documents: Documents, pushes: Pushes) {
		this.#dialect = dialect;
		this.#documents = documents;
		this.#pushes = pushes;
	}

	/** By the order's number only. */
	trades({ tid }: Fields, pager: Pager): Page {
		if (typeof tid !== "string" || tid === "") throw new QueryProblem("参数中必须包含起止时间");
		const document = this.#documents.find(this.#dialect, tid);
		return paged(document ? [shownTrade(document, this.#pushes.tradeOf(document))] : [], pager);
	}

	/** By the number of the order or of the after-sale: both need the platform. */
	refunds({ tid, refund_no, platform_id }: Fields, pager: Pager): Page {
		if (platform_id !== ownPlatform || !(tid || refund_no)) throw new QueryProblem("参数中必须包含起止时间");
		const found = this.#all((each) => {
			const isAsked = (!tid || each.orderNo === tid) && (!refund_no || each.key === refund_no);
			return each.kind === "aftersale" && isAsked;
		});
		return paged(
			found.map((document) => shownRefund(document, this.#pushes.refundOf(document))),
			pager,
		);
	}

	/** By the time the goods left, an hour at most. */
	dispatches({ start_time, end_time, status_type = 0 }: Fields, pager: Pager): Page {
		const [startMs, endMs] = [beijingMs(String(start_time)), beijingMs(String(end_time))];
		if (startMs === null || endMs === null) throw new QueryProblem("参数中必须包含起止时间");
		if (endMs - startMs > hourMs) throw new QueryProblem("您的查询时间过宽,查询时间不能大于60分钟");
		if (status_type !== 0) throw new QueryProblem("status_type只支持0(模拟)");
		const found = this.#documents
			.shipped(this.#dialect, startMs, Number.POSITIVE_INFINITY)
			.filter(({ shipping }) => shipping.shippedMs < endMs + 1_000);
		return paged(found.map(shownDispatch), pager);
	}

	#all(isAsked: (document: ErpDocument) => boolean): ErpDocument[] {
		return this.#documents.all
			.after(0, Number.POSITIVE_INFINITY)
			.filter((document) => document.dialect === this.#dialect && isAsked(document));
	}
}

function paged(rows: Fields[], { page, size, total }: Pager): Page {
	const order = rows.slice(page * size, (page + 1) * size);
	return total ? { order, total_count: rows.length } : { order };
}
