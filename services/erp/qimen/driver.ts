/**
 * 奇门 (Qimen), the standard between ERPs and warehouse systems. A document is the content of `<request>`. Source: Qimen
 * API pages deliveryorder.create, returnorder.create, order.cancel and orderprocess.query. The standard has no change of
 * an order: it is cancelled and comes anew, under another code.
 */
import { hubError } from "../../../config/errors.ts";
import type { ErpDriver, Found, KindDriver, Outcome } from "../driver.ts";
import { ask, type ErpSteps } from "../steps.ts";
import { callbacks } from "./callbacks.ts";
import { envelope } from "./envelope.ts";
import {
	cancelBooking,
	cancelForm,
	deliveryBooking,
	deliveryOrderForm,
	returnBooking,
	returnOrderForm,
} from "./form.ts";
import { lacking, ofCancel, ofDeliveryOrder, ofReturnOrder } from "./required.ts";
import { isCancelled, readFound, readTaken } from "./responses.ts";
import { textAt } from "./xml.ts";

type Document = Record<string, unknown>;

const order: KindDriver = {
	numberOf: (document) => codeAt(document, "deliveryOrder", "deliveryOrderCode"),
	missing: (document) => lacking(document, ofDeliveryOrder),
	form: () => deliveryOrderForm,
	booking: deliveryBooking,
	send: (document) => create("deliveryorder.create", document, "deliveryOrderId"),
	find: (number, document) => process(number, textAt(document, "deliveryOrder", "orderType"), readFound),
};

const aftersale: KindDriver = {
	numberOf: (document) => codeAt(document, "returnOrder", "returnOrderCode"),
	missing: (document) => lacking(document, ofReturnOrder),
	form: () => returnOrderForm,
	booking: returnBooking,
	send: (document) => create("returnorder.create", document, "returnOrderId"),
	find: (number, document) => process(number, textAt(document, "returnOrder", "orderType"), readFound),
};

const cancel: KindDriver = {
	numberOf: (document) => codeAt(document, "orderCode"),
	missing: (document) => lacking(document, ofCancel),
	form: () => cancelForm,
	booking: cancelBooking,
	send: (document) => create("order.cancel", document, "orderId"),
	find: (number, document) => process(number, textAt(document, "orderType"), isCancelled),
};

export const qimen: ErpDriver = {
	dialect: "qimen",
	secretNames: ["appKey", "secret", "customerId"],
	settingNames: ["ownerCode", "senderName", "senderMobile", "senderProvince", "senderCity", "senderAddress"],
	kinds: { order, cancel, aftersale },
	callbacks,
};

/** `docNo`: the element of the answer with the warehouse's number. */
function* create(method: string, document: Document, docNo: string): ErpSteps<Outcome> {
	return yield* ask<Outcome>({
		name: method,
		decisive: true,
		request: (connection, now) => envelope(connection, method, document, now),
		read: (answer) => readTaken(answer, docNo),
	});
}

function* process(orderCode: string, orderType: string, read: typeof readFound): ErpSteps<Found> {
	return yield* ask<Found>({
		name: "orderprocess.query",
		decisive: false,
		request(connection, now) {
			const { ownerCode, warehouseCode = "OTHER" } = connection.settings;
			const question = { orderCode, orderType, ownerCode, warehouseCode };
			return envelope(connection, "orderprocess.query", question, now);
		},
		read,
	});
}

function codeAt(document: Document, ...path: string[]): string {
	const code = textAt(document, ...path);
	if (!code) throw hubError("INVALID", `${path.join(".")} missing`);
	return code;
}
