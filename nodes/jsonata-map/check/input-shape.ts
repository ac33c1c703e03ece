/** What a mapping's input really holds: an order and an after-sale as flows get them. */
import type { AftersaleLine } from "../../../services/aftersale/aftersale.ts";
import { aftersaleStatuses, aftersaleTypes } from "../../../services/aftersale/aftersale.ts";
import type { DecisionAttempt, StoredDecision } from "../../../services/aftersale/decision.ts";
import type { Receipt } from "../../../services/aftersale/hub-part.ts";
import type { AftersaleView } from "../../../services/aftersale/view.ts";
import type { PushKind } from "../../../services/erp/driver.ts";
import type * as Orders from "../../../services/order/order.ts";
import {
	holdReasons,
	labelStates,
	lineRefunds,
	memoFlags,
	orderStatuses,
	recallReasons,
} from "../../../services/order/order.ts";
import { any, listOf, type Plain, plain, type Shape } from "./shape.ts";

/** A kind of value, the values it may have, the fields of an object, or one entry of a list. */
type Entry = Plain | readonly string[] | Table | { each: Entry };
interface Table {
	readonly [name: string]: Entry;
}
type Of<T> = Readonly<Record<keyof T & string, Entry>>;

const part = {
	erpSku: "id",
	erpUnit: "text",
	quantity: "count",
	priceFen: "fen",
	discountFen: "fen",
	paidFen: "fen",
} satisfies Of<Orders.LinePart>;

const line = {
	lineId: "id",
	platformSkuId: "id",
	outerSku: "id",
	title: "text",
	spec: "text",
	imageUrl: "text",
	gift: "flag",
	status: orderStatuses,
	refund: lineRefunds,
	shippedQty: "count",
	...part,
} satisfies Of<Omit<Orders.StoredLine, "parts">>;

/** The key of the phone's last digits is for search alone. */
const receiver = {
	name: "text",
	phone: "text",
	address: "text",
	province: "text",
	city: "text",
	district: "text",
	town: "text",
	cipher: "cipher",
	platformKey: "id",
} satisfies Of<Orders.Receiver>;

const orderErp = {
	state: "text",
	connectionId: "id",
	docNo: "id",
	reason: "text",
	at: "time",
	revision: "count",
	recall: { state: "text", why: ["", ...recallReasons], reason: "text" } satisfies Of<Orders.ErpPart["recall"]>,
} satisfies Of<Orders.ErpPart>;

export const orderTable = {
	_id: "id",
	platform: "text",
	shopId: "id",
	orderNo: "id",
	status: orderStatuses,
	rawStatus: "text",
	flags: { each: "text" },
	placedAt: "time",
	paidAt: "time",
	modifiedAt: "time",
	shipDeadline: "time",
	buyer: { nick: "text", openId: "id" } satisfies Of<Orders.Order["buyer"]>,
	receiver,
	memo: { buyer: "text", seller: "text", flag: memoFlags } satisfies Of<Orders.Order["memo"]>,
	money: {
		goodsFen: "fen",
		freightFen: "fen",
		discountSellerFen: "fen",
		discountPlatformFen: "fen",
		paidFen: "fen",
		receivableFen: "fen",
	} satisfies Of<Orders.Order["money"]>,
	lines: { each: { ...line, parts: { each: part } } satisfies Of<Orders.StoredLine> },
	erpLines: { each: { ...line, lineNo: "id", comboOf: "id" } satisfies Of<Orders.ErpLine> },
	holds: { each: { reason: holdReasons, at: "time", by: "text" } satisfies Of<Orders.Hold> },
	ready: "flag",
	erp: orderErp,
	aftersales: { each: { no: "id", settledAt: "time" } satisfies Of<Orders.AftersaleMark> },
	parcels: {
		each: {
			carrier: "text",
			trackingNo: "id",
			lines: { each: { lineId: "id", quantity: "count" } },
			shippedAt: "time",
		} satisfies Of<Orders.Parcel>,
	},
	labels: {
		each: {
			parcelNo: "count",
			carrier: "text",
			trackingNo: "id",
			state: labelStates,
			version: "count",
		} satisfies Of<Orders.OrderLabel>,
	},
	tags: { each: "text" },
	closedInHub: { at: "time", by: "text" } satisfies Of<Orders.ClosedInHub>,
	fence: "count",
	contentFence: "count",
	version: "count",
	createdAt: "time",
	updatedAt: "time",
} satisfies Of<Orders.Order & { erpLines: unknown }>;

const decision = {
	action: "text",
	addressId: "id",
	reasonCode: "text",
	note: "text",
	carrier: "text",
	trackingNo: "id",
	state: "text",
	by: "text",
	at: "time",
	asOf: "time",
	reason: "text",
	doubtful: "flag",
	tries: "count",
	attempts: { each: { at: "time", ms: "count", outcome: "text", reason: "text" } satisfies Of<DecisionAttempt> },
	traceId: "id",
} satisfies Of<StoredDecision>;

export const aftersaleTable = {
	_id: "id",
	platform: "text",
	shopId: "id",
	aftersaleNo: "id",
	orderId: "id",
	orderNo: "id",
	type: aftersaleTypes,
	status: aftersaleStatuses,
	rawType: "text",
	rawStatus: "text",
	lines: {
		each: {
			lineId: "id",
			platformSkuId: "id",
			outerSku: "id",
			title: "text",
			quantity: "count",
			refundFen: "fen",
		} satisfies Of<AftersaleLine>,
	},
	refundFen: "fen",
	reason: "text",
	buyerNote: "text",
	evidence: { each: "text" },
	refusal: "text",
	returnParcel: { carrier: "text", trackingNo: "id" } satisfies Of<NonNullable<AftersaleView["returnParcel"]>>,
	deadline: "time",
	appliedAt: "time",
	modifiedAt: "time",
	decision,
	erp: {
		state: "text",
		connectionId: "id",
		docNo: "id",
		reason: "text",
		at: "time",
	} satisfies Of<AftersaleView["erp"]>,
	received: { at: "time", by: "text", quantity: "count", condition: "text", note: "text" } satisfies Of<Receipt>,
	version: "count",
	createdAt: "time",
	updatedAt: "time",
	moves: { each: "text" },
	todo: { en: "text", zh: "text" } satisfies Of<NonNullable<AftersaleView["todo"]>>,
} satisfies Of<AftersaleView>;

/** What a mapping of the kind sees. `settings`: names that `cfg` may have; null: any. */
export function inputShape(kind: PushKind, settings: readonly string[] | null): Shape {
	const cfg: Shape = settings
		? { is: "object", fields: Object.fromEntries(settings.map((name) => [name, plain("text")])), from: "cfg" }
		: any;
	const order = shapeOf(orderTable, "order");
	const aftersale = kind === "aftersale" && { aftersale: shapeOf(aftersaleTable, "aftersale") };
	return { is: "object", fields: { order, cfg, ...aftersale }, from: "" };
}

export function shapeOf(entry: Entry, from: string): Shape {
	if (typeof entry === "string") return plain(entry);
	if (isValues(entry)) return { is: "text", values: entry };
	if ("each" in entry) return listOf(shapeOf(entry.each as Entry, `${from}[]`));
	const fields = Object.entries(entry as Table).map(([name, each]) => [name, shapeOf(each, `${from}.${name}`)]);
	return { is: "object", fields: Object.fromEntries(fields), from };
}

const isValues = (entry: Entry): entry is readonly string[] => Array.isArray(entry);
