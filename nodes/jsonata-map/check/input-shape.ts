/** What a mapping's input really holds: an order and an after-sale as flows get them. Checked against stored documents. */

import { aftersaleStatuses, aftersaleTypes } from "../../../services/aftersale/aftersale.ts";
import type { PushKind } from "../../../services/erp/driver.ts";
import { holdReasons, lineRefunds, memoFlags, orderStatuses, recallReasons } from "../../../services/order/order.ts";
import { any, listOf, nothing, type Plain, plain, type Shape } from "./shape.ts";

type Table = { readonly [name: string]: Plain | readonly string[] | Table | [Table] | ["text"] };

const line: Table = {
	lineId: "id",
	platformSkuId: "id",
	outerSku: "id",
	title: "text",
	spec: "text",
	imageUrl: "text",
	quantity: "count",
	priceFen: "fen",
	discountFen: "fen",
	paidFen: "fen",
	gift: "flag",
	status: orderStatuses,
	refund: lineRefunds,
	erpSku: "id",
	erpUnit: "text",
	shippedQty: "count",
};

const part: Table = {
	erpSku: "id",
	erpUnit: "text",
	quantity: "count",
	priceFen: "fen",
	discountFen: "fen",
	paidFen: "fen",
};

export const orderTable: Table = {
	_id: "id",
	platform: "text",
	shopId: "id",
	orderNo: "id",
	status: orderStatuses,
	rawStatus: "text",
	flags: ["text"],
	placedAt: "time",
	paidAt: "time",
	modifiedAt: "time",
	shipDeadline: "time",
	buyer: { nick: "text", openId: "id" },
	receiver: {
		name: "text",
		phone: "text",
		address: "text",
		province: "text",
		city: "text",
		district: "text",
		town: "text",
		cipher: "cipher",
		platformKey: "id",
	},
	memo: { buyer: "text", seller: "text", flag: memoFlags },
	money: {
		goodsFen: "fen",
		freightFen: "fen",
		discountSellerFen: "fen",
		discountPlatformFen: "fen",
		paidFen: "fen",
		receivableFen: "fen",
	},
	lines: [{ ...line, parts: [part] }],
	erpLines: [{ ...line, lineNo: "id", comboOf: "id" }],
	holds: [{ reason: holdReasons, at: "time", by: "text" }],
	ready: "flag",
	erp: {
		state: "text",
		connectionId: "id",
		docNo: "id",
		reason: "text",
		at: "time",
		revision: "count",
		recall: { state: "text", why: ["", ...recallReasons], reason: "text" },
	},
	aftersales: [{ no: "id", settledAt: "time" }],
	parcels: [{ carrier: "text", trackingNo: "id", lines: [{ lineId: "id", quantity: "count" }], shippedAt: "time" }],
	closedInHub: { at: "time", by: "text" },
	fence: "count",
	contentFence: "count",
	version: "count",
	createdAt: "time",
	updatedAt: "time",
};

export const aftersaleTable: Table = {
	_id: "id",
	platform: "text",
	shopId: "id",
	aftersaleNo: "id",
	orderNo: "id",
	orderId: "id",
	type: aftersaleTypes,
	status: aftersaleStatuses,
	rawType: "text",
	rawStatus: "text",
	lines: [{ lineId: "id", platformSkuId: "id", outerSku: "id", title: "text", quantity: "count", refundFen: "fen" }],
	refundFen: "fen",
	reason: "text",
	buyerNote: "text",
	evidence: ["text"],
	refusal: "text",
	returnParcel: { carrier: "text", trackingNo: "id" },
	deadline: "time",
	appliedAt: "time",
	modifiedAt: "time",
	decision: {
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
		attempts: [{ at: "time", ms: "count", outcome: "text", reason: "text" }],
		traceId: "id",
	},
	erp: { state: "text", connectionId: "id", docNo: "id", reason: "text", at: "time", turn: "count" },
	received: { at: "time", by: "text", quantity: "count", condition: "text", note: "text" },
	version: "count",
	createdAt: "time",
	updatedAt: "time",
	moves: ["text"],
	todo: { en: "text", zh: "text" },
};

/** What the mapping of this kind sees. `settings`: names that `cfg` may have; null: any. */
export function inputShape(kind: PushKind | null, settings: readonly string[] | null): Shape {
	const cfg: Shape = settings
		? { is: "object", fields: Object.fromEntries(settings.map((name) => [name, plain("text")])), from: "cfg" }
		: any;
	const aftersale = kind === null || kind === "aftersale" ? objectOf(aftersaleTable, "aftersale") : nothing;
	const fields = { order: objectOf(orderTable, "order"), cfg, ...(aftersale !== nothing && { aftersale }) };
	return { is: "object", fields, from: "" };
}

function objectOf(table: Table, from: string): Shape {
	const fields = Object.entries(table).map(([name, entry]) => [name, shapeOf(entry, `${from}.${name}`)]);
	return { is: "object", fields: Object.fromEntries(fields), from };
}

function shapeOf(entry: Table[string], from: string): Shape {
	if (typeof entry === "string") return plain(entry);
	if (!Array.isArray(entry)) return objectOf(entry as Table, from);
	const [first] = entry as readonly unknown[];
	if (typeof first === "object") return listOf(objectOf(first as Table, `${from}[]`));
	return entry.length === 1 && first === "text" ? listOf(plain("text")) : { is: "text", values: entry as string[] };
}
