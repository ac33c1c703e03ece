/** The filters of the order centre: how each stands in the page's address, and what of it the server is asked. Pure. */
import { carriers } from "../../config/carriers.ts";
import { platforms } from "../../config/platforms.ts";
import { erpStates, flags, holds } from "../../config/words.ts";
import type { Query } from "../api.ts";
import { orderMarks } from "./marks.ts";

export interface Told {
	zh: string;
	en: string;
}

export interface Filter {
	name: FilterName;
	zh: string;
	en: string;
	kind: "choice" | "text" | "day" | "yuan" | "shop" | "digits";
	choices?: Readonly<Record<string, Told>>;
	basic?: true; // in sight always; the others behind "more"
}

export const filterNames = [
	"platform",
	"shopId",
	"hold",
	"erpState",
	"deadline",
	"from",
	"to",
	"flag",
	"mark",
	"sellerMemo",
	"buyerMemo",
	"refund",
	"severalGoods",
	"province",
	"carrier",
	"phoneTail",
	"minYuan",
	"maxYuan",
	"tag",
] as const;
export type FilterName = (typeof filterNames)[number];

const yesNo = { true: { zh: "有", en: "yes" }, false: { zh: "无", en: "no" } };

export const filters: readonly Filter[] = [
	{ name: "platform", zh: "平台", en: "Platform", kind: "choice", choices: platforms, basic: true },
	{ name: "shopId", zh: "店铺", en: "Shop", kind: "shop", basic: true },
	{ name: "hold", zh: "拦截原因", en: "Held for", kind: "choice", choices: holds, basic: true },
	{ name: "erpState", zh: "ERP 状态", en: "ERP state", kind: "choice", choices: erpStates, basic: true },
	{
		name: "deadline",
		zh: "发货期限",
		en: "Ship within",
		kind: "choice",
		choices: {
			0: { zh: "已超时", en: "overdue" },
			2: { zh: "2 小时内", en: "2 hours" },
			12: { zh: "12 小时内", en: "12 hours" },
			24: { zh: "24 小时内", en: "24 hours" },
		},
		basic: true,
	},
	{ name: "from", zh: "下单从", en: "Placed from", kind: "day" },
	{ name: "to", zh: "下单至", en: "Placed until", kind: "day" },
	{ name: "flag", zh: "旗帜", en: "Flag", kind: "choice", choices: flags },
	{ name: "mark", zh: "订单类型", en: "Kind of order", kind: "choice", choices: orderMarks },
	{ name: "tag", zh: "标签", en: "Tag", kind: "text" },
	{ name: "sellerMemo", zh: "卖家备注", en: "Seller's note", kind: "choice", choices: yesNo },
	{ name: "buyerMemo", zh: "买家留言", en: "Buyer's note", kind: "choice", choices: yesNo },
	{
		name: "refund",
		zh: "退款",
		en: "Refund",
		kind: "choice",
		choices: { APPLIED: { zh: "退款中", en: "applied" }, DONE: { zh: "已退款", en: "done" } },
	},
	{
		name: "severalGoods",
		zh: "件数",
		en: "Pieces",
		kind: "choice",
		choices: { false: { zh: "单件", en: "one" }, true: { zh: "多件", en: "several" } },
	},
	{ name: "province", zh: "省份", en: "Province", kind: "text" },
	{ name: "carrier", zh: "快递", en: "Carrier", kind: "choice", choices: carriers },
	{ name: "phoneTail", zh: "手机后四位", en: "Phone, last 4", kind: "digits" },
	{ name: "minYuan", zh: "实付不低于", en: "Paid at least", kind: "yuan" },
	{ name: "maxYuan", zh: "实付不高于", en: "Paid at most", kind: "yuan" },
];

const beijing = "+08:00";
const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;
const quarterMs = 15 * 60_000;

/** Midnight in Beijing at which a day begins; undefined for what is no day. */
function startOf(day: string): Date | undefined {
	const at = new Date(`${day}T00:00:00${beijing}`);
	return Number.isNaN(at.getTime()) ? undefined : at;
}

/** "12.5" -> 1250; undefined for what is no amount. */
function fenOf(yuan: string): number | undefined {
	return /^\d{1,9}(\.\d{1,2})?$/.test(yuan) ? Math.round(Number(yuan) * 100) : undefined;
}

/** What a list is asked for, with everything that is chosen. `now` counts to the quarter, so that the same wish stays the same. */
export function queryOf(chosen: Readonly<Record<FilterName | "q" | "tab", string>>, now: Date): Query {
	const { deadline, from, to, flag, mark, minYuan, maxYuan, phoneTail, q, tab, ...same } = chosen;
	// What is overdue is so now; of what soon will be, rather some more.
	const quarter = Math[deadline === "0" ? "floor" : "ceil"](now.getTime() / quarterMs) * quarterMs;
	const after = startOf(to);
	return {
		...same,
		phoneTail: /^\d{4}$/.test(phoneTail) ? phoneTail : "",
		q: q.trim(),
		tab: tab === "all" ? "" : tab,
		flag: flag || mark,
		from: startOf(from)?.toISOString(),
		to: after && new Date(after.getTime() + dayMs).toISOString(),
		deadlineBefore: deadline && new Date(quarter + Number(deadline) * hourMs).toISOString(),
		minPaidFen: fenOf(minYuan),
		maxPaidFen: fenOf(maxYuan),
	};
}

/** What of it the counts of the tabs follow. */
export const tallyQueryOf = ({ platform, shopId, from, to }: Query): Query => ({ platform, shopId, from, to });

/** Pasted from a table or a chat: numbers with anything between them become one line. */
export const onOneLine = (pasted: string): string =>
	pasted
		.split(/[\s,，;；、]+/)
		.filter(Boolean)
		.join(" ");
