/** The tabs of the order centre: a tab's count is always what its list shows. Loaded in browsers too. */
import type { Stage } from "./stage.ts";

export const tabs = [
	"all",
	"wait-pay",
	"wait-audit",
	"to-push",
	"push-failed",
	"doubtful",
	"to-print",
	"to-ship",
	"part-shipped",
	"shipped",
	"completed",
	"closed",
	"exceptions",
] as const;
export type Tab = (typeof tabs)[number];

interface TabRow {
	zh: string;
	en: string;
	stages: readonly Stage[]; // of the orders in it; none named: of all
}

export const tabRows: Readonly<Record<Tab, TabRow>> = {
	all: { zh: "全部", en: "All", stages: [] },
	"wait-pay": { zh: "待付款", en: "To be paid", stages: ["WAIT_PAY"] },
	"wait-audit": { zh: "待审核", en: "To be audited", stages: ["WAIT_AUDIT"] },
	"to-push": { zh: "待推送ERP", en: "To be pushed", stages: ["TO_PUSH"] },
	"push-failed": { zh: "推送失败", en: "Push failed", stages: ["PUSH_FAILED"] },
	doubtful: { zh: "疑似", en: "In doubt", stages: ["DOUBTFUL", "HELD_DOUBTFUL"] },
	"to-print": { zh: "待打单", en: "To be printed", stages: ["TO_PRINT"] },
	// Whose ERP prints the labels has none printed here, and ships all the same.
	"to-ship": { zh: "待发货", en: "To be shipped", stages: ["TO_PRINT", "TO_SHIP"] },
	"part-shipped": { zh: "部分发货", en: "Part shipped", stages: ["PART_SHIPPED", "HELD_PART_SHIPPED"] },
	shipped: { zh: "已发货", en: "Shipped", stages: ["SHIPPED"] },
	completed: { zh: "已完成", en: "Completed", stages: ["COMPLETED"] },
	closed: { zh: "已取消", en: "Closed", stages: ["CLOSED", "CLOSED_IN_ERP_OPEN"] },
	exceptions: {
		zh: "异常/挂起",
		en: "Held",
		stages: ["HELD", "HELD_DOUBTFUL", "HELD_PART_SHIPPED", "CLOSED_IN_ERP_OPEN"],
	},
};
