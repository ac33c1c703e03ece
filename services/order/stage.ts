/** Where an order is on its way through the hub, in one word: worked out whenever it is stored. Loaded in browsers too. */
import { isAuditHold } from "./audit-hold.ts";
import type { Order } from "./order.ts";

/** Every order is in one of them. */
export const stages = [
	"WAIT_PAY",
	"WAIT_AUDIT", // a rule stopped it, and nothing else does
	"HELD",
	"TO_PUSH", // ready, and no ERP has answered yet
	"PUSH_FAILED", // the ERP refused it, or its push was given up
	"DOUBTFUL", // the ERP may have it
	"HELD_DOUBTFUL",
	"TO_PRINT", // the ERP has it, and not every label of it is printed
	"TO_SHIP",
	"PART_SHIPPED",
	"HELD_PART_SHIPPED",
	"SHIPPED",
	"COMPLETED",
	"CLOSED", // by its platform, or in the hub
	"CLOSED_IN_ERP_OPEN", // closed, and the ERP would not give it back
] as const;
export type Stage = (typeof stages)[number];

type Staged = Pick<Order, "status" | "holds" | "ready" | "erp" | "closedInHub" | "labels">;

export function stageOf(order: Staged): Stage {
	const { status, holds, erp, closedInHub } = order;
	switch (status) {
		case "CLOSED":
			return erp.recall.state === "REFUSED" ? "CLOSED_IN_ERP_OPEN" : "CLOSED";
		case "COMPLETED":
		case "SHIPPED":
			return status;
		case "PART_SHIPPED":
			return holds.length ? "HELD_PART_SHIPPED" : status;
		case "WAIT_PAY":
			return closedInHub ? "CLOSED" : status;
		case "WAIT_SHIP":
			return closedInHub ? "CLOSED" : waitingStage(order);
	}
}

function waitingStage({ ready, holds, erp, labels = [] }: Staged): Stage {
	if (erp.state === "IN_DOUBT") return ready ? "DOUBTFUL" : "HELD_DOUBTFUL";
	if (!ready) return holds.length > 0 && holds.every(isAuditHold) ? "WAIT_AUDIT" : "HELD";
	if (erp.state === "REJECTED" || erp.state === "PARKED") return "PUSH_FAILED";
	if (erp.state !== "OK") return "TO_PUSH";
	const inUse = labels.filter(({ state }) => state !== "RECYCLED");
	return inUse.length > 0 && inUse.every(({ state }) => state === "PRINTED") ? "TO_SHIP" : "TO_PRINT";
}
