import { hubError } from "../../../config/errors.ts";
import { type CursorList, type Listed, type PullRules, untimed, type WindowQuery } from "../adapter.ts";
import { badAnswer, objectOf } from "../answer.ts";
import { epochSeconds } from "../json-text.ts";
import { isRecord, type RawRecord, text } from "../record.ts";
import { ask, type Step, type Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { readPage } from "./lists.ts";
import { withoutPeople } from "./people.ts";
import { reads, shopRequest } from "./request.ts";

const listPath = "/channels/ec/order/list/get";
const detailPath = "/channels/ec/order/get";
const day = 24 * 3_600_000;
const tooMany = "31042";

export const rules: PullRules = {
	windowMs: day, // 7 days are allowed
	lagMs: 0, // none is documented: what is listed late is met again in the overlap
	overlapMs: 30_000,
	pageSize: 100,
	historyMs: untimed, // no end is documented
	mostRows: 10_000, // 31042 says "too many" and not how many
	rereadOpenMs: null,
};

/** Orders by the time they changed: numbers alone, each is fetched. Source: order/list/get. */
export const changed: CursorList = { name: "changed", rules, way: "cursor", stampless: true, page };

/** Part of the window, in Unix seconds, and the platform's cursor in it: our cursor says both, "20-30:next_key". */
interface Place {
	from: number;
	to: number;
	key: string;
}

/** A window with more orders than the platform lists (31042) is read in parts, each half of what was too long. */
function* page(window: WindowQuery, cursor: string): Steps<{ rows: Listed[]; next: string | null }> {
	const end = epochSeconds(window.to);
	let place = cursor === "" ? { from: epochSeconds(window.from), to: end, key: "" } : placeOf(cursor);
	let answered = yield* ask(listing(place));
	while (answered === null) {
		place = { ...place, to: place.from + Math.floor((place.to - place.from) / 2) };
		answered = yield* ask(listing(place));
	}
	const { rows, next } = answered;
	if (next !== null) return { rows, next: cursorOf({ ...place, key: next }) };
	return { rows, next: place.to < end ? cursorOf({ from: place.to + 1, to: end, key: "" }) : null };
}

/** One page; null where the time range holds too many orders and can be shortened. */
const listing = ({ from, to, key }: Place): Step<ReturnType<typeof readPage> | null> => ({
	method: listPath,
	repeatable: true,
	request: (shop) => {
		const range = { start_time: from, end_time: to };
		return shopRequest(shop, listPath, { update_time_range: range, page_size: rules.pageSize, next_key: key });
	},
	read: (answer) => {
		if (from < to && answer.status === 200 && text(objectOf(listPath, answer), "errcode") === tooMany) return null;
		const payload = payloadOf(listPath, answer);
		return readPage(listPath, answer, payload, { ids: "order_id_list", isLast: payload.has_more !== true });
	},
});

const cursorOf = ({ from, to, key }: Place): string => `${from}-${to}:${key}`;

function placeOf(cursor: string): Place {
	const [, from, to, key = ""] = /^(\d+)-(\d+):(.*)$/s.exec(cursor) ?? [];
	if (!from || !to) throw hubError("INVALID", "the cursor is not of this list", { field: "cursor" });
	return { from: Number(from), to: Number(to), key };
}

/** One order, with name, phone and address masked by the platform; what it failed to mask is masked here. Source: order/get. */
export function* getOrder(orderNo: string): Steps<RawRecord> {
	const body = { order_id: orderNo, encode_sensitive_info: true };
	return yield* reads(detailPath, body, ({ order }, answer) => {
		if (!isRecord(order)) throw badAnswer(detailPath, answer, "no order");
		return withoutPeople(order);
	});
}
