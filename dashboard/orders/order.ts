/** An order, and what belongs to it, as the gateway answers them. */
import type { Aftersale } from "../../services/aftersale/aftersale.model.ts";
import type { Push } from "../../services/erp/push.model.ts";
import type { Hold, Order, StoredLine } from "../../services/order/order.ts";
import type { Sides } from "../../services/order/sides.ts";
import type { ShownEntry } from "../../services/order/timeline.ts";
import type { PlainReceiver } from "../../services/platform/adapter.ts";
import type { Shipment } from "../../services/shipment/shipment.model.ts";
import type { AsJson } from "../as-json.ts";

export type OrderRow = AsJson<Order>;
export type OrderLineRow = AsJson<StoredLine>;
export type HoldRow = AsJson<Hold>;
export type SidesRow = AsJson<Sides>;
export type EntryRow = AsJson<ShownEntry>;
export type PushRow = AsJson<Omit<Push, "outbox" | "document" | "attempts">>;
export type ShipmentRow = AsJson<Omit<Shipment, "outbox">>;
export type AftersaleRow = AsJson<Omit<Aftersale, "outbox">>;
export type PlainReceiverRow = AsJson<PlainReceiver>;

export interface ShopRow {
	_id: string;
	name: string;
	platform: string;
}
