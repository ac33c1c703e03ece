/** order: to be delivered · change: an order as it is now · cancel: an order not to be delivered · aftersale: a return … */
export type DocumentKind = "order" | "change" | "cancel" | "aftersale";

/**
 * What an ERP has taken, in no dialect's words. One record a kind and key: where a dialect knows no uniqueness, a repeat
 * of a key is counted in `accepted`, so that a careless client is seen. No receiver is kept. Amounts are integer fen.
 */
export interface ErpDocument {
	sequence: number; // over all dialects, from 1: the order of `GET /_control/truth`
	dialect: string;
	kind: DocumentKind;
	key: string; // the ERP's business key: deliveryOrderCode, orderNo; of a change and a cancel, that of their order
	orderNo: string; // the platform's order number
	hubOrderId: string; // the order the hub is told about when the parcel leaves; empty: the document named none
	lines: DocumentLine[];
	freightFen: number; // of an after-sale: what is refunded beside its lines
	version: string; // the sender's, as the last telling carried it; empty: it carried none
	totalFen: number; // all lines and the freight, as the ERP computes it
	docNos: string[]; // the ERP's own numbers, one for each time it was taken
	accepted: number; // how often it was taken as a new document
	cancelled: boolean; // of an order: it will not be delivered
	takenMs: number; // epoch milliseconds
	wishedCarrier: string; // the ERP's code; empty: the ERP chooses
	shipping: Shipping;
	own?: object; // what its dialect keeps about it besides, in that ERP's own words
}

export interface DocumentLine {
	sku: string;
	quantity: number;
	totalFen: number;
}

/** Where the one shipment of a document stands. */
export interface Shipping {
	/**
	 * `waiting` for its time or its next try; `sending` while a call is in the air; then `done` or `failed` for good.
	 * `none`: no order, nothing to ship.
	 */
	state: "waiting" | "sending" | "done" | "failed" | "none";
	dueMs: number; // epoch milliseconds of the first or the next try
	attempts: number;
	carrier: string;
	trackingNo: string;
	shippedMs: number; // epoch milliseconds; 0: not yet. Parcels that are read back are read by it
	/** What the hub answered last: its status and the first part of its body, or the reason there was no answer. */
	answer: string;
}

/** A document as a dialect reads it, before the ERP has numbered it. */
export type NewDocument = Pick<
	ErpDocument,
	"key" | "orderNo" | "hubOrderId" | "lines" | "freightFen" | "wishedCarrier"
> & { kind?: DocumentKind; version?: string }; // an order, unless it says so
