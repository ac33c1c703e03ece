/** What may be done with orders: one by one as they are now, and with many at once. Pure. */
import type { Route } from "../../config/roles.ts";
import { isAuditHold } from "../../services/order/audit-hold.ts";
import type { HoldReason } from "../../services/order/order.ts";
import type { Words } from "../language.ts";
import type { HoldRow, OrderRow } from "./order.ts";

export const actionNames = [
	"audit",
	"release",
	"rematch",
	"verify",
	"repush",
	"ship",
	"hold",
	"remark",
	"tag",
	"untag",
	"reopen",
	"close",
] as const;
export type ActionName = (typeof actionNames)[number];

export interface Action {
	title: Words;
	icon: string;
	route: readonly [Route["method"], string];
	many: boolean; // may be done to many at once
	bulkOnly?: true; // has no call of its own for one order
	danger?: true;
	/** What is said before it is done; `{n}`: to how many orders. */
	sure: Words;
}

export const actions: Readonly<Record<ActionName, Action>> = {
	audit: {
		title: ["审核通过", "Audit"],
		icon: "check-decagram-outline",
		route: ["POST", "/orders/:id/audit"],
		many: true,
		sure: [
			"{n} 个订单将审核通过：被审单规则拦下的会继续流转并推送 ERP。",
			"Lets {n} orders go that a rule stopped: they are pushed to the ERP.",
		],
	},
	release: {
		title: ["解除挂起", "Release"],
		icon: "lock-open-variant-outline",
		route: ["POST", "/orders/:id/release"],
		many: true,
		sure: [
			"{n} 个订单将解除所选的拦截；没有其他拦截的会继续流转。",
			"Takes the chosen hold from {n} orders; those with no other hold go on.",
		],
	},
	rematch: {
		title: ["重新匹配", "Match again"],
		icon: "link-variant",
		route: ["POST", "/orders/:id/rematch"],
		many: true,
		sure: ["{n} 个订单将按现有映射重新匹配 SKU。", "Matches the SKUs of {n} orders again, by the links there are now."],
	},
	verify: {
		title: ["查证 ERP", "Ask the ERP"],
		icon: "magnify",
		route: ["POST", "/pushes/:id/verify"],
		many: true,
		bulkOnly: true,
		sure: [
			"将按单号向 ERP 查证 {n} 个订单：有则记录单号，确认没有才会再次发送。",
			"Asks the ERP for {n} orders by their numbers: only what is surely not there is sent again.",
		],
	},
	repush: {
		title: ["重新推送", "Push again"],
		icon: "upload-outline",
		route: ["POST", "/orders/:id/repush"],
		many: true,
		sure: [
			"{n} 个订单将重新交给推单流程。ERP 已有的不会重复创建。",
			"Offers {n} orders to the flows again. The ERP gets none of them twice.",
		],
	},
	ship: {
		title: ["发货", "Ship"],
		icon: "truck-outline",
		route: ["POST", "/orders/:orderId/ship"],
		many: true,
		sure: [
			"{n} 个订单的运单号将回传平台，平台随即通知买家，无法撤回。",
			"Tells the platforms the parcels of {n} orders. Buyers are told at once: this cannot be taken back.",
		],
	},
	hold: {
		title: ["挂起", "Hold"],
		icon: "hand-back-left-outline",
		route: ["POST", "/orders/:id/hold"],
		many: true,
		sure: [
			"{n} 个订单将停止推送、打单和发货，直到解除挂起。",
			"{n} orders are not pushed, printed or shipped until somebody releases them.",
		],
	},
	remark: {
		title: ["备注 / 插旗", "Note and flag"],
		icon: "flag-outline",
		route: ["POST", "/orders/:id/remark"],
		many: true,
		sure: [
			"{n} 个订单的卖家备注和旗帜将写回平台。",
			"Writes the seller's note and flag of {n} orders to the platform.",
		],
	},
	tag: {
		title: ["打标签", "Tag"],
		icon: "tag-plus-outline",
		route: ["POST", "/orders/bulk"],
		many: true,
		bulkOnly: true,
		sure: [
			"给 {n} 个订单加上标签，便于筛选。标签只在集成中心可见。",
			"Tags {n} orders, to find them by. Only the hub shows tags.",
		],
	},
	untag: {
		title: ["去标签", "Untag"],
		icon: "tag-minus-outline",
		route: ["POST", "/orders/bulk"],
		many: true,
		bulkOnly: true,
		sure: ["从 {n} 个订单去掉所选标签。", "Takes the chosen tags from {n} orders."],
	},
	reopen: {
		title: ["重新打开", "Reopen"],
		icon: "restore",
		route: ["POST", "/orders/:id/reopen"],
		many: false,
		sure: ["订单将重新进入流转。", "The order goes on as before it was closed."],
	},
	close: {
		title: ["作废", "Close"],
		icon: "cancel",
		route: ["POST", "/orders/:id/close"],
		many: true,
		danger: true,
		sure: [
			"{n} 个订单将在集成中心作废，不再推送和发货；平台上的订单不变。手工订单作废后不能恢复。",
			"Gives {n} orders up in the hub: nothing more is done about them. The platform's order stays as it is. A manual order cannot be reopened.",
		],
	},
};

const waits = ({ status }: OrderRow): boolean =>
	status === "WAIT_PAY" || status === "WAIT_SHIP" || status === "PART_SHIPPED";

const comeAndGo: readonly HoldReason[] = ["SKU_UNMATCHED", "REFUND_APPLIED", "NO_RECEIVER", "PRESALE_BALANCE", "RISK"];

/** One that is as true as what the platform tells: nobody releases it. */
export const isPlatformsOwn = ({ reason, by }: HoldRow): boolean => by === "platform" && comeAndGo.includes(reason);

/** A hold that a person may take away as it is. */
export const isReleasable = (order: OrderRow, hold: HoldRow): boolean =>
	!isAuditHold(hold) && !isPlatformsOwn(hold) && !(hold.reason === "MANUAL" && order.closedInHub);

/** Whether the action does anything for the order as it is now. The hub decides again when it is asked. */
export function isPossible(action: ActionName, order: OrderRow): boolean {
	const { holds, erp, parcels, closedInHub } = order;
	switch (action) {
		case "audit":
			return holds.some(isAuditHold);
		case "release":
			return holds.some((hold) => isReleasable(order, hold));
		case "rematch":
			return holds.some(({ reason }) => reason === "SKU_UNMATCHED");
		case "verify":
			return erp.state === "IN_DOUBT";
		case "repush":
			return order.ready && erp.state !== "OK" && erp.state !== "SENDING";
		case "ship":
			return !holds.length && (order.status === "WAIT_SHIP" || order.status === "PART_SHIPPED");
		case "hold":
			return waits(order) && !closedInHub;
		case "remark":
		case "tag":
			return true;
		case "untag":
			return (order.tags ?? []).length > 0;
		case "reopen":
			return closedInHub !== null;
		case "close":
			return waits(order) && !closedInHub && !parcels.length && !["SENDING", "OK", "IN_DOUBT"].includes(erp.state);
	}
}
