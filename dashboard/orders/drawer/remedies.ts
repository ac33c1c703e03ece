/** What a suggested step is done with: an action asked for here, a call, or a page where it is done. Pure. */
import type { StepAction } from "../../../services/order/next-step.ts";
import type { ActionName } from "../actions.ts";
import type { OrderRow } from "../order.ts";

export type Remedy =
	| { kind: "ask"; action: ActionName }
	| { kind: "page"; page: string; query: Record<string, string> } // of the dashboard
	| { kind: "call" } // has the order read again
	| { kind: "none" };

const skuQuery = ({ shopId, lines }: OrderRow): Record<string, string> => {
	const line = lines.find(({ erpSku, parts }) => !erpSku && !parts.length);
	const q = line?.outerSku || line?.platformSkuId || "";
	return { shop: shopId, ...(q && { q }) };
};

const table: Readonly<Record<StepAction, (order: OrderRow) => Remedy>> = {
	none: () => ({ kind: "none" }),
	wait: () => ({ kind: "none" }),
	"link-sku": (order) => ({ kind: "page", page: "skus", query: skuQuery(order) }),
	"decide-aftersale": ({ orderNo }) => ({ kind: "page", page: "aftersales", query: { q: orderNo } }),
	"read-again": () => ({ kind: "call" }),
	audit: () => ({ kind: "ask", action: "audit" }),
	release: () => ({ kind: "ask", action: "release" }),
	reopen: () => ({ kind: "ask", action: "reopen" }),
	"push-again": () => ({ kind: "ask", action: "repush" }),
	verify: () => ({ kind: "ask", action: "verify" }),
	"see-erp": ({ _id }) => ({ kind: "page", page: "pushes", query: { orderId: _id } }),
	print: ({ orderNo }) => ({ kind: "page", page: "shipping", query: { q: orderNo } }),
	ship: () => ({ kind: "ask", action: "ship" }),
};

export const remedyOf = (action: StepAction, order: OrderRow): Remedy => table[action](order);
