/**
 * After-sales: 原始退款单, a row for each line. Sources: 慧策开放平台 旗舰版, aftersales.refund.RawRefund.upload2 and
 * .searchHistory (the page of .search could not be had; 旺店通's Java SDK has the same parameters for it).
 * A document is {shop_no, order_list: [rows]}; a push of a `refund_no` that is there is a change of it.
 */
import { hubError } from "../../../config/errors.ts";
import type { Found, KindDriver, Outcome } from "../driver.ts";
import { ask, type ErpStep } from "../steps.ts";
import { asRecord, callRequest, readRecords, recordsOf, text } from "./call.ts";
import { refundBooking, refundForm } from "./form.ts";
import { push } from "./push.ts";
import { missingOfRefund } from "./required.ts";
import { sameRefunds } from "./same.ts";

type Document = Record<string, unknown>;

export const aftersale: KindDriver = {
	numberOf,
	missing: missingOfRefund,
	form: () => refundForm,
	booking: refundBooking,
	send: (document) => ask(upload2(document)),
	find: (number, document) => ask(look(number, document)),
};

const firstRow = (document: Document): Document => asRecord(recordsOf(document.order_list)[0]);

/** The number of the first row: all rows of an after-sale go in one call. */
function numberOf(document: Document): string {
	const number = text(firstRow(document).refund_no);
	if (!number) throw hubError("INVALID", "order_list[0].refund_no missing", { fields: ["order_list[0].refund_no"] });
	return number;
}

function upload2(document: Document): ErpStep<Outcome> {
	const { shop_no, order_list } = document;
	const rows = recordsOf(order_list).flatMap(({ refund_no, oid }) => [refund_no, oid]);
	return push({
		method: "aftersales.refund.RawRefund.upload2",
		args: [shop_no, order_list],
		rows,
		number: numberOf(document),
	});
}

const ownPlatform = 127; // 自有平台: the only one whose orders can be pushed
const mostRefunds = 100; // of one order

/** By the order's number: that finds all rows at once, and needs no period of time. */
function look(number: string, document: Document): ErpStep<Found> {
	const method = "aftersales.refund.RawRefund.search";
	const question = { tid: firstRow(document).tid, platform_id: ownPlatform };
	const pager = { page: 0, size: mostRefunds, total: false };
	return {
		name: method,
		decisive: false,
		request: (connection, now) => callRequest(connection, method, [question], now, pager),
		read: (answer) => {
			const isThere = sameRefunds(readRecords(answer).records, document);
			return isThere ? { state: "FOUND", docNo: number } : { state: "NOT_FOUND" };
		},
	};
}
