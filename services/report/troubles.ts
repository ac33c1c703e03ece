/** What waits for a person, whatever it is about, as rows of one shape. */
import type { AlertKind } from "../alert/alert.model.ts";
import type { PushKind } from "../erp/driver.ts";
import { orderIdParts } from "../order/order.ts";

/** Dates are text when they come from another process. */
type At = Date | string;

/** Alerts that are shown. An expired token is told of by its shop. */
export const shownAlerts = [
	"shop.token-expiring",
	"window.gap",
	"window.failed",
	"pull.behind",
	"recall.waiting", // one that was refused is among the pushes
	"shipment.waiting",
	"parcel.stray",
	"record.parked",
	"delivery.parked",
	"channel.failed",
	"flow.raised",
] as const satisfies readonly AlertKind[];
type ShownAlert = (typeof shownAlerts)[number];

export type TroubleState =
	| "TOKEN_EXPIRED"
	| "DISABLED"
	| "REJECTED"
	| "IN_DOUBT"
	| "PARKED"
	| "SHIP_FAILED"
	| ShownAlert;

export interface Trouble {
	_id: string; // of the shop, push, order, shipment or alert
	at: At; // since when
	subject: string; // the shop's name, the number of the order or record, or what a flow calls it
	/** Where it is or should have gone: platform, shop, what is pulled, connection, kind of push, "flow", carrier, tracking number. */
	where: string[];
	state: TroubleState;
	moment: At | null; // when a token ends, or from when on records may be missing; else null
	reason: string;
	times: number | null; // how often it was sent, or came back; null where neither is known
}

interface SeenShop {
	_id: string;
	platform: string;
	name: string;
	status: "ACTIVE" | "TOKEN_EXPIRED" | "DISABLED";
	reason: string;
	token: { expiresAt: At | null };
	updatedAt: At;
}

interface SeenAlert {
	_id: string;
	kind: ShownAlert;
	ref: Record<string, string>; // as services/alert/troubles.ts fills it, or the flow that raised it
	reason: string;
	since: At;
	times: number;
}

/** What the lists of the services answer, as far as it is read here. */
export interface Seen {
	shops: SeenShop[];
	pushes: {
		_id: string;
		orderNo: string;
		connectionId: string;
		kind: PushKind;
		state: "REJECTED" | "IN_DOUBT" | "PARKED";
		reason: string;
		sends: number;
		updatedAt: At;
	}[];
	parkedOrders: { _id: string; orderNo: string; erp: { connectionId: string; reason: string; at: At } }[];
	failedShipments: {
		_id: string;
		orderNo: string;
		carrier: string;
		trackingNo: string;
		reason: string;
		attempts: unknown[]; // the last 20
		updatedAt: At;
	}[];
	alerts: SeenAlert[];
}

/**
 * Shops first: one without a token stops all of its orders. Then what was not pulled, and what got stuck on its way.
 * Within a kind the newest first.
 */
export function troublesOf(seen: Seen): Trouble[] {
	const alerts = Map.groupBy(alertTroubles(seen), ({ state }) => state);
	const ofAlerts = (...kinds: ShownAlert[]): Trouble[][] => kinds.map((kind) => alerts.get(kind) ?? []);
	const kinds = [
		shopTroubles(seen),
		...ofAlerts("shop.token-expiring", "window.gap", "window.failed", "pull.behind"),
		pushTroubles(seen),
		...ofAlerts("recall.waiting"),
		parkedTroubles(seen),
		shipmentTroubles(seen),
		...ofAlerts(
			"shipment.waiting",
			"flow.raised",
			"parcel.stray",
			"record.parked",
			"delivery.parked",
			"channel.failed",
		),
	];
	return kinds.flatMap((rows) => rows.sort((a, b) => new Date(b.at).getTime() - new Date(a.at).getTime()));
}

const shopTroubles = ({ shops }: Seen): Trouble[] =>
	shops.flatMap(({ _id, updatedAt: at, name: subject, platform, status: state, reason }) =>
		state === "ACTIVE" ? [] : { _id, at, subject, where: [platform], state, moment: null, reason, times: null },
	);

