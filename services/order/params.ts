import { holdReasons, lineRefunds, memoFlags, orderStatuses } from "./order.ts";

const fen = "number|integer";
const text = "string";
const date = { type: "date", convert: true }; // dates are text between processes
const maybeDate = { ...date, nullable: true };
const status = { type: "enum", values: [...orderStatuses] };
const object = (props: Record<string, unknown>) => ({ type: "object", strict: true, props });

/** A PlatformOrder at the door of `order.save`. */
export const platformOrderParams = {
	$$strict: true,
	platform: "string|min:1|max:30",
	shopId: "string|min:1|max:100",
	orderNo: "string|min:1|max:64",
	status,
	rawStatus: text,
	flags: { type: "array", items: "string" },
	placedAt: date,
	paidAt: maybeDate,
	modifiedAt: date,
	shipDeadline: maybeDate,
	buyer: object({ nick: text, openId: text }),
	receiver: object({
		name: text,
		phone: text,
		address: text,
		province: text,
		city: text,
		district: text,
		town: text,
		cipher: text,
		platformKey: text,
	}),
	memo: object({ buyer: text, seller: text, flag: text }),
	money: object({
		goodsFen: fen,
		freightFen: fen,
		discountSellerFen: fen,
		discountPlatformFen: fen,
		paidFen: fen,
		receivableFen: fen,
	}),
	lines: {
		type: "array",
		min: 1,
		items: object({
			lineId: "string|min:1",
			platformSkuId: text,
			outerSku: "string|trim", // it is matched with the ERP's codes
			title: text,
			spec: text,
			imageUrl: text,
			quantity: "number|integer|positive",
			priceFen: fen,
			discountFen: fen,
			paidFen: fen,
			gift: "boolean",
			status,
			refund: { type: "enum", values: [...lineRefunds] },
		}),
	},
	platformHolds: { type: "array", items: { type: "enum", values: [...holdReasons] } },
};

const words = (max: number) => ({ type: "string", trim: true, max, default: "" });
const place = { type: "string", trim: true, min: 1, max: 40 };
const amount = { type: "number", integer: true, min: 0, max: 1e11 };
const amountOrNone = { ...amount, default: 0 };

/** A ManualOrder at the door of `order.create`. */
export const manualOrderParams = {
	$$strict: true,
	shopId: "string|min:1|max:60",
	orderNo: { type: "string", pattern: "^M[A-Za-z0-9-]{3,40}$", optional: true },
	placedAt: { ...date, optional: true },
	shipDeadline: { ...date, optional: true },
	buyerNick: words(60),
	receiver: object({
		name: place,
		phone: { type: "string", pattern: String.raw`^[\d+ -]{5,30}$` },
		address: { ...place, max: 200 },
		province: place,
		city: place,
		district: words(40),
		town: words(40),
	}),
	memo: {
		...object({
			buyer: words(500),
			seller: words(500),
			flag: { type: "enum", values: [...memoFlags], default: "" },
		}),
		default: { buyer: "", seller: "", flag: "" },
	},
	lines: {
		type: "array",
		min: 1,
		max: 200,
		items: object({
			outerSku: { type: "string", trim: true, min: 1, max: 100 },
			title: words(200),
			spec: words(200),
			quantity: "number|integer|positive|max:1000000",
			priceFen: amount,
			discountFen: amountOrNone,
			gift: { type: "boolean", default: false },
		}),
	},
	freightFen: amountOrNone,
	paidFen: { ...amount, optional: true },
};
