/** After-sales that mappings are tried on. */
import type { AftersaleType } from "../../../services/aftersale/aftersale.ts";
import type { AftersaleView } from "../../../services/aftersale/view.ts";
import { marks, type TrialOrder } from "./trial-order.ts";
import type { Variant } from "./variants.ts";

/** As flows get it, but for what may be done about it: no mapping needs that. */
export type TrialAftersale = Omit<AftersaleView, "moves" | "todo">;

/** Those that the dialect has a document for. */
const typesOf: Readonly<Record<string, readonly AftersaleType[]>> = { qimen: ["RETURN_REFUND", "EXCHANGE"] };
const usual: readonly AftersaleType[] = ["RETURN_REFUND", "REFUND_ONLY", "EXCHANGE"];

/** `combined`: its second line is a combo. */
export function aftersalesOf(dialect: string, plain: TrialOrder, combined: TrialOrder): Variant[] {
	const typed = (typesOf[dialect] ?? usual).map(
		(type): Variant => ({
			name: { zh: `售后 ${type}`, en: `an after-sale ${type}` },
			order: plain,
			aftersale: aftersaleOf(plain, { type }, [{ at: 0, quantity: 2, refundFen: 7_205 }]),
		}),
	);
	const claim = (order: TrialOrder, lines: Claim[], over: Partial<TrialAftersale> = {}): TrialAftersale =>
		aftersaleOf(order, { type: "RETURN_REFUND", ...over }, lines);
	const both: Claim[] = [
		{ at: 0, quantity: 1, refundFen: 3_603 },
		{ at: 1, quantity: 1, refundFen: 1_990 },
	];
	return [
		...typed,
		{
			name: { zh: "两行的售后", en: "an after-sale of two lines" },
			order: plain,
			aftersale: claim(plain, both),
		},
		{
			name: { zh: "连同运费的退款", en: "a refund with freight" },
			order: plain,
			aftersale: claim(plain, both, { refundFen: 6_193 }),
		},
		{
			name: { zh: "组合装的售后", en: "an after-sale of a combo" },
			order: combined,
			aftersale: claim(combined, [{ at: 1, quantity: 1, refundFen: 4_999 }]),
		},
		{
			name: { zh: "重新推送过的订单的售后", en: "an after-sale of an order that came anew" },
			order: { ...plain, erp: { ...plain.erp, revision: 2 } },
			aftersale: claim(plain, both),
		},
		{
			name: { zh: "已完成、没有退货物流和原因的售后", en: "an after-sale that is done, without parcel and reason" },
			order: plain,
			aftersale: claim(plain, both, { status: "DONE", returnParcel: null, reason: "", deadline: null }),
		},
	];
}

interface Claim {
	at: number; // which line
	quantity: number;
	refundFen: number;
}

function aftersaleOf(order: TrialOrder, over: Partial<TrialAftersale>, claims: readonly Claim[]): TrialAftersale {
	return {
		_id: `${order.platform}:shop-1:${marks.aftersaleNo}`,
		platform: order.platform,
		shopId: "shop-1",
		aftersaleNo: marks.aftersaleNo,
		orderId: order._id,
		orderNo: order.orderNo,
		type: "RETURN_REFUND",
		status: "WAIT_SELLER_RECEIVE",
		rawType: "REFUND_AND_RETURN",
		rawStatus: "WAIT_SELLER_CONFIRM_GOODS",
		lines: claims.map(({ at, quantity, refundFen }) => {
			const { lineId = "", platformSkuId = "", outerSku = "", title = "" } = order.lines[at] ?? {};
			return { lineId, platformSkuId, outerSku, title, quantity, refundFen };
		}),
		refundFen: claims.reduce((sum, { refundFen }) => sum + refundFen, 0),
		reason: marks.reason,
		buyerNote: "",
		evidence: [],
		refusal: "",
		returnParcel: { carrier: "ZTO", trackingNo: marks.trackingNo },
		deadline: new Date(marks.deadline),
		appliedAt: new Date(marks.appliedAt),
		modifiedAt: new Date(marks.afterModifiedAt),
		decision: null,
		erp: { state: "NONE", connectionId: "", docNo: "", reason: "", at: null },
		received: null,
		version: 3,
		createdAt: new Date(marks.appliedAt),
		updatedAt: new Date(marks.afterModifiedAt),
		...over,
	};
}
