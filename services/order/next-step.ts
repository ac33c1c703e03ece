/** What to do next about an order, in one table of its holds and one of its stages. Loaded in browsers too. */
import { isAuditHold } from "./audit-hold.ts";
import type { Hold, HoldReason, Order } from "./order.ts";
import { type Stage, stageOf } from "./stage.ts";

export const stepActions = [
	"none", // it is finished
	"wait", // it goes on by itself
	"link-sku",
	"decide-aftersale",
	"read-again", // from its platform
	"audit",
	"release",
	"reopen",
	"push-again",
	"verify", // ask the ERP whether it has it
	"see-erp", // somebody must do something in the ERP
	"print",
	"ship",
] as const;
export type StepAction = (typeof stepActions)[number];

interface Words {
	zh: string;
	en: string;
}

export interface NextStep extends Words {
	action: StepAction;
	why: Words;
	urgent: boolean; // to be shipped within two hours, or late
}

type Row = Omit<NextStep, "urgent">;

const row = (action: StepAction, zh: string, en: string, whyZh: string, whyEn: string): Row => ({
	action,
	zh,
	en,
	why: { zh: whyZh, en: whyEn },
});

type HoldKey = HoldReason | "MANUAL_BY_RULE" | "RISK_BY_HAND";

/** What must be seen to first stands first. */
const holdRows: Readonly<Record<HoldKey, Row>> = {
	REFUND_APPLIED: row(
		"decide-aftersale",
		"处理售后申请",
		"Decide the after-sale",
		"买家申请了退款，未处理前不能发货",
		"The buyer asked for a refund: nothing leaves before it is settled",
	),
	RISK: row(
		"wait",
		"等待平台解除风控",
		"Wait for the platform's check",
		"平台正在风控审核，通过后自动放行",
		"The platform checks the order for risk, and lets it go by itself",
	),
	RISK_BY_HAND: row(
		"release",
		"核实后解除拦截",
		"Check it, then release it",
		"有人标记了风险",
		"Somebody marked it as a risk",
	),
	ADDRESS_CHANGED: row(
		"release",
		"核对新地址后解除拦截",
		"Check the new address, then release it",
		"推送之后买家改了地址，ERP 中可能还是旧地址",
		"The address changed after the push: the ERP may have the old one",
	),
	CHANGED_AFTER_PUSH: row(
		"release",
		"核对商品后解除拦截",
		"Check the goods, then release it",
		"推送之后商品有变化，ERP 中可能还是旧内容",
		"The goods changed after the push: the ERP may have the old ones",
	),
	SKU_UNMATCHED: row(
		"link-sku",
		"关联 ERP 商品",
		"Link its SKUs",
		"有商品没有对应的 ERP 商品，关联后自动放行",
		"A line has no SKU of the ERP; linked, the order goes on by itself",
	),
	NO_RECEIVER: row(
		"read-again",
		"重新读取订单",
		"Read it again",
		"平台没有给出可用的收件信息",
		"The platform told no receiver that a label could be printed for",
	),
	PRESALE_BALANCE: row(
		"wait",
		"等待买家付尾款",
		"Wait for the balance",
		"预售订单尾款未付，付款后自动放行",
		"The balance of a presale is not paid; paid, the order goes on by itself",
	),
	MANUAL_BY_RULE: row(
		"audit",
		"审核订单",
		"Audit it",
		"审单规则要求人工审核",
		"A rule stopped it for a person to look at",
	),
	MANUAL: row("release", "解除拦截", "Release it", "有人手工拦截了订单", "Somebody holds it by hand"),
};

