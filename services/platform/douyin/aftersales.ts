import type { PlatformAftersale } from "../../aftersale/aftersale.ts";
import type { Documents, HttpAnswer, Listed, NumberedList, WindowQuery } from "../adapter.ts";
import { wholePage } from "../answer.ts";
import { epochSeconds } from "../json-text.ts";
import { epochSec, part, type RawRecord, requiredText } from "../record.ts";
import type { Steps } from "../steps.ts";
import { aftersaleInfo, readAftersale } from "./aftersale-reader.ts";
import { recordOf, rowsOf, totalOf } from "./answer.ts";
import { reads } from "./call.ts";

const listMethod = "afterSale.List";
const detailMethod = "afterSale.Detail";
const pageSize = 100; // the most
const minute = 60_000;
const day = 24 * 60 * minute;

/** After-sales by the time they changed, oldest first, for the same reason as orders. Rows lack SKU, proof and parcel. */
const changed: NumberedList = {
	name: "changed",
	way: "numbered",
	rules: {
		windowMs: day,
		lagMs: 0,
		overlapMs: 3 * minute,
		pageSize,
		historyMs: 180 * day, // six months
		mostRows: 49_000, // page × size reaches 50 000 at most
		rereadOpenMs: null,
	},
	count: (window) => reads(listMethod, listParams(window, 0, 1), (answer) => totalOf(listMethod, answer)),
	page: (window, page) => reads(listMethod, listParams(window, page - 1, pageSize), readPage), // its pages start at 0
};

function* get(aftersaleNo: string): Steps<RawRecord> {
	const params = { after_sale_id: aftersaleNo, need_operation_record: true };
	return yield* reads(detailMethod, params, (answer) => recordOf(detailMethod, answer));
}

export const aftersales: Documents<PlatformAftersale> = {
	lists: [changed],
	get,
	modifiedAt: (raw) => epochSec(aftersaleInfo(raw), "update_time"),
	read: readAftersale,
};

const listParams = ({ from, to }: WindowQuery, page: number, size: number) => ({
	update_start_time: epochSeconds(from),
	update_end_time: epochSeconds(to),
	order_by: ["update_time asc"],
	page,
	size,
});

const readPage = (answer: HttpAnswer): Listed[] =>
	wholePage(listMethod, answer, () =>
		rowsOf(listMethod, answer, "items").map((item) => {
			const info = part(item, "aftersale_info");
			return { id: requiredText(info, "aftersale_id"), modifiedAt: epochSec(info, "update_time") };
		}),
	);
