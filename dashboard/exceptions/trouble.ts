/** What the gateway answers of troubles, as rows of one shape. Pure. */
import type { HoldReason } from "../../services/order/order.ts";
import type { GroupName } from "./groups.ts";

export interface Line {
	platformSkuId: string;
	outerSku: string;
	title: string;
	spec: string;
	quantity: number;
	erpSku: string;
	parts: object[];
	status: string;
	refund: string;
}

export interface HeldOrder {
	_id: string;
	orderNo: string;
	platform: string;
	shopId: string;
	placedAt: string;
	shipDeadline: string | null;
	holds: { reason: HoldReason; at: string; by: string }[];
	lines: Line[];
}

export interface PushRow {
	_id: string;
	orderId: string;
	orderNo: string;
	shopId: string;
	connectionId: string;
	kind: string;
	state: string;
	reason: string;
	updatedAt: string;
}

export interface ShipmentRow {
	_id: string;
	orderId: string;
	orderNo: string;
	platform: string;
	shopId: string;
	carrier: string;
	trackingNo: string;
	lines: { lineId: string; quantity: number }[];
	aftersale: object | null;
	shipDeadline: string | null;
	reason: string;
	updatedAt: string;
}

export interface AlertRow {
	_id: string;
	kind: string;
	ref: Record<string, string>;
	reason: string;
	since: string;
}

export interface ShopRow {
	_id: string;
	platform: string;
	name: string;
	status: string;
	reason: string;
	updatedAt: string;
}

export interface ParkedOrder extends HeldOrder {
	erp: { connectionId: string; reason: string; at: string | null };
}

/** One thing that waits for a person. */
export interface Trouble {
	_id: string; // of the order, push, shipment, shop or alert
	subject: string; // what people call it: an order's number, a shop's name
	orderId: string; // "" where it is about no order
	shopId: string;
	about: string; // goods, parcel, connection, what was pulled
	reason: string; // as it is stored; "" where the group says it all
	by: string; // who held it
	since: string | null;
	deadline: string | null; // of shipping
	order?: HeldOrder;
	shipment?: ShipmentRow;
	pulled?: string; // orders, aftersales, products
}

const none = { orderId: "", shopId: "", about: "", reason: "", by: "", deadline: null };

/** "加厚保温杯 ×2 +1": the first line, and how many more. */
export function goodsText(lines: readonly Line[]): string {
	const [first, ...others] = lines;
	if (!first) return "";
	return `${first.title} ${first.spec} ×${first.quantity}${others.length ? ` +${others.length}` : ""}`;
}

/** Lines that keep the order from being matched. */
export const unmatchedLines = ({ lines }: HeldOrder): Line[] =>
	lines.filter((line) => !line.erpSku && !line.parts.length && line.status !== "CLOSED" && line.refund !== "DONE");

export function heldTrouble(order: HeldOrder, reason: HoldReason): Trouble {
	const hold = order.holds.find((each) => each.reason === reason);
	const { _id, orderNo: subject, shopId, shipDeadline: deadline } = order;
	const unmatched = reason === "SKU_UNMATCHED" ? unmatchedLines(order) : null;
	return {
		...none,
		...{ _id, orderId: _id, subject, shopId, deadline, order },
		about: goodsText(unmatched ?? order.lines),
		reason: (unmatched ?? []).map(({ outerSku, platformSkuId }) => outerSku || platformSkuId).join(", "),
		by: hold?.by ?? "",
		since: hold?.at ?? order.placedAt,
	};
}

export const pushTrouble = ({
	_id,
	orderId,
	orderNo,
	shopId,
	connectionId,
	kind,
	reason,
	updatedAt,
}: PushRow): Trouble => ({
	...none,
	...{ _id, orderId, subject: orderNo, shopId, reason, since: updatedAt },
	about: kind === "order" ? connectionId : `${connectionId} · ${kind}`,
});

export const parkedTrouble = (order: ParkedOrder): Trouble => ({
	...heldTrouble(order, "MANUAL"),
	reason: order.erp.reason,
	since: order.erp.at,
	by: "",
});

export function shipmentTrouble(shipment: ShipmentRow): Trouble {
	const { _id, orderId, orderNo, shopId, carrier, trackingNo, reason, updatedAt, shipDeadline } = shipment;
	return {
		...none,
		...{ _id, orderId, subject: orderNo, shopId, reason, since: updatedAt, deadline: shipDeadline, shipment },
		about: [carrier, trackingNo].filter(Boolean).join(" "),
	};
}

export const shopTrouble = ({ _id, name, reason, updatedAt }: ShopRow): Trouble => ({
	...none,
	...{ _id, subject: name, shopId: _id, reason, since: updatedAt },
});

const alertGroups: Readonly<Record<string, GroupName>> = {
	"shop.token-expiring": "shop-expiring",
	"pull.behind": "gap",
	"window.failed": "gap",
	"window.gap": "gap",
	"recall.refused": "recall",
	"recall.waiting": "recall",
	"shipment.waiting": "ship-waiting",
	"parcel.stray": "stray",
	"record.parked": "record-parked",
	"delivery.parked": "record-parked",
	"channel.failed": "channel",
	"flow.raised": "flow-raised",
};

/** Of these the reason is our own sentence, which the group says in the reader's language. */
const saidByGroup = new Set(["recall.waiting", "shipment.waiting", "shop.token-expiring"]);

/** Null for what another row tells of: a shop without its token, whatever follows from that. */
export function alertTrouble(
	{ _id, kind, ref, reason, since }: AlertRow,
	stopped: ReadonlySet<string>,
	shopName: (id: string) => string,
): { group: GroupName; trouble: Trouble } | null {
	const group = alertGroups[kind];
	if (!group) return null;
	const { orderId = "", kind: pulled = "", list = "", from = "", id = "", subject = "" } = ref;
	const [, shopOfOrder = "", ...orderNo] = orderId.split(":");
	const shopId = ref.shopId ?? shopOfOrder;
	if (["shop.token-expiring", "pull.behind"].includes(kind) && stopped.has(shopId)) return null;
	const named =
		orderNo.join(":") || ref.number || ref.name || id || ref.key || (shopId && shopName(shopId)) || ref.eventId;
	const about = [ref.connectionId, ref.carrier, ref.trackingNo, pulled, list, from, subject]
		.filter(Boolean)
		.join(" · ");
	const trouble: Trouble = {
		...none,
		...{ _id, orderId, subject: named ?? "", shopId, about, since, pulled },
		reason: saidByGroup.has(kind) ? "" : reason,
	};
	return { group, trouble };
}