/** Of an order that nothing holds, or whose holds matter no longer. */
const stageRows: Readonly<Record<Exclude<Stage, "HELD" | "WAIT_AUDIT" | "HELD_PART_SHIPPED">, Row>> = {
	WAIT_PAY: row("wait", "等待买家付款", "Wait for the payment", "订单未付款", "The buyer has not paid"),
	TO_PUSH: row(
		"wait",
		"等待流程推送",
		"Wait for its flow",
		"订单已就绪，流程会自动推送到 ERP",
		"It is ready, and its flow pushes it to the ERP",
	),
	PUSH_FAILED: row(
		"push-again",
		"按原因修正后重新推送",
		"Correct the cause, then push it again",
		"ERP 拒绝了订单，或推送已放弃",
		"The ERP refused it, or its push was given up",
	),
	DOUBTFUL: row(
		"verify",
		"向 ERP 查证",
		"Ask the ERP",
		"推送没有得到明确答复，ERP 中可能已有此单",
		"The push was not answered clearly: the ERP may have it",
	),
	HELD_DOUBTFUL: row(
		"verify",
		"向 ERP 查证",
		"Ask the ERP",
		"订单已拦截，而 ERP 中可能已有此单",
		"It is held, and the ERP may have it",
	),
	TO_PRINT: row(
		"print",
		"打印面单",
		"Print its label",
		"ERP 已有此单，面单未打印",
		"The ERP has it, its label is not printed",
	),
	TO_SHIP: row("ship", "发货", "Ship it", "面单已打印", "Its label is printed"),
	PART_SHIPPED: row("ship", "发出剩余商品", "Ship the rest", "部分商品未发货", "Some of its goods have not left"),
	SHIPPED: row("wait", "等待买家收货", "Wait for the buyer", "已发货", "It is shipped"),
	COMPLETED: row("none", "无需处理", "Nothing to do", "交易完成", "It is completed"),
	CLOSED: row("none", "无需处理", "Nothing to do", "订单已取消", "It is closed"),
	CLOSED_IN_ERP_OPEN: row(
		"see-erp",
		"到 ERP 中作废单据",
		"Cancel its document in the ERP",
		"订单已取消，但 ERP 拒绝作废",
		"It is closed, but the ERP would not give it back",
	),
};

const closedInHubRow = row(
	"reopen",
	"如需继续，重新打开",
	"Reopen it to go on",
	"订单已在集成中心关闭",
	"It was closed in the hub",
);
const recallRows = {
	WANTED: row(
		"wait",
		"等待 ERP 作废单据",
		"Wait for the ERP to give it back",
		"已要求 ERP 作废单据",
		"The ERP was asked to cancel its document",
	),
	REFUSED: row(
		"see-erp",
		"到 ERP 中处理后解除拦截",
		"See to it in the ERP, then release it",
		"ERP 拒绝作废单据",
		"The ERP would not give it back",
	),
} as const satisfies Record<Exclude<Order["erp"]["recall"]["state"], "NONE">, Row>;

const urgentMs = 2 * 3_600_000;

export type StepOrder = Pick<Order, "status" | "holds" | "ready" | "erp" | "closedInHub" | "labels" | "shipDeadline">;

/** @throws Error for a hold or a stage that is in no table */
export function nextStep(order: StepOrder, now: Date): NextStep {
	const { shipDeadline, status } = order;
	const waits = status === "WAIT_SHIP" || status === "PART_SHIPPED";
	const urgent = waits && shipDeadline !== null && new Date(shipDeadline).getTime() - now.getTime() < urgentMs;
	return { ...rowOf(order), urgent };
}

function rowOf(order: StepOrder): Row {
	const stage = stageOf(order);
	if (order.closedInHub && order.status !== "CLOSED") return closedInHubRow;
	if (stage !== "HELD" && stage !== "WAIT_AUDIT" && stage !== "HELD_PART_SHIPPED") return known(stageRows, stage);
	const { state } = order.erp.recall;
	if (state !== "NONE") return known(recallRows, state);
	const held = order.holds.map(holdKey);
	for (const key of held) known(holdRows, key);
	const first = (Object.keys(holdRows) as HoldKey[]).find((key) => held.includes(key));
	return first ? holdRows[first] : nothingLeft;
}

const nothingLeft = row(
	"wait",
	"等待平台关闭订单",
	"Wait for the platform to close it",
	"所有商品都已退款或关闭",
	"All of its lines are refunded or closed",
);

function holdKey(hold: Hold): HoldKey {
	if (isAuditHold(hold)) return "MANUAL_BY_RULE";
	return hold.reason === "RISK" && hold.by !== "platform" ? "RISK_BY_HAND" : hold.reason;
}

function known<K extends string>(rows: Readonly<Record<K, Row>>, key: K): Row {
	const found = Object.hasOwn(rows, key) ? rows[key] : undefined;
	if (!found) throw new Error(`no next step is known for ${key}`);
	return found;
}
