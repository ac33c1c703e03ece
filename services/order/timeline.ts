/**
 * The story of an order. It is made of the events themselves: what was announced is what is shown. The same events
 * carry the order as it was after each change, which is kept beside it.
 */
import { hubError } from "../../config/errors.ts";
import type { HubEvent } from "../../mixins/event.ts";
import { insertMissing } from "../../mixins/insert-missing.ts";
import type { ShopScope } from "../shop/scope.ts";
import { getOrder } from "./list.ts";
import { manualPlatform } from "./manual.ts";
import { type Order, orderIdParts } from "./order.ts";
import {
	type OrderVersion,
	type TimelineEntry,
	type TimelineLinks,
	TimelineModel,
	VersionModel,
} from "./timeline.model.ts";

/** Who an actor is: "flow:order-to-erp@1f3a" -> {kind: "flow", name: "order-to-erp", revision: "1f3a"}. */
export interface Actor {
	kind: string; // user, client, rule, flow, platform, erp, shipment, hub
	name: string;
	revision?: string; // of a flow
}

export function actorIn(by: string): Actor {
	const [kind = "", ...rest] = by.split(":");
	const name = rest.join(":");
	const [, flow = "", revision = ""] = (kind === "flow" && /^(.*)@([^@]+)$/.exec(name)) || [];
	return revision ? { kind, name: flow, revision } : { kind, name };
}

/** Why something happened, in one word. */
export type CauseKind =
	| "PLATFORM_TOLD"
	| "DECIDED" // by a person, a program or a flow
	| "RULE"
	| "ERP_ANSWERED"
	| "PARCEL"
	| "FLOW_GAVE_UP"
	| "HUB";

export interface ShownEntry extends TimelineEntry {
	actor: Actor;
	cause: CauseKind;
}

function causeIn(what: string, { kind, name }: Actor): CauseKind {
	if (what.startsWith("shipment.") || what === "order.parcel-shipped" || isHubItself(kind, name)) return "PARCEL";
	if (what === "order.push-parked" && kind === "flow") return "FLOW_GAVE_UP";
	const byKind: Readonly<Record<string, CauseKind>> = {
		platform: "PLATFORM_TOLD",
		rule: "RULE",
		erp: "ERP_ANSWERED",
		user: "DECIDED",
		client: "DECIDED",
		flow: "DECIDED",
	};
	return byKind[kind] ?? "HUB";
}

/** No platform tells of a manual order: what is said in its name is what a parcel made of it. */
const isHubItself = (kind: string, name: string): boolean => kind === "platform" && name === manualPlatform;

/** What events of an order, and of its shipments, carry as far as the timeline goes. */
interface Told {
	orderId: string;
	version: number;
	by: string;
	note?: string;
	change: Record<string, unknown>;
	order?: Order;
}

export function timelineEntry({ id, subject, at, traceId, body }: HubEvent): TimelineEntry {
	const told = body as unknown as Told;
	const { orderId, version, by, note = "", change } = told;
	const what = subject.replace(/^hub\./, "");
	return { _id: id, orderId, version, at: new Date(at), what, by, note, change, links: linksOf(what, told), traceId };
}

function linksOf(what: string, { orderId, by, change, order }: Told): TimelineLinks {
	const links: TimelineLinks = {};
	const actor = actorIn(by);
	const { shopId, orderNo } = orderIdParts(orderId);
	if (causeIn(what, actor) === "PLATFORM_TOLD") links.rawId = `${shopId}:${orderNo}`;
	const connectionId = order?.erp.connectionId;
	if (actor.kind === "erp" && connectionId) {
		const kind = what.startsWith("order.recall") ? "cancel" : "order";
		// A revision that was given back is the one before: the order counts on when it is cancelled.
		const revision = order.erp.revision - (what === "order.recalled" ? 1 : 0);
		links.pushId = [connectionId, kind, orderId, ...(revision > 1 ? [revision] : [])].join(":");
	}
	const { trackingNo } = change;
	if (typeof trackingNo === "string" && !what.startsWith("waybill.")) links.shipmentId = `${orderId}:${trackingNo}`;
	return links;
}

/** Written before the events go out; a repeat finds its rows there. */
export async function keepTimeline(events: HubEvent[]): Promise<void> {
	await insertMissing(TimelineModel, events.map(timelineEntry));
	const versions = new Map(events.flatMap(versionsIn).map((version) => [version._id, version]));
	await insertMissing(VersionModel, versions.values());
}

function versionsIn({ at, body }: HubEvent): OrderVersion[] {
	const { orderId, version, order } = body as unknown as Told;
	if (!order) return [];
	return [{ _id: `${orderId}:${version}`, orderId, version, at: new Date(at), order: past(order) }];
}

/** Compact: pictures of goods are on the order as it is now. */
function past(order: Order): Order {
	const receiver = { ...order.receiver, cipher: "", platformKey: "" };
	const { erpLines: _, ...kept } = order as Order & { erpLines?: unknown }; // they follow from the lines
	return { ...kept, receiver, lines: order.lines.map((line) => ({ ...line, imageUrl: "" })) };
}

export async function orderTimeline(id: string, scope: ShopScope): Promise<{ items: ShownEntry[] }> {
	await getOrder(id, scope);
	const entries = await TimelineModel.find({ orderId: id })
		.sort({ at: 1, version: 1 })
		.limit(1_000)
		.lean<TimelineEntry[]>();
	const items = entries.map((entry) => {
		const actor = actorIn(entry.by);
		return { ...entry, actor, cause: causeIn(entry.what, actor) };
	});
	return { items };
}

/** The order as it was at a moment. @throws NOT_FOUND when it was not there yet, or is too long ago */
export async function orderAt(id: string, at: Date, scope: ShopScope): Promise<Order> {
	const now = await getOrder(id, scope);
	if (now.updatedAt <= at) return past(now);
	const version = await VersionModel.findOne({ orderId: id, at: { $lte: at } })
		.sort({ at: -1, version: -1 })
		.lean<OrderVersion>();
	if (!version) throw hubError("NOT_FOUND", "the order was not there then, or that is no longer kept", { id });
	return version.order;
}
