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

export const erpStates = ["NONE", "SENDING", "OK", "REJECTED", "IN_DOUBT", "PARKED"] as const;
export type ErpState = (typeof erpStates)[number];

export interface StoredLine extends OrderLine {
	erpSku: string; // "" until matched
	shippedQty: number;
}

/** The stored order. `_id` = `<platform>:<shopId>:<orderNo>`. */
export interface Order extends Omit<PlatformOrder, "lines" | "platformHolds"> {
	_id: string;
	lines: StoredLine[];
	holds: Hold[];
	ready: boolean; // WAIT_SHIP, every line matched, no hold
	erp: { state: ErpState; connectionId: string; docNo: string; reason: string; at: Date | null };
	parcels: Parcel[];
	fence: number; // rises whenever something forbids what was decided before: ship and push compare it
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
