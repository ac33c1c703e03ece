/** What orders are listed and counted by, and the conditions it makes. Each has an index: see order.model.ts. */
import type { PageQuery } from "../../mixins/paging.ts";
import { pageParams } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import type { ShopScope } from "../shop/scope.ts";
import type { Mark } from "./marks.ts";
import {
	type ErpState,
	erpStates,
	type HoldReason,
	holdReasons,
	memoFlags,
	type OrderStatus,
	orderStatuses,
} from "./order.ts";
import { provinceNames } from "./province.ts";
import { phoneTailHashes } from "./search.ts";
import { type Tab, tabRows, tabs } from "./tabs.ts";

/** What a tally of the tabs is narrowed by. */
export interface TallyQuery {
	platform?: string;
	shopId?: string;
	from?: Date; // placed in [from, to)
	to?: Date;
}

export interface OrderFilter extends TallyQuery {
	tab?: Tab;
	status?: OrderStatus;
	hold?: HoldReason;
	erpState?: ErpState;
	trackingNo?: string;
	sku?: string; // the platform's, the merchant's or the ERP's
	buyerOpenId?: string;
	phoneTail?: string; // last four digits of the receiver's phone, where the platform shows them
	flag?: string; // of the order (presale, manual …), or the colour of the seller's note
	tag?: string; // that people put on it
	q?: string; // order numbers, tracking numbers or SKUs, several at once
	deadlineBefore?: Date; // to be shipped before that, and not shipped yet: the list is in the order of deadlines
	province?: string; // 广东 or 广东省
	carrier?: string; // of a parcel of it: our code
	sellerMemo?: boolean; // has one, or has none
	buyerMemo?: boolean;
	severalGoods?: boolean; // more than one line, or more than one piece
	refund?: "APPLIED" | "DONE"; // of any of its lines
	minPaidFen?: number; // what the buyer pays, both ends included
	maxPaidFen?: number;
}

export interface OrderQuery extends OrderFilter, PageQuery {
	sort: "-placedAt" | "placedAt";
}

const day = { type: "date", convert: true, optional: true } as const;
const yesOrNo = { type: "boolean", convert: true, optional: true } as const;
const fen = { type: "number", integer: true, min: 0, max: 1e11, convert: true, optional: true } as const;

export const tallyParams = {
	$$strict: true,
	platform: "string|max:30|optional",
	shopId: "string|max:100|optional",
	from: day,
	to: day,
} as const;

/** An OrderQuery at the door of `order.list`. */
export const listParams = {
	...tallyParams,
	tab: { type: "enum", values: [...tabs], optional: true },
	status: { type: "enum", values: [...orderStatuses], optional: true },
	hold: { type: "enum", values: [...holdReasons], optional: true },
	erpState: { type: "enum", values: [...erpStates], optional: true },
	trackingNo: "string|min:1|max:60|optional",
	sku: "string|min:1|max:100|optional",
	buyerOpenId: "string|min:1|max:200|optional",
	phoneTail: { type: "string", pattern: String.raw`^\d{4}$`, optional: true },
	flag: "string|min:1|max:40|optional",
	tag: "string|min:1|max:40|optional",
	q: "string|max:20000|optional",
	deadlineBefore: day,
	province: "string|min:2|max:20|optional",
	carrier: "string|min:1|max:40|optional",
	sellerMemo: yesOrNo,
	buyerMemo: yesOrNo,
	severalGoods: yesOrNo,
	refund: { type: "enum", values: ["APPLIED", "DONE"], optional: true },
	minPaidFen: fen,
	maxPaidFen: fen,
	sort: { type: "enum", values: ["-placedAt", "placedAt"], default: "-placedAt" },
	...pageParams,
};

/** What of it `order.count` takes. */
export const countParams = { ...tallyParams, status: listParams.status };

/** All of them hold for an order of the list. */
export function conditionsOf(filter: OrderFilter, scope: ShopScope): object[] {
	const conditions: object[] = [];
	for (const [field, rule] of Object.entries(rules) as [keyof OrderFilter, Rule][]) {
		const value = filter[field];
		if (value !== undefined) conditions.push(...[rule(value as never)].flat());
	}
	if (filter.deadlineBefore && !filter.status) conditions.push({ status: { $in: ["WAIT_SHIP", "PART_SHIPPED"] } });
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	return conditions;
}

type Rule = (value: never) => object | object[];

const rules: { [F in keyof OrderFilter]-?: (value: NonNullable<OrderFilter[F]>) => object | object[] } = {
	tab: (tab) => (tabRows[tab].stages.length ? { stage: isOneOf(tabRows[tab].stages) } : []),
	status: (status) => ({ status }),
	platform: (platform) => ({ platform }),
	shopId: (shopId) => ({ shopId }),
	hold: (reason) => ({ "holds.reason": reason }),
	erpState: (state) => ({ "erp.state": state }),
	from: (from) => ({ placedAt: { $gte: from } }),
	to: (to) => ({ placedAt: { $lt: to } }),
	trackingNo: (no) => ({ numbers: no, "parcels.trackingNo": no }),
	sku: (sku) => ({ numbers: sku }),
	buyerOpenId: (openId) => ({ "buyer.openId": openId }),
	phoneTail: (digits) => ({ "receiver.phoneTail": isOneOf(phoneTailHashes(digits)) }),
	flag: (flag) => ({ [isColour(flag) ? "memo.flag" : "flags"]: flag }),
	tag: (tag) => ({ tags: tag }),
	deadlineBefore: (before) => ({ shipDeadline: { $lt: before } }),
	q: (terms) => anyOf(terms, ["numbers"]),
	province: (name) => ({ "receiver.province": isOneOf(provinceNames(name)) }),
	carrier: (code) => ({ "parcels.carrier": code }),
	// Of several marks an index serves the first: the rarest.
	refund: (state) => marked(`REFUND_${state}`, true),
	sellerMemo: (has) => marked("SELLER_MEMO", has),
	buyerMemo: (has) => marked("BUYER_MEMO", has),
	severalGoods: (has) => marked("SEVERAL_GOODS", has),
	minPaidFen: (least) => ({ "money.paidFen": { $gte: least } }),
	maxPaidFen: (most) => ({ "money.paidFen": { $lte: most } }),
};

const marked = (mark: Mark, has: boolean): object => ({ marks: has ? mark : { $ne: mark } });

/** A list of one would not be read in an index's order. */
const isOneOf = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : { $in: values });

/** No word is both. */
const isColour = (flag: string): boolean => memoFlags.some((colour) => colour === flag);
