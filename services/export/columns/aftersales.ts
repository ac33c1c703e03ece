import type { AftersaleView } from "../../aftersale/view.ts";
import { fen, source, time, word } from "./column.ts";
import { aftersaleStatuses, aftersaleTypes } from "./words.ts";

const goods = ({ lines }: AftersaleView): string =>
	lines.map(({ outerSku, title, quantity }) => `${outerSku || title} ×${quantity}`).join("; ");

export const aftersales = source<AftersaleView, AftersaleView>(
	"aftersale.list",
	{
		platform: { zh: "平台", en: "Platform", cell: ({ platform }) => platform },
		shopId: { zh: "店铺", en: "Shop", cell: ({ shopId }) => shopId },
		aftersaleNo: { zh: "售后单号", en: "After-sale no", cell: ({ aftersaleNo }) => aftersaleNo },
		orderNo: { zh: "订单号", en: "Order no", cell: ({ orderNo }) => orderNo },
		type: { zh: "类型", en: "Type", cell: ({ type }, language) => word(aftersaleTypes, type, language) },
		status: { zh: "状态", en: "Status", cell: ({ status }, language) => word(aftersaleStatuses, status, language) },
		goods: { zh: "商品", en: "Goods", cell: goods },
		refundFen: { zh: "退款金额", en: "Refund (yuan)", cell: ({ refundFen }) => fen(refundFen) },
		reason: { zh: "原因", en: "Reason", cell: ({ reason }) => reason },
		buyerNote: { zh: "买家说明", en: "Buyer note", cell: ({ buyerNote }) => buyerNote },
		refusal: { zh: "拒绝说明", en: "Refusal", cell: ({ refusal }) => refusal },
		returnCarrier: { zh: "退货快递", en: "Return carrier", cell: ({ returnParcel }) => returnParcel?.carrier ?? "" },
		returnTrackingNo: {
			...{ zh: "退货运单号", en: "Return tracking number" },
			cell: ({ returnParcel }) => returnParcel?.trackingNo ?? "",
		},
		appliedAt: { zh: "申请时间", en: "Applied at", cell: ({ appliedAt }) => time(appliedAt) },
		deadline: { zh: "处理截止", en: "Deadline", cell: ({ deadline }) => time(deadline) },
		modifiedAt: { zh: "更新时间", en: "Modified at", cell: ({ modifiedAt }) => time(modifiedAt) },
	},
	(aftersale) => [aftersale],
);
