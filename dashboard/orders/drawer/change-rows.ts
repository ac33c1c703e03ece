/** What an entry of the timeline changed, as rows that people read: field, before, after. Pure. */
import { carriers } from "../../../config/carriers.ts";
import { erpStates, flags, holds, statuses } from "../../../config/words.ts";

interface Told {
	zh: string;
	en: string;
}
type Shown = Told | string;

export interface ChangeRow {
	field: Shown;
	before?: Shown; // there is none where only what happened is told
	after: Shown;
}

type Kind = "fen" | "time" | "status" | "hold" | "erp" | "flag" | "carrier" | "refund" | "yes" | "why" | "text";

const fields: Readonly<Record<string, Told & { kind?: Kind }>> = {
	status: { zh: "订单状态", en: "State", kind: "status" },
	rawStatus: { zh: "平台原始状态", en: "Platform's own state" },
	flags: { zh: "订单类型", en: "Kinds" },
	paidAt: { zh: "付款时间", en: "Paid", kind: "time" },
	shipDeadline: { zh: "发货期限", en: "Ship until", kind: "time" },
	"memo.buyer": { zh: "买家留言", en: "Buyer's note" },
	"memo.seller": { zh: "卖家备注", en: "Seller's note" },
	"memo.flag": { zh: "旗帜", en: "Flag", kind: "flag" },
	"money.goodsFen": { zh: "商品金额", en: "Goods", kind: "fen" },
	"money.freightFen": { zh: "运费", en: "Freight", kind: "fen" },
	"money.discountSellerFen": { zh: "商家优惠", en: "Seller's discount", kind: "fen" },
	"money.discountPlatformFen": { zh: "平台优惠", en: "Platform's discount", kind: "fen" },
	"money.paidFen": { zh: "实付", en: "Paid", kind: "fen" },
	"money.receivableFen": { zh: "应收", en: "Receivable", kind: "fen" },
	"receiver.name": { zh: "收件人", en: "Receiver" },
	"receiver.phone": { zh: "电话", en: "Phone" },
	"receiver.address": { zh: "地址", en: "Address" },
	"receiver.province": { zh: "省", en: "Province" },
	"receiver.city": { zh: "市", en: "City" },
	"receiver.district": { zh: "区县", en: "District" },
	"receiver.town": { zh: "街道", en: "Town" },
	"receiver.key": { zh: "收件人密文", en: "Receiver's ciphertext" },
	holds: { zh: "拦截", en: "Holds", kind: "hold" },
	rule: { zh: "规则", en: "Rule" },
	erp: { zh: "ERP 状态", en: "ERP", kind: "erp" },
	docNo: { zh: "ERP 单号", en: "Document" },
	reason: { zh: "原因", en: "Reason" },
	why: { zh: "撤回原因", en: "Why", kind: "why" },
	again: { zh: "再次", en: "Again", kind: "yes" },
	carrier: { zh: "快递公司", en: "Carrier", kind: "carrier" },
	trackingNo: { zh: "运单号", en: "Tracking number" },
	parcelNo: { zh: "包裹", en: "Parcel" },
	tags: { zh: "标签", en: "Tags" },
};

const lineFields: Readonly<Record<string, Told & { kind?: Kind }>> = {
	outerSku: { zh: "商家编码", en: "merchant code" },
	erpSku: { zh: "ERP SKU", en: "ERP SKU" },
	quantity: { zh: "数量", en: "quantity" },
	priceFen: { zh: "单价", en: "price", kind: "fen" },
	discountFen: { zh: "优惠", en: "discount", kind: "fen" },
	paidFen: { zh: "实付", en: "paid", kind: "fen" },
	gift: { zh: "赠品", en: "gift", kind: "yes" },
	status: { zh: "状态", en: "state", kind: "status" },
	refund: { zh: "退款", en: "refund", kind: "refund" },
};

const tables: Readonly<Partial<Record<Kind, Readonly<Record<string, Told>>>>> = {
	status: statuses,
	hold: holds,
	erp: erpStates,
	flag: flags,
	carrier: carriers,
	refund: {
		NONE: { zh: "无", en: "none" },
		APPLIED: { zh: "申请中", en: "applied" },
		DONE: { zh: "已退款", en: "done" },
	},
	yes: { true: { zh: "是", en: "yes" }, false: { zh: "否", en: "no" } },
	why: {
		refund: { zh: "退款", en: "refund" },
		closed: { zh: "订单关闭", en: "order closed" },
		address: { zh: "地址变更", en: "address changed" },
		goods: { zh: "商品变更", en: "goods changed" },
	},
};

const nothing = "—";

function shown(value: unknown, kind: Kind = "text"): Shown {
	if (value === null || value === undefined || value === "") return nothing;
	if (Array.isArray(value)) return value.length ? joined(value.map((each) => shown(each, kind))) : nothing;
	if (kind === "fen") return (Number(value) / 100).toFixed(2);
	if (kind === "time") {
		const format = { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" } as const;
		return new Intl.DateTimeFormat("sv-SE", format).format(new Date(String(value)));
	}
	const words = tables[kind]?.[String(value)];
	if (words) return words;
	return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const joined = (all: Shown[]): Told => ({
	zh: all.map((each) => (typeof each === "string" ? each : each.zh)).join("、"),
	en: all.map((each) => (typeof each === "string" ? each : each.en)).join(", "),
});

/** "lines.<line>.paidFen": of which goods, and what of them. */
function fieldOf(name: string, titles: ReadonlyMap<string, string>): Told & { kind?: Kind } {
	const known = fields[name];
	if (known) return known;
	if (!name.startsWith("lines.")) return { zh: name, en: name };
	const path = name.slice("lines.".length);
	const last = path.slice(path.lastIndexOf(".") + 1);
	const of = lineFields[last];
	const lineId = of ? path.slice(0, -last.length - 1) : path;
	const title = titles.get(lineId) ?? lineId;
	return of ? { zh: `${title} ${of.zh}`, en: `${title}: ${of.en}`, kind: of.kind ?? "text" } : { zh: title, en: title };
}

/** A list of two is what was and what is, but for lists that are told as such. */
const lists = new Set(["holds"]);

/** @param titles of the order's lines, by their id */
export function changeRows(
	change: Readonly<Record<string, unknown>>,
	titles: ReadonlyMap<string, string>,
): ChangeRow[] {
	return Object.entries(change).flatMap(([name, value]): ChangeRow[] => {
		const { kind, ...field } = fieldOf(name, titles);
		if (Array.isArray(value) && value.length === 2 && !lists.has(name))
			return [{ field, before: shown(value[0], kind), after: shown(value[1], kind) }];
		const after = shown(value, kind);
		return after === nothing ? [] : [{ field, after }];
	});
}
