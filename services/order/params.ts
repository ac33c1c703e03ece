import { holdReasons, lineRefunds, orderStatuses } from "./order.ts";

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
			outerSku: text,
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
