/**
 * What answers look like, by noun. An answer may hold more than is said here, so that a program that reads it is not
 * broken by a new field; answers.test.ts holds real ones against these.
 */
import { errorTypes } from "../../../config/errors.ts";
import type { JsonSchema } from "./json-schema.ts";

const text = { type: "string" };
const texts = { type: "array", items: text };
const flag = { type: "boolean" };
const count = { type: "integer", minimum: 0 };
const whole = { type: "integer" };
const fen = { type: "integer", description: "fen" };
const time = { type: "string", format: "date-time" };
const timeOrNull = { type: ["string", "null"], format: "date-time" };
const listOf = (items: JsonSchema): JsonSchema => ({ type: "array", items });
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }] });
const documentOf = { type: "object", additionalProperties: true };
const verdict = "then"; // of a rule: under its own name the linter takes it for something to await
const shopLimit = { anyOf: [{ const: "*" }, texts], description: "* or the ids of shops" };

function shape(properties: Readonly<Record<string, JsonSchema>>, maybe: readonly string[] = []): JsonSchema {
	return { type: "object", properties, required: Object.keys(properties).filter((name) => !maybe.includes(name)) };
}

/** What a field may be, in the words of an action that takes it: `values("order.list", "status")`. */
export type Values = (action: string, param: string) => JsonSchema;

const stored = { createdAt: time, updatedAt: time };
const erpPart = { connectionId: text, docNo: text, reason: text, at: timeOrNull };
const parcelLines = listOf(shape({ lineId: text, quantity: count }));

const attempt = shape({
	at: time,
	call: text,
	step: text,
	outcome: text,
	status: whole,
	reason: text,
	ms: { type: "number" },
	bytes: whole,
});

