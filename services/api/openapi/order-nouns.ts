/** Orders, after-sales, shipments and waybills, as they are answered. */
import type { JsonSchema } from "./json-schema.ts";
import {
	anyObject,
	component,
	count,
	counts,
	fen,
	flag,
	listOf,
	ms,
	type Nouns,
	orNull,
	rowErrors,
	shape,
	stored,
	text,
	texts,
	time,
	timeOrNull,
	type Values,
} from "./shapes.ts";

const erpPart = { connectionId: text, docNo: text, reason: text, at: timeOrNull };
const parcelLines = listOf(shape({ lineId: text, quantity: count }));

const printData = {
	...{ id: text, platform: text, carrier: text, trackingNo: text, printClient: text, printData: text },
	printedBefore: flag,
};
const goods = { erpSku: text, outerSku: text, title: text, spec: text, imageUrl: text, quantity: count };

/** Rows with an outcome each; `maybe`: what those that failed have not. */
const rows = (row: Parameters<typeof shape>[0], maybe: readonly string[] = []): JsonSchema =>
	shape({
		results: listOf(shape({ ...row, ok: flag, type: text, detail: text }, [...maybe, "type", "detail"])),
		done: count,
		failed: count,
	});

export const orderNouns = (values: Values): Nouns => ({
	FeedPosition: shape({ topic: values("feed.ack", "topic"), upTo: text }),
	Order: shape(
		{
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
			labels: listOf(
				shape({
					parcelNo: count,
					carrier: text,
					trackingNo: text,
					state: { enum: ["TAKEN", "PRINTED", "RECYCLED"] },
					version: count,
				}),
			),
			tags: texts,
			closedInHub: orNull(shape({ at: time, by: text })),
			fence: count,
			contentFence: count,
			version: count,
			...stored,
		},
		["labels", "tags"],
	),
	TimelineEntry: shape({ _id: text, at: time, what: text, by: text }),
	BulkResults: rows({ id: text }),
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
	Shipment: shape({
		...{ _id: text, orderId: text, orderNo: text, platform: text, shopId: text, carrier: text, trackingNo: text },
		lines: parcelLines,
		state: values("shipment.list", "state"),
		...{ reason: text, doubtful: flag, shipDeadline: timeOrNull, tries: count, by: text, traceId: text },
		attempts: listOf(shape({ at: time, ms, outcome: text, reason: text })),
		aftersale: orNull(shape({ id: text, action: text, version: count })),
		...stored,
	}),
	AcceptedShipments: shape({ shipments: listOf(shape({ id: text, state: values("shipment.list", "state") })) }),
	OrderTally: shape({ counts, at: time }),
	HeldCounts: shape({ items: listOf(shape({ reason: values("order.held", "reason"), orders: count })) }),
	ShipmentTally: shape({ counts, at: time }),
	WaybillTally: shape({ counts, at: time }),
	OrderSummary: shape({ byStatus: counts, byErpState: counts, held: count, toPush: count }),
	AftersaleSummary: shape({ byTab: counts, byStatus: counts, byDecision: counts, overdue: count, dueSoon: count }),
	ImportedShipments: shape({ total: count, accepted: count, failed: count, errors: rowErrors }),
	ImportedOrders: shape({
		...{ total: count, created: count, known: count, failed: count },
		rows: listOf(
			shape({
				...{ row: count, ok: flag, orderId: { type: ["string", "null"] } },
				order: orNull(
					shape({
						...{ shopId: text, orderNo: text, known: flag, receiver: anyObject, placedAt: time, money: anyObject },
						lines: listOf(shape({ outerSku: text, title: text, quantity: count, paidFen: fen })),
					}),
				),
				errors: listOf(shape({ field: text, message: text, messageZh: text })),
			}),
		),
	}),
	Waybill: shape({
		...{ _id: text, orderId: text, orderNo: text, platform: text, shopId: text, parcelNo: count, carrier: text },
		...{ branchCode: text, accountCode: text, templateUrl: text, trackingNo: text, platformNo: text },
		state: values("waybill.list", "state"),
		...{ reason: text, prints: count, takenAt: timeOrNull, printedAt: timeOrNull, recycledAt: timeOrNull },
		...stored,
	}),
	PrintData: shape({ ...printData }),
	PrintDataResults: rows(
		printData,
		Object.keys(printData).filter((name) => name !== "id"),
	),
	TakenNumbers: rows({ id: text, orderId: text, parcelNo: count, trackingNo: text }, ["trackingNo"]),
	PickList: shape({
		items: listOf(
			shape({
				...goods,
				orders: listOf(shape({ orderId: text, orderNo: text, quantity: count })),
			}),
		),
		left: listOf(shape({ orderId: text, ok: flag, type: text, detail: text }, ["detail"])),
	}),
	ScannedParcel: shape({
		waybill: component("Waybill"),
		order: shape({ id: text, orderNo: text, status: values("order.list", "status"), holds: listOf(anyObject) }),
		lines: listOf(shape(goods)),
		shipment: orNull(shape({ id: text, state: text })),
		already: flag,
	}),
	PrintClient: shape({
		...{ name: text, zh: text, en: text, ws: text, wss: text, mostDocuments: count },
		results: { type: "string", enum: ["push", "answer"] },
	}),
});
