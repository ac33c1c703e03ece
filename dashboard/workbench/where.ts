/** Where a trouble is, in words: its platform, what is read, the ERP, the carrier. */
import { carriers } from "../../config/carriers.ts";
import { subjects } from "../../nodes/hub/subjects.ts";
import type { Trouble } from "../../services/report/troubles.ts";
import { carrierName, platformName } from "../format.ts";
import { inWords, told, type Words } from "../language.ts";

const words: Readonly<Record<string, Words>> = {
	orders: ["订单", "orders"],
	aftersales: ["售后", "after-sales"],
	products: ["商品", "products"],
	flow: ["流程", "flow"],
	"push.change": ["改单", "change"],
	"push.cancel": ["撤单", "cancel"],
	"push.aftersale": ["售后单", "after-sale"],
};

/** Lists of one kind that a platform has several of: which it was helps nobody here. */
const reads = new Set<Trouble["state"]>(["window.gap", "window.failed", "pull.behind"]);

export function whereText({ state, where }: Pick<Trouble, "state" | "where">): string {
	const shown = reads.has(state) ? where.slice(0, 2) : where;
	return shown.filter(Boolean).map(partText).join(" · ");
}

function partText(part: string): string {
	const own = words[part];
	if (own) return inWords(own);
	const subject = (subjects as Record<string, { zh: string; en: string }>)[part];
	if (subject) return told(subject);
	return Object.hasOwn(carriers, part) ? carrierName(part) : platformName(part);
}

/** Of these the reason is a sentence of the hub's own, which the row says in the reader's language. */
const said = new Set<Trouble["state"]>(["recall.waiting", "shipment.waiting", "shop.token-expiring"]);

export const reasonText = ({ state, reason }: Pick<Trouble, "state" | "reason">): string =>
	said.has(state) ? "" : reason;
