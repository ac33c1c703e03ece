/** Fields deliveryorder.create cannot do without (marked R on the API page). A warehouse refuses an order lacking one. */
const ofOrder = [
	"deliveryOrderCode",
	"orderType",
	"warehouseCode",
	"createTime",
	"placeOrderTime",
	"operateTime",
	"shopNick",
	"logisticsCode",
];
const ofSender = ["name", "mobile", "province", "city", "detailAddress"];
const ofReceiver = ["name", "mobile", "province", "city", "detailAddress"];
const ofLine = ["ownerCode", "itemCode", "planQty", "actualPrice"];

/** Paths of the required fields that are absent or empty: "deliveryOrder.shopNick", "orderLine[2].itemCode" … */
export function missingFields(document: Readonly<Record<string, unknown>>): string[] {
	const order = asRecord(document.deliveryOrder);
	const lines = asRecord(document.orderLines).orderLine;
	const list = Array.isArray(lines) ? lines : [];
	return [
		...absent("deliveryOrder", order, ofOrder),
		...absent("deliveryOrder.senderInfo", asRecord(order.senderInfo), ofSender),
		...absent("deliveryOrder.receiverInfo", asRecord(order.receiverInfo), ofReceiver),
		...(list.length ? [] : ["orderLines.orderLine"]),
		...list.flatMap((line, index) => absent(`orderLine[${index}]`, asRecord(line), ofLine)),
	];
}

const absent = (path: string, node: Record<string, unknown>, names: readonly string[]): string[] =>
	names
		.filter((name) => node[name] === undefined || node[name] === null || node[name] === "")
		.map((name) => `${path}.${name}`);

const asRecord = (value: unknown): Record<string, unknown> =>
	typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
