/** Columns and filters of the after-sale centre. */
import type { Column } from "../table.ts";

export const columns: readonly Column[] = [
	{
		key: "numbers",
		title: ["售后单号 / 订单号", "After-sale / order"],
		width: 215,
		sticky: "left",
		phone: true,
		fixed: true,
	},
	{ key: "shop", title: ["店铺", "Shop"], width: 125 },
	{ key: "type", title: ["类型", "Type"], width: 115 },
	{ key: "refundFen", title: ["申请金额", "Amount"], width: 94, align: "right", phone: true },
	{ key: "status", title: ["平台状态", "Platform"], width: 130 },
	{ key: "deadline", title: ["剩余时间", "Time left"], width: 105, phone: true },
	{ key: "decision", title: ["处理", "Answer"], width: 165 },
	{ key: "goods", title: ["商品", "Goods"], width: 190 },
	{ key: "reason", title: ["原因 / 凭证", "Reason"], width: 160 },
	{ key: "returnParcel", title: ["退货运单", "Return parcel"], width: 170 },
	{ key: "received", title: ["入库", "Received"], width: 100 },
	{ key: "erp", title: ["ERP", "ERP"], width: 150 },
	{ key: "appliedAt", title: ["申请时间", "Applied"], width: 110, off: true },
	{ key: "actions", title: ["操作", "Actions"], width: 64, sticky: "right", fixed: true },
];

const beijing = "+08:00";
const dayMs = 24 * 3_600_000;

/** Days of Beijing, "2026-11-11", both included -> the instants that a list is asked for. */
export function daysToInstants(from: string, to: string): { from?: string; to?: string } {
	const start = (day: string): number => new Date(`${day}T00:00:00${beijing}`).getTime();
	return {
		...(from && { from: new Date(start(from)).toISOString() }),
		...(to && { to: new Date(start(to) + dayMs).toISOString() }),
	};
}
