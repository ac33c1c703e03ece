/** The tabs of the after-sale centre: a tab's count is always what its list shows. Loaded in browsers too. */
import type { AftersaleStatus } from "./aftersale.ts";
import type { DecisionState } from "./decision.ts";
import type { AftersaleErpState } from "./hub-part.ts";

export const tabs = [
	"all",
	"to-answer",
	"wait-return",
	"to-receive",
	"wait-erp",
	"wait-platform",
	"sending",
	"not-taken",
	"due-soon",
	"done",
	"refused",
] as const;
export type Tab = (typeof tabs)[number];

interface TabRow {
	zh: string;
	en: string;
	statuses: readonly AftersaleStatus[]; // none named: any
	erpStates?: readonly AftersaleErpState[];
	decisionStates?: readonly DecisionState[];
	dueWithinMs?: number; // the soonest comes first
}

const sellersTurn = ["APPLIED", "WAIT_SELLER_RECEIVE", "WAIT_SELLER_SHIP"] as const;

export const tabRows: Readonly<Record<Tab, TabRow>> = {
	all: { zh: "全部", en: "All", statuses: [] },
	"to-answer": { zh: "待处理", en: "To be answered", statuses: ["APPLIED"] },
	"wait-return": { zh: "待买家退货", en: "Buyer to send back", statuses: ["WAIT_BUYER_RETURN"] },
	"to-receive": { zh: "待收货", en: "To be received", statuses: ["WAIT_SELLER_RECEIVE"] },
	// The ERP was told of it, and its answer is what the platform waits for.
	"wait-erp": {
		zh: "待ERP结果",
		en: "ERP to answer",
		statuses: ["APPLIED", "WAIT_SELLER_RECEIVE"],
		erpStates: ["OK", "IN_DOUBT"],
	},
	"wait-platform": { zh: "待平台处理", en: "With the platform", statuses: ["PLATFORM_HANDLING"] },
	sending: { zh: "换货/补发中", en: "Exchange or resend", statuses: ["WAIT_SELLER_SHIP", "WAIT_BUYER_CONFIRM"] },
	"not-taken": {
		zh: "回传失败",
		en: "Answer not taken",
		statuses: [...sellersTurn, "WAIT_BUYER_RETURN", "REFUSED"],
		decisionStates: ["FAILED", "UNSUPPORTED"],
	},
	"due-soon": { zh: "超时预警", en: "Running out", statuses: sellersTurn, dueWithinMs: 24 * 3_600_000 },
	done: { zh: "已完成", en: "Done", statuses: ["DONE"] },
	refused: { zh: "已拒绝/关闭", en: "Refused or closed", statuses: ["REFUSED", "CLOSED"] },
};
