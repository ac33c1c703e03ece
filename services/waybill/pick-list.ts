/** What is to be fetched from the shelves for many orders, each SKU once. */
import type { Service } from "moleculer";
import { eachRow, type RowFailure } from "../../mixins/rows.ts";
import { erpLines } from "../order/erp-lines.ts";
import type { ErpLine, Order } from "../order/order.ts";
import type { Hub } from "./account.ts";
import { mayLeave } from "./take.ts";

const atOnce = 16;

/** One SKU, and which orders want it. */
export interface PickLine {
	erpSku: string; // "" where no ERP SKU is known
	outerSku: string; // the merchant code on the platform
	title: string;
	spec: string;
	imageUrl: string;
	quantity: number;
	orders: { orderId: string; orderNo: string; quantity: number }[];
}

/** What is still to leave: not refunded, not closed, not on its way. Combos as their parts. */
export function goodsOf({ lines }: Pick<Order, "lines">): ErpLine[] {
	return lines
		.filter(({ status, refund }) => status !== "CLOSED" && refund !== "DONE")
		.flatMap((line) => {
			const share = (line.quantity - line.shippedQty) / line.quantity; // a combo leaves as a whole
			return erpLines({ lines: [line] }).map((part) => ({ ...part, quantity: Math.round(part.quantity * share) }));
		})
		.filter(({ quantity }) => quantity > 0);
}

/** The pick list of these orders; those that are held, or out of reach, are left out and told of. */
export async function pickGoods(
	service: Service,
	hub: Hub,
	orderIds: readonly string[],
): Promise<{ items: PickLine[]; left: (RowFailure & { orderId: string })[] }> {
	const orders: Order[] = [];
	const parts = {
		atOnce,
		known: (orderId: string) => ({ orderId }),
		unforeseen: (orderId: string, { message: reason }: Error) =>
			service.logger.error("pick list row failed", { orderId, reason }),
	};
	const { results } = await eachRow(orderIds, parts, async (id) => {
		const order = await hub.call<Order>("order.get", { id });
		mayLeave(order);
		orders.push(order);
		return {};
	});
	return { items: pickList(orders), left: results.filter((row) => !row.ok) };
}

/** Sorted by SKU. */
export function pickList(orders: readonly Order[]): PickLine[] {
	const lines = new Map<string, PickLine>();
	for (const order of orders) {
		for (const line of goodsOf(order)) {
			const { erpSku, outerSku, title, spec, imageUrl, quantity } = line;
			const key = erpSku || `${outerSku}\n${title}\n${spec}`;
			const pick = lines.get(key) ?? { erpSku, outerSku, title, spec, imageUrl, quantity: 0, orders: [] };
			pick.quantity += quantity;
			const wanted = pick.orders.find(({ orderId }) => orderId === order._id);
			if (wanted) wanted.quantity += quantity;
			else pick.orders.push({ orderId: order._id, orderNo: order.orderNo, quantity });
			lines.set(key, pick);
		}
	}
	return [...lines.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

const sortKey = ({ erpSku, outerSku, title, spec }: PickLine): string => [erpSku || outerSku, title, spec].join("\n");
