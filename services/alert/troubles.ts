/** What is wrong now, asked of those who know. Each source answers for its own kinds; pure but for its question. */
import type { ServiceBroker } from "moleculer";
import type { Page } from "../../mixins/paging.ts";
import type { StrayParcel } from "../erp/read-back.model.ts";
import type { Parked } from "../event/parked.model.ts";
import type { OpenRecall } from "../order/open-recalls.ts";
import type { PullTrouble } from "../pull/troubles.ts";
import type { ShipmentView } from "../shipment/desk.ts";
import type { ShopView } from "../shop/shop.ts";
import type { AlertKind, Trouble } from "./alert.model.ts";
import type { FailingChannel } from "./channel/failing.ts";

export interface Source {
	kinds: readonly AlertKind[];
	look(broker: ServiceBroker, now: Date): Promise<Trouble[]>;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A token that nobody but the seller can renew is told of so long before its end. */
const warnMs = 3 * dayMs;
/** One that renews itself is renewed long before this, unless something stands against it. */
const overdueMs = 5 * minuteMs;
const mostOfAKind = 200;
/** By then the flow has asked the ERP, and the hub has looked a few times whether it was heard. */
const recallMs = 5 * minuteMs;
/** A flow lets a parcel go within seconds; one that waits for a person is told of before the platform's deadline. */
const parcelMs = 15 * minuteMs;
const deadlineMs = 120 * minuteMs;

export const sources: readonly Source[] = [
	{
		kinds: ["shop.token-expired", "shop.token-expiring"],
		async look(broker, now) {
			const { items } = await broker.call<{ items: ShopView[] }, object>("shop.all", {});
			return items.flatMap((shop) => tokenTrouble(shop, now) ?? []);
		},
	},
	{
		kinds: ["pull.behind", "window.failed", "window.gap"],
		async look(broker) {
			const troubles = await broker.call<PullTrouble[], object>("pull.troubles", {});
			return troubles.map(({ kind, shopId, pulled, list, from, reason }) => ({
				key: [kind, shopId, pulled, list, from].join(":"),
				kind,
				level: "warning",
				ref: { shopId, kind: pulled, list, from },
				reason,
			}));
		},
	},
	{
		kinds: ["recall.refused", "recall.waiting"],
		async look(broker, now) {
			const recalls = await broker.call<OpenRecall[], object>("order.openRecalls", {});
			return recalls.flatMap((recall) => recallTrouble(recall, now) ?? []);
		},
	},
	{
		kinds: ["shipment.waiting"],
		async look(broker, now) {
			const since = new Date(now.getTime() - parcelMs);
			const deadlineBefore = new Date(now.getTime() + deadlineMs);
			const waiting = await broker.call<ShipmentView[], object>("shipment.waiting", { since, deadlineBefore });
			return waiting.map(waitingTrouble);
		},
	},
	{
		kinds: ["parcel.stray"],
		async look(broker) {
			const { items } = await broker.call<Page<StrayParcel>, object>("erp.strayParcels", { limit: mostOfAKind });
			return items.map(({ _id, connectionId, number, trackingNo, reason }) => ({
				key: `parcel.stray:${_id}`,
				kind: "parcel.stray",
				level: "warning",
				ref: { connectionId, number, trackingNo },
				reason,
			}));
		},
	},
	{
		kinds: ["record.parked", "delivery.parked"],
		async look(broker) {
			const query = { state: "PARKED", limit: mostOfAKind };
			const { items } = await broker.call<Page<Parked>, object>("event.parked", query);
			return items.map(({ _id, source, ref, reason }) => ({
				key: `parked:${_id}`,
				kind: source === "pull" ? "record.parked" : "delivery.parked",
				level: "warning",
				ref,
				reason,
			}));
		},
	},
	{
		kinds: ["channel.failed"],
		async look(broker) {
			const channels = await broker.call<FailingChannel[], object>("alertChannel.failing", {});
			return channels.map(({ _id: channelId, name, reason }) => ({
				key: `channel.failed:${channelId}`,
				kind: "channel.failed",
				level: "warning",
				ref: { channelId, name },
				reason,
			}));
		},
	},
];

function recallTrouble({ orderId, shopId, state, why, reason, at }: OpenRecall, now: Date): Trouble | null {
	const ref = { shopId, orderId, why };
	if (state === "REFUSED") {
		return { key: `recall.refused:${orderId}`, kind: "recall.refused", level: "critical", ref, reason };
	}
	if (now.getTime() - new Date(at).getTime() < recallMs) return null;
	const waits = "the ERP was not asked to give it back, or has not answered";
	return { key: `recall.waiting:${orderId}`, kind: "recall.waiting", level: "critical", ref, reason: waits };
}

function waitingTrouble({
	_id,
	shopId,
	orderId,
	carrier,
	trackingNo,
	shipDeadline,
	waitsSince,
}: ShipmentView): Trouble {
	const text = (at: Date): string => new Date(at).toISOString(); // text between processes
	const since = waitsSince ? ` since ${text(waitsSince)}` : "";
	const reason = `no flow has let it go${since}${shipDeadline ? `; to be shipped by ${text(shipDeadline)}` : ""}`;
	const ref = { shopId, orderId, carrier, trackingNo };
	return { key: `shipment.waiting:${_id}`, kind: "shipment.waiting", level: "warning", ref, reason };
}

function tokenTrouble({ _id: shopId, platform, status, reason, token }: ShopView, now: Date): Trouble | null {
	const ref = { shopId, platform };
	if (status === "DISABLED") return null;
	if (status === "TOKEN_EXPIRED") {
		return { key: `shop.token-expired:${shopId}`, kind: "shop.token-expired", level: "critical", ref, reason };
	}
	if (!token.expiresAt) return null;
	const expiresAt = new Date(token.expiresAt); // text between processes
	const leftMs = expiresAt.getTime() - now.getTime();
	if (leftMs > (token.renewsItself ? overdueMs : warnMs)) return null;
	const key = `shop.token-expiring:${shopId}`;
	return { key, kind: "shop.token-expiring", level: "warning", ref, reason: `it ends at ${expiresAt.toISOString()}` };
}
