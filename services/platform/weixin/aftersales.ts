import type { CursorList, PullRules } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { epochSeconds } from "../json-text.ts";
import { isRecord, optionalInteger, part, type RawRecord, requiredText, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { lineIdOf, productRows } from "./lines.ts";
import { readPage } from "./lists.ts";
import { getOrder, rules as orderRules } from "./orders.ts";
import { withoutPeople } from "./people.ts";
import { reads } from "./request.ts";

const listPath = "/channels/ec/aftersale/getaftersalelist";
const detailPath = "/channels/ec/aftersale/getaftersaleorder";

/** A day is allowed. The platform chooses the size of a page and does not tell it. */
const rules: PullRules = { ...orderRules, windowMs: 23 * 3_600_000, pageSize: 50 };

/** After-sales by the time they changed: numbers alone. Source: getaftersalelist. */
export const changed: CursorList = {
	name: "changed",
	rules,
	way: "cursor",
	stampless: true,
	*page({ from, to }, cursor) {
		const body = { begin_update_time: epochSeconds(from), end_update_time: epochSeconds(to), next_key: cursor };
		return yield* reads(listPath, body, (payload, answer) => {
			const isLast = payload.has_more !== true;
			return readPage(listPath, answer, payload, { ids: "after_sale_order_id_list", isLast });
		});
	},
};

/**
 * One after-sale and, under `order`, what the order says of its goods: the after-sale itself carries neither their title
 * nor whether they had left. Source: getaftersaleorder, order/get.
 */
export function* getAftersale(id: string): Steps<RawRecord> {
	const aftersale = yield* reads(detailPath, { after_sale_order_id: id }, ({ after_sale_order: found }, answer) => {
		if (!isRecord(found)) throw badAnswer(detailPath, answer, "no after-sale");
		return withInstant(withoutPeople(found), answer.at);
	});
	const order = yield* getOrder(requiredText(aftersale, "order_id"));
	return { ...aftersale, order: goodsOnly(order, lineIdOf(part(aftersale, "product_info"))) };
}

/** `deadline` is how many seconds are left: true only now. Kept as `deadline_at`, Unix seconds, of the nearest minute. */
function withInstant({ deadline, ...aftersale }: RawRecord, at: Date): RawRecord {
	const left = optionalInteger({ deadline }, "deadline");
	return left ? { ...aftersale, deadline_at: Math.round((epochSeconds(at) + left) / 60) * 60 } : aftersale;
}

/** No more of the order than the reader needs: what else changes in it does not change the after-sale. */
function goodsOnly(order: RawRecord, lineId: string): RawRecord {
	const delivery = part(part(order, "order_detail"), "delivery_info");
	return {
		order_id: text(order, "order_id"),
		order_detail: {
			product_infos: productRows(order).filter((row) => lineIdOf(row) === lineId),
			delivery_info: { delivery_product_info: delivery.delivery_product_info },
		},
	};
}
