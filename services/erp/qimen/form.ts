/** The fields of 奇门's documents. Source: Qimen API pages deliveryorder.create, returnorder.create, order.cancel. */
import { fenIn, productFen, sumOf } from "../amounts.ts";
import { all, type Form, under } from "../form.ts";
import { money, oneOf, pieces, plain, price, text, time } from "../format.ts";
import type { Booking } from "../judgement.ts";
import { textAt } from "./xml.ts";

type Document = Readonly<Record<string, unknown>>;

const code = text(50);
const name = text(200);
const words = text(500);

const contact: Form = {
	...all("name mobile tel company zipCode province city area town countryCode email idType idNumber oaid", name),
	detailAddress: words,
};

const inventoryType = oneOf("ZP", "CC", "JS", "XS", "ZT");

const line: Form = {
	...all("orderLineNo sourceOrderCode subSourceOrderCode payNo ownerCode itemCode itemId extCode batchCode", code),
	itemName: name,
	inventoryType,
	planQty: pieces,
	...all("productDate expireDate produceCode", plain),
};

export const deliveryOrderForm: Form = {
	...under("deliveryOrder", {
		...all(
			"deliveryOrderCode preDeliveryOrderCode preDeliveryOrderId warehouseCode sourcePlatformCode payNo operatorCode ownerCode",
			code,
		),
		...all("operatorName shopNick sellerNick buyerNick logisticsName logisticsAreaCode", name),
		...all("logisticsCode expressCode serviceCode oaidOrderSourceCode", code),
		orderType: oneOf("JYCK", "HHCK", "BFCK", "QTCK"),
		orderFlag: code,
		...all("createTime placeOrderTime payTime operateTime latestCollectionTime latestDeliveryTime", time),
		...all("totalAmount itemAmount discountAmount freight arAmount gotAmount serviceFee insurance", money),
		...all("isUrgency invoiceFlag insuranceFlag", oneOf("Y", "N")),
		...all("buyerMessage sellerMessage remark", words),
		...under("senderInfo", contact),
		...under("receiverInfo", contact),
	}),
	...under("orderLines.orderLine[]", {
		...line,
		...all("retailPrice actualPrice", price),
		discountAmount: money,
	}),
};

export const returnOrderForm: Form = {
	...under("returnOrder", {
		...all("returnOrderCode warehouseCode preDeliveryOrderCode preDeliveryOrderId logisticsCode expressCode", code),
		...all("logisticsName buyerNick shopNick sourcePlatformCode orderFlag", name),
		orderType: oneOf("THRK", "HHRK"),
		...all("returnReason remark", words),
		...under("senderInfo", contact),
	}),
	...under("orderLines.orderLine[]", line),
};

export const cancelForm: Form = {
	...all("warehouseCode ownerCode orderCode orderId", code),
	orderType: oneOf("JYCK", "HHCK", "BFCK", "QTCK"),
	cancelReason: words,
};

const lineFields = {
	lines: "orderLines.orderLine",
	sku: "orderLines.orderLine[].itemCode",
	quantity: "orderLines.orderLine[].planQty",
};

/** A line comes to its price × pieces, rounded half up. */
export function deliveryBooking(document: Document): Booking {
	const order = Object(document.deliveryOrder) as Document;
	const stated = (field: string) => ({ field: `deliveryOrder.${field}`, fen: fenIn(order[field]) });
	return {
		number: textAt(order, "deliveryOrderCode"),
		order: null,
		lines: linesIn(document).map((row) => ({
			...piecesIn(row),
			fen: productFen(row.actualPrice, Number(row.planQty)),
		})),
		freightFen: fenIn(order.freight),
		totals: [
			{ ...stated("totalAmount"), is: "due" },
			{ ...stated("itemAmount"), is: "goods" },
			{ ...stated("discountAmount"), is: "discount" },
			{ field: "deliveryOrder.gotAmount", fen: sumOf([fenIn(order.gotAmount), fenIn(order.arAmount)]), is: "due" },
		],
		fields: {
			...lineFields,
			number: "deliveryOrder.deliveryOrderCode",
			amount: "orderLines.orderLine[].actualPrice",
			freight: "deliveryOrder.freight",
		},
	};
}

/** A return has no amounts. */
export const returnBooking = (document: Document): Booking => ({
	number: textAt(document, "returnOrder", "returnOrderCode"),
	order: {
		field: "returnOrder.preDeliveryOrderCode",
		number: textAt(document, "returnOrder", "preDeliveryOrderCode"),
	},
	lines: linesIn(document).map((row) => ({ ...piecesIn(row), fen: null })),
	freightFen: null,
	totals: [],
	fields: { ...lineFields, number: "returnOrder.returnOrderCode", amount: "", freight: "" },
});

export const cancelBooking = (document: Document): Booking => ({
	number: textAt(document, "orderCode"),
	order: null,
	lines: [],
	freightFen: null,
	totals: [],
	fields: { number: "orderCode", lines: "", sku: "", quantity: "", amount: "", freight: "" },
});

function linesIn({ orderLines }: Document): Document[] {
	const { orderLine } = Object(orderLines) as Document;
	return Array.isArray(orderLine) ? orderLine.map((row) => Object(row) as Document) : [];
}

const piecesIn = (row: Document): { sku: string; quantity: number } => ({
	sku: String(row.itemCode ?? ""),
	quantity: Number(row.planQty),
});
