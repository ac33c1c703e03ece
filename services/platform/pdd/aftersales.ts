import type { PlatformAftersale } from "../../aftersale/aftersale.ts";
import type { Documents } from "../adapter.ts";
import { type RawRecord, requiredText, time } from "../record.ts";
import type { Steps } from "../steps.ts";
import { aftersaleNo, aftersaleParams } from "./aftersale-number.ts";
import { readAftersale } from "./aftersale-reader.ts";
import { reads } from "./call.ts";
import { numberedList, updatedIn } from "./list.ts";
import { changedRules, getOrder } from "./orders.ts";

const detailMethod = "pdd.refund.information.get";

/** After-sales by the time they changed, of every type and state. */
const changed = numberedList({
	name: "changed",
	rules: changedRules,
	method: "pdd.refund.list.increment.get",
	params: (window) => ({ ...updatedIn(window), after_sales_type: "1", after_sales_status: "1" }),
	field: "refund_list",
	listed: (row) => ({
		id: aftersaleNo(requiredText(row, "order_sn"), requiredText(row, "id")),
		modifiedAt: time(row, "updated_time"),
	}),
	useHasNext: false,
});

/** The after-sale with the `item_list` of its order: the platform tells nothing of the goods but their SKU. */
function* getAftersale(id: string): Steps<RawRecord> {
	const params = aftersaleParams(id);
	const detail = yield* reads({
		method: detailMethod,
		params,
		bareField: "after_sales_status", // documented without a root of its own
		read: (payload) => payload,
	});
	const { item_list } = yield* getOrder(params.order_sn);
	return { ...detail, item_list };
}

export const aftersales: Documents<PlatformAftersale> = {
	lists: [changed],
	get: getAftersale,
	modifiedAt: (raw) => time(raw, "updated_time"),
	read: readAftersale,
};
