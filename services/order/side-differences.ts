/** Where platform, hub and ERP do not say the same of an order. Pure. */
import { isDeepStrictEqual } from "node:util";
import type { Order, PlatformOrder } from "./order.ts";
import { refundOf } from "./platform-side.ts";

const words = {
	"platform.status": { zh: "平台的订单状态与集成中心不同", en: "The platform has it in another state than the hub" },
	"platform.refund": { zh: "平台的退款状态与集成中心不同", en: "The platform says another thing of its refund" },
	"platform.goods": { zh: "平台的商品或金额与集成中心不同", en: "The platform has other goods or amounts" },
	"platform.receiver": { zh: "平台的收件信息与集成中心不同", en: "The platform has another receiver" },
	"platform.not-shipped": { zh: "集成中心已有包裹，平台仍显示未发货", en: "The hub knows a parcel, the platform none" },
	"hub.no-parcel": { zh: "平台已发货，集成中心没有包裹", en: "The platform has it shipped, the hub knows no parcel" },
	"erp.missing": { zh: "已发货，但 ERP 中没有此单", en: "It is shipped, and the ERP has not got it" },
	"erp.doubtful": { zh: "不确定 ERP 中是否有此单", en: "Nobody knows whether the ERP has it" },
	"erp.still-open": { zh: "订单已取消，ERP 中仍有此单", en: "It is closed, and the ERP still has it" },
	"erp.older": { zh: "推送之后有变化，ERP 中是旧内容", en: "It changed after the push: the ERP has it as it was" },
} as const;
type What = keyof typeof words;

export interface SideDifference {
	what: What;
	zh: string;
	en: string;
}

/** `now`: what the platform said just now; null where it was not reached. */
export function sideDifferences(order: Order, now: PlatformOrder | null): SideDifference[] {
	const { status, erp, parcels, holds } = order;
	const shipped = status === "SHIPPED" || status === "COMPLETED";
	const platformStatus = now?.status ?? status;
	const platformShipped = ["PART_SHIPPED", "SHIPPED", "COMPLETED"].includes(platformStatus);
	const differs: Readonly<Record<What, boolean>> = {
		"platform.status": platformStatus !== status,
		"platform.refund": now !== null && refundOf(now.lines) !== refundOf(order.lines),
		"platform.goods": now !== null && !isDeepStrictEqual(goodsOf(now), goodsOf(order)),
		"platform.receiver": now !== null && isElsewhere(order, now),
		"platform.not-shipped": parcels.length > 0 && platformStatus === "WAIT_SHIP",
		"hub.no-parcel": parcels.length === 0 && platformShipped,
		// What was shipped before the hub knew it was never for an ERP.
		"erp.missing": shipped && !["NONE", "OK", "IN_DOUBT"].includes(erp.state),
		"erp.doubtful": erp.state === "IN_DOUBT",
		"erp.still-open": status === "CLOSED" && erp.state === "OK",
		"erp.older":
			erp.state === "OK" && holds.some(({ reason }) => reason === "ADDRESS_CHANGED" || reason === "CHANGED_AFTER_PUSH"),
	};
	return (Object.keys(words) as What[]).filter((what) => differs[what]).map((what) => ({ what, ...words[what] }));
}

const goodsOf = ({ money, lines }: Pick<PlatformOrder, "money" | "lines">) => ({
	paidFen: money.paidFen,
	lines: lines.map(({ lineId, quantity, paidFen }) => [lineId, quantity, paidFen]),
});

/** What the platform has blanked since, or masks in another way each time, tells nothing. */
function isElsewhere({ receiver: before }: Order, { receiver: after }: PlatformOrder): boolean {
	const differ = (field: "platformKey" | "province" | "city" | "district"): boolean =>
		before[field] !== "" && after[field] !== "" && before[field] !== after[field];
	return differ("platformKey") || differ("province") || differ("city") || differ("district");
}
