/**
 * What an ERP has taken, in no dialect's words. One record a key: where a dialect knows no uniqueness, a repeat of a key
 * is counted in `accepted`, so that a careless client is seen. No receiver is kept. Amounts are integer fen.
 */
export interface ErpDocument {
	sequence: number; // over all dialects, from 1: the order of `GET /_control/truth`
	dialect: string;
	kind: "order";
	key: string; // the ERP's business key: deliveryOrderCode, orderNo
	orderNo: string; // the platform's order number
	hubOrderId: string; // the order the hub is told about when the parcel leaves; empty: the document named none
	lines: DocumentLine[];
	freightFen: number;
	totalFen: number; // all lines and the freight, as the ERP computes it
	docNos: string[]; // the ERP's own numbers, one for each time it was taken
	accepted: number; // how often it was taken as a new document
	cancelled: boolean;
	takenMs: number; // epoch milliseconds
	wishedCarrier: string; // the ERP's code; empty: the ERP chooses
	shipping: Shipping;
}

export interface DocumentLine {
	sku: string;
	quantity: number;
	totalFen: number;
}

/** Where the one shipment of a document stands. */
export interface Shipping {
	/** `waiting` for its time or its next try; `sending` while a call is in the air; then `done` or `failed` for good. */
	state: "waiting" | "sending" | "done" | "failed";
	dueMs: number; // epoch milliseconds of the first or the next try
	attempts: number;
	carrier: string;
	trackingNo: string;
	/** What the hub answered last: its status and the first part of its body, or the reason there was no answer. */
	answer: string;
}

/** A document as a dialect reads it, before the ERP has numbered it. */
export type NewDocument = Pick<
	ErpDocument,
	"key" | "orderNo" | "hubOrderId" | "lines" | "freightFen" | "wishedCarrier"
>;