/** By name, as components of the document. */
export const nouns = (values: Values): Readonly<Record<string, JsonSchema>> => ({
	Problem: {
		...shape(
			{
				type: { type: "string", enum: Object.keys(errorTypes).map((type) => `urn:order-hub:${type}`) },
				title: text,
				status: whole,
				detail: text,
				errors: listOf(shape({ field: text, code: text, message: text, expected: {} }, ["expected"])),
				traceId: text,
			},
			["detail", "errors"],
		),
		description: "RFC 9457 problem details; `title` and `message` by Accept-Language, `traceId` as in the hub's logs",
	},
	Tokens: shape({ token: text, refreshToken: text, expiresIn: { type: "integer", description: "seconds" } }),
	Identity: shape({
		sub: text,
		kind: { enum: ["user", "client"] },
		name: text,
		roles: texts,
		scopes: texts,
		shops: shopLimit,
	}),
	User: shape({ _id: text, name: text, roles: texts, shops: shopLimit, disabled: flag }),
	Client: shape({ _id: text, name: text, scopes: texts, shops: shopLimit, disabled: flag }),
	NewClient: shape({ _id: text, name: text, scopes: texts, shops: shopLimit, disabled: flag, secret: text }),
	Order: shape({
		_id: text,
		platform: text,
		shopId: text,
		orderNo: text,
		status: values("order.list", "status"),
		rawStatus: text,
		flags: texts,
		placedAt: time,
		paidAt: timeOrNull,
		modifiedAt: time,
		shipDeadline: timeOrNull,
		buyer: shape({ nick: text, openId: text }),
		receiver: shape({
			...{ name: text, phone: text, address: text, province: text, city: text, district: text, town: text },
			...{ cipher: text, platformKey: text },
		}),
		memo: shape({ buyer: text, seller: text, flag: text }),
		money: shape({
			goodsFen: fen,
			freightFen: fen,
			discountSellerFen: fen,
			discountPlatformFen: fen,
			paidFen: fen,
			receivableFen: fen,
		}),
		lines: listOf(
			shape({
				...{ lineId: text, platformSkuId: text, outerSku: text, title: text, spec: text, imageUrl: text },
				...{ quantity: count, priceFen: fen, discountFen: fen, paidFen: fen, gift: flag },
				status: values("order.list", "status"),
				refund: { enum: ["NONE", "APPLIED", "DONE"] },
				...{ erpSku: text, erpUnit: text, shippedQty: count },
				parts: listOf(
					shape({ erpSku: text, erpUnit: text, quantity: count, priceFen: fen, discountFen: fen, paidFen: fen }),
				),
			}),
		),
		holds: listOf(shape({ reason: values("order.list", "hold"), at: time, by: text })),
		ready: flag,
		erp: shape({
			state: values("order.list", "erpState"),
			...erpPart,
			revision: count,
			recall: shape({ state: { enum: ["NONE", "WANTED", "REFUSED"] }, why: text, reason: text }),
		}),
		aftersales: listOf(shape({ no: text, settledAt: timeOrNull })),
		parcels: listOf(shape({ carrier: text, trackingNo: text, lines: parcelLines, shippedAt: time })),
		closedInHub: orNull(shape({ at: time, by: text })),
		fence: count,
		contentFence: count,
		version: count,
		...stored,
	}),
	TimelineEntry: shape({ _id: text, at: time, what: text, by: text }),
	BulkResults: shape({
		results: listOf(shape({ id: text, ok: flag, type: text, detail: text }, ["type", "detail"])),
		done: count,
		failed: count,
	}),
	Aftersale: shape({
		_id: text,
		platform: text,
		shopId: text,
		aftersaleNo: text,
		orderId: text,
		orderNo: text,
		type: values("aftersale.list", "type"),
		status: values("aftersale.list", "status"),
		rawType: text,
		rawStatus: text,
		lines: listOf(
			shape({ lineId: text, platformSkuId: text, outerSku: text, title: text, quantity: count, refundFen: fen }),
		),
		refundFen: fen,
		reason: text,
		buyerNote: text,
		evidence: texts,
		refusal: text,
		returnParcel: orNull(shape({ carrier: text, trackingNo: text })),
		deadline: timeOrNull,
		appliedAt: time,
		modifiedAt: time,
		decision: orNull(
			shape({
				...{ action: values("aftersale.decide", "action"), addressId: text, reasonCode: text, note: text },
				...{ carrier: text, trackingNo: text, state: values("aftersale.list", "decisionState"), by: text, at: time },
				...{ reason: text, doubtful: flag, tries: count },
			}),
		),
		erp: shape({ state: values("aftersale.list", "erpState"), ...erpPart }),
		received: orNull(shape({ at: time, by: text, quantity: count, condition: text, note: text })),
		moves: listOf(values("aftersale.decide", "action")),
		todo: orNull(shape({ en: text, zh: text })),
		version: count,
		...stored,
	}),
	PushRow: shape(pushRow(values)),
	Push: shape({ ...pushRow(values), document: documentOf, attempts: listOf(attempt) }),
	Shipment: shape({
		...{ _id: text, orderId: text, orderNo: text, platform: text, shopId: text, carrier: text, trackingNo: text },
		lines: parcelLines,
		state: values("shipment.list", "state"),
		...{ reason: text, doubtful: flag, shipDeadline: timeOrNull, tries: count, by: text, traceId: text },
		attempts: listOf(shape({ at: time, ms: { type: "number" }, outcome: text, reason: text })),
		aftersale: orNull(shape({ id: text, action: text, version: count })),
		...stored,
	}),
	AcceptedShipments: shape({ shipments: listOf(shape({ id: text, state: values("shipment.list", "state") })) }),
	Shop: shape({
		_id: text,
		platform: text,
		name: text,
		sellerId: text,
		app: shape({ key: text }),
		token: shape({ expiresAt: timeOrNull, renewsItself: flag }),
		...{ gatewayUrl: text, authUrl: text, messageUrl: text },
		pull: shape({ orders: pullSetting, aftersales: pullSetting, products: pullSetting }),
		shipMode: values("shop.update", "shipMode"),
		revealPerDay: count,
		status: { enum: ["ACTIVE", "TOKEN_EXPIRED", "DISABLED"] },
		reason: text,
		...stored,
	}),
	Rule: shape({
		_id: text,
		shopId: text,
		name: text,
		enabled: flag,
		when: documentOf,
		[verdict]: values("rule.create", verdict),
	}),
	Connection: shape({
		...{ _id: text, dialect: text, name: text, url: text, settings: { type: "object", additionalProperties: text } },
		secretNames: texts,
		status: values("connection.update", "status"),
		...stored,
	}),
	ErpSku: shape({
		_id: text,
		name: text,
		unit: text,
		barcode: text,
		status: values("sku.erpSkus", "status"),
		...stored,
	}),
	SavedErpSkus: shape({ created: count, updated: count, job: {} }, ["job"]),
	SavedStock: shape({
		items: listOf(
			shape(
				{
					erpSku: text,
					warehouse: text,
					result: { enum: ["changed", "unchanged", "stale", "refused"] },
					detail: text,
				},
				["detail"],
			),
		),
	}),
	Alert: shape({ _id: text, state: { enum: ["OPEN", "CLOSED"] }, since: time, until: timeOrNull, times: count }),
	AuditEntry: shape({ _id: text, at: time, actor: text, what: text, ref: text, purpose: text, ip: text }),
});

const pullSetting = shape({ enabled: flag, everySec: count, backHours: count });

function pushRow(values: Values): Readonly<Record<string, JsonSchema>> {
	return {
		...{ _id: text, connectionId: text, kind: text, orderId: text, orderNo: text, shopId: text, aftersaleId: text },
		...{ revision: count, number: text, state: values("erp.list", "state"), docNo: text, reason: text },
		...{ sends: count, asks: count, waits: count, settleAt: timeOrNull, skipped: flag, by: text, traceId: text },
		...stored,
	};
}
