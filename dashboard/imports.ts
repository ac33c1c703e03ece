/** Tables that people bring in: their columns, and what came of each row in one shape for all of them. Pure. */
import type { Words } from "./language.ts";
import type { SkuJob } from "./skus/shapes.ts";

export type ImportKind = "orders" | "shipments" | "sku-links" | "erp-skus";

export interface ImportColumn {
	name: string; // as errors name it
	words: Words; // headings that the import knows
	needed?: true;
	sample: string;
}

export interface ImportKindEntry {
	title: Words;
	path: string;
	columns: readonly ImportColumn[];
	most: number; // rows
	/** Where the hub makes a template itself, with these columns. */
	template?: string;
	note: Words;
}

export const importKinds: Readonly<Record<ImportKind, ImportKindEntry>> = {
	orders: {
		title: ["导入手工订单", "Import manual orders"],
		path: "/orders/import",
		template: "/orders/import-template",
		most: 2_000,
		columns: [
			{ name: "shop", words: ["店铺", "Shop"], sample: "" },
			{ name: "orderNo", words: ["订单号", "Order no"], sample: "M2026-0001" },
			{ name: "outerSku", words: ["商家编码", "SKU"], needed: true, sample: "CUP-BK-500" },
			{ name: "title", words: ["商品名称", "Title"], sample: "" },
			{ name: "spec", words: ["规格", "Spec"], sample: "" },
			{ name: "quantity", words: ["数量", "Quantity"], needed: true, sample: "2" },
			{ name: "price", words: ["单价（元）", "Price (yuan)"], needed: true, sample: "39.90" },
			{ name: "discount", words: ["优惠（元）", "Discount (yuan)"], sample: "" },
			{ name: "gift", words: ["赠品", "Gift"], sample: "" },
			{ name: "name", words: ["收件人", "Receiver"], needed: true, sample: "示例收件人" },
			{ name: "phone", words: ["手机号", "Phone"], needed: true, sample: "10000000000" },
			{ name: "province", words: ["省", "Province"], needed: true, sample: "浙江省" },
			{ name: "city", words: ["市", "City"], needed: true, sample: "杭州市" },
			{ name: "district", words: ["区县", "District"], sample: "" },
			{ name: "town", words: ["街道", "Town"], sample: "" },
			{ name: "address", words: ["详细地址", "Address"], needed: true, sample: "仓前街道 1 号" },
			{ name: "freight", words: ["运费（元）", "Freight (yuan)"], sample: "" },
			{ name: "paid", words: ["实付（元）", "Paid (yuan)"], sample: "" },
			{ name: "buyerNick", words: ["买家昵称", "Buyer"], sample: "" },
			{ name: "buyerMemo", words: ["买家留言", "Buyer note"], sample: "" },
			{ name: "sellerMemo", words: ["卖家备注", "Seller note"], sample: "" },
			{ name: "placedAt", words: ["下单时间", "Placed at"], sample: "" },
			{ name: "shipDeadline", words: ["发货截止", "Ship by"], sample: "" },
		],
		note: [
			"同一订单号的多行是一个订单；同一文件再导入一次不会重复建单。",
			"Rows of one order number make one order; the same file again makes none twice.",
		],
	},
	shipments: {
		title: ["导入运单号", "Import tracking numbers"],
		path: "/shipments/import",
		most: 10_000,
		columns: [
			{ name: "orderNo", words: ["订单号", "Order no"], needed: true, sample: "2026031800001" },
			{ name: "carrier", words: ["快递公司", "Carrier"], needed: true, sample: "顺丰速运" },
			{ name: "trackingNo", words: ["运单号", "Tracking no"], needed: true, sample: "SF1234567890123" },
			{ name: "sku", words: ["商家编码", "SKU"], sample: "" },
			{ name: "quantity", words: ["数量", "Quantity"], sample: "" },
		],
		note: [
			"商家编码留空表示整单发货；导入后向平台回传发货。",
			"Without a SKU a row is the whole order. The platforms are then told of the parcels.",
		],
	},
	"sku-links": {
		title: ["导入 SKU 映射", "Import SKU links"],
		path: "/sku-links/import",
		most: 20_000,
		columns: [
			{ name: "shop", words: ["店铺", "Shop"], sample: "" },
			{ name: "platformSkuId", words: ["平台规格ID", "Platform SKU ID"], sample: "" },
			{ name: "outerSku", words: ["商家编码", "Outer SKU"], sample: "SET-01" },
			{ name: "erpSku", words: ["ERP SKU", "ERP SKU"], needed: true, sample: "CUP-BK-500" },
			{ name: "quantity", words: ["数量", "Quantity"], sample: "1" },
		],
		note: [
			"同一规格写多行即为组合装；导入后等待映射的订单自动放行。",
			"Several rows of one SKU make a set. Orders that wait for a link then go on.",
		],
	},
	"erp-skus": {
		title: ["导入 ERP 商品", "Import SKUs of the ERP"],
		path: "/erp-skus/import",
		most: 50_000,
		columns: [
			{ name: "code", words: ["编码", "Code"], needed: true, sample: "CUP-BK-500" },
			{ name: "name", words: ["名称", "Name"], sample: "加厚保温杯" },
			{ name: "unit", words: ["单位", "Unit"], sample: "个" },
			{ name: "barcode", words: ["条码", "Barcode"], sample: "" },
			{ name: "status", words: ["状态", "Status"], sample: "" },
		],
		note: [
			"导入后，商家编码不在 ERP 里的订单会等待映射。",
			"From then on orders whose merchant code the ERP does not have wait for a link.",
		],
	},
};

export interface RowProblem {
	row: number; // in the table, the heading is 1
	field: string;
	message: string;
	messageZh: string;
}

interface OrderOfRow {
	orderNo: string;
	known: boolean;
	receiver: { name: string; province: string; city: string };
	money: { paidFen: number };
	lines: { outerSku: string; title: string; quantity: number }[];
}

/** What any of the imports answers, looked at or done. */
export interface ImportAnswer {
	total: number;
	failed: number;
	created?: number;
	known?: number; // orders
	updated?: number;
	unchanged?: number; // links
	accepted?: number; // parcels
	job?: SkuJob | null; // of SKUs: the matching of orders that waited
	errors?: RowProblem[]; // of all but orders; the first 1,000
	rows?: { row: number; order: OrderOfRow | null; errors: Omit<RowProblem, "row">[] }[]; // of orders
}

export const problemsIn = ({ errors, rows = [] }: ImportAnswer): RowProblem[] =>
	errors ?? rows.flatMap(({ row, errors: own }) => own.map((error) => ({ row, ...error })));

/** Orders that a table makes, each at its first row. */
export const ordersIn = ({ rows = [] }: ImportAnswer): (OrderOfRow & { row: number })[] =>
	rows.flatMap(({ row, order }) => (order ? [{ row, ...order }] : []));

/** How many things would be made or changed. */
export const workIn = ({ created = 0, updated = 0, accepted = 0 }: ImportAnswer): number =>
	created + updated + accepted;

/** A table to fill in. With a mark at its start, by which spreadsheets know the text's encoding. */
export function templateOf(columns: readonly ImportColumn[], language: "zh" | "en"): string {
	const at = language === "zh" ? 0 : 1;
	const heading = columns.map(({ words, needed }) => `${words[at]}${needed ? "*" : ""}`);
	return `\uFEFF${[heading, columns.map(({ sample }) => sample)].map((cells) => cells.join(",")).join("\r\n")}\r\n`;
}
