/**
 * What an order is. Amounts are integer fen; times are UTC; ids are strings, however they look.
 * Plain names, phone numbers and addresses never stand here: masked text, ciphertext and the platform's key do.
 */
export const orderStatuses = ["WAIT_PAY", "WAIT_SHIP", "PART_SHIPPED", "SHIPPED", "COMPLETED", "CLOSED"] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const holdReasons = [
	"SKU_UNMATCHED",
	"REFUND_APPLIED",
	"ADDRESS_CHANGED",
	"CHANGED_AFTER_PUSH",
	"NO_RECEIVER",
	"PRESALE_BALANCE",
	"MANUAL",
	"RISK",
] as const;
export type HoldReason = (typeof holdReasons)[number];

export const lineRefunds = ["NONE", "APPLIED", "DONE"] as const;

/** The colours platforms let a seller mark an order with; "": none. */
export const memoFlags = ["", "grey", "red", "yellow", "green", "blue", "purple", "cyan", "orange"] as const;
export type MemoFlag = (typeof memoFlags)[number];

export interface OrderLine {
	lineId: string; // the platform's sub-order number
	platformSkuId: string; // "" where the product has no SKUs
	outerSku: string; // the merchant code the seller wrote on the platform; "" when there is none
	title: string;
	spec: string;
	imageUrl: string;
	quantity: number;
	priceFen: number; // one piece, before discounts
	discountFen: number; // of the whole line, the line's share of order discounts included
	paidFen: number; // of the whole line, without freight: priceFen * quantity - discountFen
	gift: boolean;
	status: OrderStatus;
	refund: (typeof lineRefunds)[number];
}

export interface Receiver {
	name: string; // masked, as are phone and address
	phone: string;
	address: string;
	province: string;
	city: string;
	district: string;
	town: string;
	cipher: string; // the platform's ciphertext, where it has one; several as the JSON of {name, phone, address}
	platformKey: string; // OAID, open_address_id, hash_code …
}

/** One order as the platform tells it, in our words. What the adapters make and `order.save` takes. */
export interface PlatformOrder {
	platform: string;
	shopId: string;
	orderNo: string; // the platform's own number
	status: OrderStatus;
	rawStatus: string;
	flags: string[]; // presale, gift-to-friend, group, virtual, cod …
	placedAt: Date;
	paidAt: Date | null;
	modifiedAt: Date; // the platform's clock, whole seconds
	shipDeadline: Date | null;
	buyer: { nick: string; openId: string };
	receiver: Receiver;
	memo: { buyer: string; seller: string; flag: MemoFlag };
	money: {
		goodsFen: number; // sum of priceFen * quantity
		freightFen: number;
		discountSellerFen: number;
		discountPlatformFen: number; // the platform pays it to the seller
		paidFen: number; // what the buyer pays, freight included
		receivableFen: number; // paidFen + discountPlatformFen
	};
	lines: OrderLine[];
	platformHolds: HoldReason[]; // holds that follow from the platform's own state; they come and go with it
}

export interface Hold {
	reason: HoldReason;
	at: Date;
	by: string; // "platform", "rule:<name>", a user name …
}

export interface Parcel {
	carrier: string; // our carrier code (config/carriers.ts)
	trackingNo: string;
	lines: { lineId: string; quantity: number }[]; // empty: the whole order
	shippedAt: Date;
}

/** CANCELLED: the ERP had it and gave it back; it may be pushed anew, as another revision. */
export const erpStates = ["NONE", "SENDING", "OK", "REJECTED", "IN_DOUBT", "PARKED", "CANCELLED"] as const;
export type ErpState = (typeof erpStates)[number];

/** Why the ERP is to give back an order it has. */
export const recallReasons = ["refund", "closed", "address", "goods"] as const;
export type RecallReason = (typeof recallReasons)[number];

/** What the ERP knows of the order. */
export interface ErpPart {
	state: ErpState;
	connectionId: string;
	docNo: string;
	reason: string;
	at: Date | null;
	revision: number; // of the document that is, or is to be, there: 1, and one more after each that was cancelled
	/** WANTED: a cancel is on its way · REFUSED: the ERP would not, in its words; a person must see to it there. */
	recall: { state: "NONE" | "WANTED" | "REFUSED"; why: RecallReason | ""; reason: string };
}

/** An after-sale of the order, as far as shipping goes. */
export interface AftersaleMark {
	no: string; // the platform's number
	settledAt: Date | null; // the platform's clock; null: it is open
}

/** One of the ERP's SKUs that a line is delivered as. Amounts as those of a line: of the whole part. */
export interface LinePart {
	erpSku: string;
	erpUnit: string;
	quantity: number; // in the whole line
	priceFen: number;
	discountFen: number;
	paidFen: number;
}

export interface StoredLine extends OrderLine {
	erpSku: string; // "" until matched, and where `parts` say what it is
	erpUnit: string; // what the ERP counts it in; "" where the hub does not know
	parts: LinePart[]; // of a combo, or several pieces of one SKU; their paidFen add up to the line's
	shippedQty: number;
}

/** A line as the ERP gets it: one of the order, or a part of one. */
export interface ErpLine extends Omit<StoredLine, "parts"> {
	lineNo: string; // no other line of the order has it; `lineId` is the platform's line it belongs to
	comboOf: string; // the merchant code (or SKU id) it is a part of; "" for a line that has no parts
}

export const labelStates = ["TAKEN", "PRINTED", "RECYCLED"] as const;

/** The number of a parcel, as far as its label goes. `version`: of the waybill, so that what is told late changes nothing. */
export interface OrderLabel {
	parcelNo: number;
	carrier: string;
	trackingNo: string;
	state: (typeof labelStates)[number];
	version: number;
}

/** A person's decision that nothing is done about an order, whatever its platform says of it. */
export interface ClosedInHub {
	at: Date;
	by: string;
}

export interface StoredReceiver extends Receiver {
	phoneTail?: string; // keyed hash of the phone's last four digits, for search; never shown
}

/** The stored order. `_id` = `<platform>:<shopId>:<orderNo>`. */
export interface Order extends Omit<PlatformOrder, "lines" | "platformHolds"> {
	_id: string;
	receiver: StoredReceiver;
	lines: StoredLine[];
	holds: Hold[];
	ready: boolean; // WAIT_SHIP, every line matched, no hold
	erp: ErpPart;
	/** After-sales that hold the order until it is shipped, or was read again after they were settled. */
	aftersales: AftersaleMark[];
	parcels: Parcel[];
	labels?: OrderLabel[]; // by parcel; none of those taken before the hub noted them
	tags?: string[]; // that people put on it
	closedInHub: ClosedInHub | null;
	fence: number; // rises whenever something forbids what was decided before: ship and push compare it
	contentFence: number; // the fence since which goods and receiver are as they are
	version: number; // rises with every stored change
	createdAt: Date;
	updatedAt: Date;
}

export const orderId = (platform: string, shopId: string, orderNo: string): string =>
	`${platform}:${shopId}:${orderNo}`;

/** What `orderId` was made of. Shop ids hold no colon. */
export function orderIdParts(id: string): { platform: string; shopId: string; orderNo: string } {
	const [platform = "", shopId = "", ...orderNo] = id.split(":");
	return { platform, shopId, orderNo: orderNo.join(":") };
}
