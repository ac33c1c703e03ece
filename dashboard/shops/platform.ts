/** What a platform can do, as GET /platforms answers it, in words. */
import type { Words } from "../language.ts";

export interface Capabilities {
	lists: Record<"orders" | "aftersales" | "products", string[]>;
	carriers: string[];
	parts: "none" | "lines" | "quantities";
	manyParcels: boolean;
	remark: boolean;
	stock: boolean;
	reveal: boolean;
	decisions: string[];
	refusalReasons: boolean;
	waybills: boolean;
	printClient: string;
	messages: "hook" | "socket" | "none";
	authorise: boolean;
}

export interface Platform {
	platform: string;
	zh: string;
	en: string;
	can: Capabilities | null; // null: no process of the hub speaks to this platform now
}

/** One thing that is there, or not. */
export interface Fact {
	yes: boolean;
	words: Words;
}

export interface Ability {
	key: string;
	title: Words;
	facts(can: Capabilities): Fact[];
}

const yesWords: Words = ["支持", "yes"];
const noWords: Words = ["平台不支持", "not supported"];
const fact = (yes: boolean): Fact[] => [{ yes, words: yes ? yesWords : noWords }];

const parts: Readonly<Record<Capabilities["parts"], Words>> = {
	none: ["平台不支持，只能整单发", "not supported, whole orders only"],
	lines: ["按商品行拆", "by whole lines"],
	quantities: ["按件数拆", "by pieces of a line"],
};

export const messageWords: Readonly<Record<Capabilities["messages"], Words>> = {
	hook: ["平台推送给枢纽", "the platform calls the hub"],
	socket: ["枢纽保持连接接收", "the hub stays connected"],
	none: ["平台不支持，靠定时拉取", "not supported, only pulled"],
};

const decisions: Readonly<Record<string, Words>> = {
	AGREE_REFUND: ["同意退款", "agree to refund"],
	AGREE_RETURN: ["同意退货", "agree to return"],
	REFUSE: ["拒绝申请", "refuse"],
	REFUSE_RECEIPT: ["拒收退货", "refuse the goods"],
	SHIP_EXCHANGE: ["换货发出", "ship exchange"],
	SHIP_RESEND: ["补寄发出", "resend"],
};

function answers(can: Capabilities): Fact[] {
	if (!can.decisions.length) return fact(false);
	const named = (names: readonly string[]): Words => [
		names.map((name) => decisions[name]?.[0] ?? name).join("、"),
		names.map((name) => decisions[name]?.[1] ?? name).join(", "),
	];
	const missing = Object.keys(decisions).filter((name) => !can.decisions.includes(name));
	const there: Fact = { yes: true, words: named(can.decisions) };
	if (!missing.length) return [there];
	const [zh, en] = named(missing);
	return [there, { yes: false, words: [`平台不支持：${zh}`, `not supported: ${en}`] }];
}

export const abilities: readonly Ability[] = [
	{
		key: "parts",
		title: ["拆单发货", "Part shipping"],
		facts: (can) => [{ yes: can.parts !== "none", words: parts[can.parts] }],
	},
	{ key: "parcels", title: ["多个包裹", "Several parcels"], facts: (can) => fact(can.manyParcels) },
	{ key: "remark", title: ["卖家备注", "Seller's remark"], facts: (can) => fact(can.remark) },
	{ key: "stock", title: ["回写库存", "Stock"], facts: (can) => fact(can.stock) },
	{ key: "reveal", title: ["解密收件人", "Reveal receiver"], facts: (can) => fact(can.reveal) },
	{ key: "decisions", title: ["售后处理", "After-sale answers"], facts: answers },
	{
		key: "reasons",
		title: ["拒绝原因", "Reasons to refuse"],
		facts: (can) => [
			can.refusalReasons
				? { yes: true, words: ["须选平台的原因", "one of the platform's own"] }
				: { yes: false, words: ["自由填写", "in one's own words"] },
		],
	},
	{ key: "waybills", title: ["电子面单", "Waybills"], facts: (can) => fact(can.waybills) },
	{
		key: "messages",
		title: ["消息", "Messages"],
		facts: (can) => [{ yes: can.messages !== "none", words: messageWords[can.messages] }],
	},
	{ key: "authorise", title: ["店铺授权页", "Consent page"], facts: (can) => fact(can.authorise) },
];