const pushTroubles = ({ pushes }: Seen): Trouble[] =>
	pushes.map(({ _id, updatedAt: at, orderNo: subject, connectionId, kind, state, reason, sends: times }) => {
		// A cancel that was refused is another thing than an order that was: the goods may be on their way.
		const where = kind === "order" ? [connectionId] : [connectionId, `push.${kind}`];
		return { _id, at, subject, where, state, moment: null, reason, times };
	});

const parkedTroubles = ({ parkedOrders }: Seen): Trouble[] =>
	parkedOrders
		.filter(({ erp }) => erp.connectionId === "") // with a connection it is among the pushes
		.map(({ _id, orderNo: subject, erp: { at, reason } }) => {
			return { _id, at, subject, where: ["flow"], state: "PARKED", moment: null, reason, times: null };
		});

const shipmentTroubles = ({ failedShipments }: Seen): Trouble[] =>
	failedShipments.map(({ _id, updatedAt: at, orderNo: subject, carrier, trackingNo, reason, attempts }) => {
		const where = trackingNo ? [carrier, trackingNo] : [carrier];
		return { _id, at, subject, where, state: "SHIP_FAILED", moment: null, reason, times: attempts.length };
	});

/** Without those that another row tells of. */
function alertTroubles({ shops, parkedOrders, alerts }: Seen): Trouble[] {
	const shopById = new Map(shops.map((shop) => [shop._id, shop]));
	const parkedIds = new Set(parkedOrders.map(({ _id }) => _id));
	return alerts
		.filter(({ kind, ref }) => {
			const { shopId = "", orderId = "", subject = "" } = ref;
			const stopped = (shopById.get(shopId)?.status ?? "ACTIVE") !== "ACTIVE";
			if (kind === "shop.token-expiring" || kind === "pull.behind") return !stopped;
			return !(kind === "delivery.parked" && subject === "hub.order.ready" && parkedIds.has(orderId));
		})
		.map((alert) => alertTrouble(alert, shopById));
}

function alertTrouble(
	{ _id, kind: state, ref, reason, since: at, times }: SeenAlert,
	shopById: ReadonlyMap<string, SeenShop>,
): Trouble {
	const { kind = "", list = "", from = null, id = "", orderId = "", eventId = "", subject = "" } = ref;
	const order = orderId ? orderIdParts(orderId) : null;
	const shopId = ref.shopId ?? order?.shopId ?? "";
	const shop = shopById.get(shopId);
	const shopName = shop?.name ?? shopId;
	const platform = shop ? [shop.platform] : [];
	const row = { _id, at, state, moment: null, reason, times };
	switch (state) {
		case "shop.token-expiring": // the alert's own reason is only the moment
			return {
				...row,
				subject: shopName,
				where: platform,
				moment: shop?.token.expiresAt ?? null,
				reason: shop?.reason ?? "",
			};
		case "window.gap":
		case "window.failed":
		case "pull.behind":
			return { ...row, subject: shopName, where: [...platform, kind, list], moment: from };
		case "recall.waiting":
			return { ...row, subject: order?.orderNo ?? "", where: [...platform, shopName] };
		case "shipment.waiting":
			return { ...row, subject: order?.orderNo ?? "", where: [shopName, ref.carrier ?? "", ref.trackingNo ?? ""] };
		case "parcel.stray":
			return { ...row, subject: ref.number ?? "", where: [ref.connectionId ?? "", ref.trackingNo ?? ""] };
		case "channel.failed":
			return { ...row, subject: ref.name ?? "", where: [] };
		case "record.parked":
			return { ...row, subject: id, where: [...platform, shopName, kind] };
		case "flow.raised":
			return {
				...row,
				subject: order?.orderNo ?? ref.key ?? "",
				where: [...platform, shopName, "flow"].filter(Boolean),
			};
		case "delivery.parked":
			return { ...row, subject: order?.orderNo ?? eventId, where: [...platform, shopName, subject].filter(Boolean) };
	}
}
