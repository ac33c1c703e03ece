/** What an ERP would say of a document, known before it is sent. */
import type { Words } from "./format.ts";

export interface Objection {
	field: string; // path in the document, lists without their place: "orderLines.orderLine[].planQty"
	rule: "REQUIRED" | "FORMAT" | "LIST" | "UNKNOWN_FIELD"; // LIST: something else stands where a list must
	words: Words; // names the field, the kind of value found and the remedy; never the value
}

/** What an ERP would make of a document. Amounts are fen. */
export interface Booking {
	number: string; // "" where the document carries none
	/** Of an after-sale: the order's number, as the order was told; null where it does not say. */
	order: { field: string; number: string } | null;
	lines: BookedLine[] | null; // null: it has lines of a layout that the hub does not know
	freightFen: number | null; // null, here and below: the document has no such amount
	totals: { field: string; fen: number | null; is: TotalOf }[]; // what it states beside the lines
	fields: BookingFields;
}

export interface BookedLine {
	sku: string;
	quantity: number; // of what comes back, too, above zero
	fen: number | null; // of the whole line
}

/** due: lines and freight · goods: before discounts · lines: without freight · discount: goods and freight less due */
export type TotalOf = "due" | "goods" | "lines" | "discount";

/** Where these stand, as paths; "" for what the document has not. */
export interface BookingFields {
	number: string;
	lines: string;
	sku: string;
	quantity: string;
	amount: string;
	freight: string;
}

export interface Judgement {
	problems: Objection[];
	booking: Booking;
}
