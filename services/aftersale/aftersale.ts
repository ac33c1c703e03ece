/** What an after-sale is. Amounts are integer fen; times are UTC; ids are strings. No plain name, phone or address. */

export const aftersaleTypes = [
	"REFUND_BEFORE_SHIP",
	"REFUND_ONLY", // shipped, and the goods stay with the buyer
	"RETURN_REFUND",
	"EXCHANGE",
	"RESEND",
	"REPAIR",
	"PRICE_PROTECT",
	"REJECTED", // refused at the door
] as const;
export type AftersaleType = (typeof aftersaleTypes)[number];

export const aftersaleStatuses = [
	"APPLIED", // the seller must answer
	"WAIT_BUYER_RETURN",
	"WAIT_SELLER_RECEIVE",
	"WAIT_SELLER_SHIP", // of an exchange, a resend or a repair
	"WAIT_BUYER_CONFIRM",
	"PLATFORM_HANDLING", // a dispute, or money on its way: nothing for the seller to do
	"REFUSED", // by the seller; the buyer may change the claim or call the platform in
	"DONE",
	"CLOSED", // withdrawn, or run out of time
] as const;
export type AftersaleStatus = (typeof aftersaleStatuses)[number];

/** No longer a reason not to ship: over, or refused by the seller. */
export const isSettled = (status: AftersaleStatus): boolean => ["DONE", "CLOSED", "REFUSED"].includes(status);

/** Nobody has to act any more. */
export const isOver = (status: AftersaleStatus): boolean => status === "DONE" || status === "CLOSED";

export interface AftersaleLine {
	lineId: string; // of the order
	platformSkuId: string;
	outerSku: string;
	title: string;
	quantity: number;
	refundFen: number;
}

/** One after-sale as the platform tells it, in our words. What the adapters make and `aftersale.save` takes. */
export interface PlatformAftersale {
	platform: string;
	shopId: string;
	aftersaleNo: string; // the platform's own number
	orderNo: string;
	type: AftersaleType;
	status: AftersaleStatus;
	rawType: string; // as the platform says it, several fields joined by "/" where it takes several
	rawStatus: string;
	lines: AftersaleLine[];
	refundFen: number; // all of it, freight included
	reason: string;
	buyerNote: string;
	evidence: string[]; // addresses of pictures
	refusal: string; // the seller's words, when refused
	returnParcel: { carrier: string; trackingNo: string } | null; // our carrier code, or the platform's word
	deadline: Date | null; // by when the one whose turn it is must act
	appliedAt: Date;
	modifiedAt: Date; // the platform's clock
}

export const aftersaleId = (platform: string, shopId: string, aftersaleNo: string): string =>
	`${platform}:${shopId}:${aftersaleNo}`;

/** What a seller may answer. Which of them a platform takes, and when, is in its adapter. */
export const decisionActions = [
	"AGREE_REFUND", // money back: a refund without return, or the goods have come back
	"AGREE_RETURN", // the buyer may send the goods back, to `addressId`
	"REFUSE", // with one of the platform's own reasons
	"REFUSE_RECEIPT", // the goods came back, but not as they should
	"SHIP_EXCHANGE", // the returned goods are here and the replacement is on its way: `carrier`, `trackingNo`
	"SHIP_RESEND", // what was missing is on its way: `carrier`, `trackingNo`
] as const;
export type DecisionAction = (typeof decisionActions)[number];

export interface Decision {
	action: DecisionAction;
	addressId: string; // of the seller's, from `aftersales.addresses`; "": the default one
	reasonCode: string; // from `aftersales.reasons`; "" where the platform wants none
	note: string; // words for the buyer
	carrier: string; // our code; "" unless something is shipped
	trackingNo: string;
}
