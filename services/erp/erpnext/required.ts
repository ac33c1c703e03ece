/** What ERPNext refuses a document without, or would fill with a guess of its own. Source: the doctypes' `reqd` fields. */
const ofOrder = [
	"po_no",
	"naming_series",
	"customer",
	"order_type",
	"company",
	"transaction_date",
	"delivery_date",
	"currency",
	"conversion_rate",
	"selling_price_list",
];
const ofOrderItem = ["item_code", "qty", "rate", "delivery_date", "warehouse", "uom"];
const ofReturn = ["custom_hub_no", "naming_series", "customer", "company", "currency", "conversion_rate", "is_return"];
/** A credit note without goods moves nothing, so it needs no warehouse. */
const ofReturnItem: Readonly<Record<string, readonly string[]>> = {
	"Delivery Note": ["item_code", "qty", "rate", "warehouse", "uom"],
	"Sales Invoice": ["item_code", "qty", "rate", "uom"],
};
const ofTax = ["charge_type", "account_head", "description", "tax_amount"];

type Fields = Readonly<Record<string, unknown>>;

export const missingInOrder = (order: Fields): string[] => [
	...absent("", order, ofOrder),
	...missingInTables(order, ofOrderItem),
];

/** A change replaces the order, and tells which state of ours it is. */
export const missingInChange = (order: Fields): string[] => [
	...missingInOrder(order),
	...absent("", order, ["custom_hub_version"]),
];

export function missingInReturn(document: Fields): string[] {
	const ofItem = ofReturnItem[String(document.doctype)];
	if (!ofItem) return ["doctype"]; // the mapping has no document for this kind of after-sale
	return [...absent("", document, ofReturn), ...missingInTables(document, ofItem)];
}

function missingInTables(document: Fields, ofItem: readonly string[]): string[] {
	const items = rowsIn(document.items);
	return [
		...(items.length ? [] : ["items"]),
		...items.flatMap((item, at) => absent(`items[${at}].`, item, ofItem)),
		...rowsIn(document.taxes).flatMap((tax, at) => absent(`taxes[${at}].`, tax, ofTax)),
	];
}

const absent = (path: string, fields: Fields, names: readonly string[]): string[] =>
	names
		.filter((name) => fields[name] === undefined || fields[name] === null || fields[name] === "")
		.map((name) => path + name);

const rowsIn = (table: unknown): Fields[] => (Array.isArray(table) ? table.map((row) => Object(row) as Fields) : []);
