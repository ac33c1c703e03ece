/** Fields the calls cannot do without (marked R on their API pages). A warehouse refuses what lacks one. */
interface Needs {
	root: string; // the element they stand in; "": the content itself
	fields: string[];
	lines?: string[]; // of each line; there must be one at least
}

const address = ["name", "mobile", "province", "city", "detailAddress"];
const of = (element: string, names: readonly string[]): string[] => names.map((name) => `${element}.${name}`);

export const ofDeliveryOrder: Needs = {
	root: "deliveryOrder",
	fields: [
		"deliveryOrderCode",
		"orderType",
		"warehouseCode",
		"createTime",
		"placeOrderTime",
		"operateTime",
		"shopNick",
		"logisticsCode",
		...of("senderInfo", address),
		...of("receiverInfo", address),
	],
	lines: ["ownerCode", "itemCode", "planQty", "actualPrice"],
};

export const ofReturnOrder: Needs = {
	root: "returnOrder",
	fields: [
		"returnOrderCode",
		"warehouseCode",
		"orderType",
		"preDeliveryOrderCode",
		"logisticsCode",
		...of("senderInfo", address),
	],
	lines: ["ownerCode", "itemCode", "planQty"],
};

export const ofCancel: Needs = { root: "", fields: ["warehouseCode", "orderCode"] };

/** Paths of the required fields that are absent or empty: "deliveryOrder.shopNick", "orderLine[2].itemCode" … */
export function lacking(document: Readonly<Record<string, unknown>>, { root, fields, lines }: Needs): string[] {
	const missing = fields
		.map((field) => (root ? `${root}.${field}` : field))
		.filter((path) => isAbsent(valueAt(document, path)));
	if (!lines) return missing;
	const found = valueAt(document, "orderLines.orderLine");
	const list: unknown[] = Array.isArray(found) ? found : [];
	if (!list.length) return [...missing, "orderLines.orderLine"];
	const ofLines = list.flatMap((line, index) =>
		lines.filter((name) => isAbsent(valueAt(line, name))).map((name) => `orderLine[${index}].${name}`),
	);
	return [...missing, ...ofLines];
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === "";

const valueAt = (node: unknown, path: string): unknown =>
	path.split(".").reduce((at, name) => (Object(at) as Record<string, unknown>)[name], node);
