/** Lists as tables that people take away: what can be, and how far one is. Shapes of services/export. */
import type { Colour } from "./colours.ts";
import type { Words } from "./language.ts";

export type ExportKind =
	| "orders"
	| "order-lines"
	| "aftersales"
	| "shipments"
	| "pushes"
	| "sku-links"
	| "products"
	| "stock";

export type ExportState = "RUNNING" | "DONE" | "FAILED" | "CANCELLED";

export interface Export {
	_id: string;
	what: ExportKind;
	format: "xlsx" | "csv";
	state: ExportState;
	reason: string;
	rows: number; // written so far
	bytes: number;
	by: string;
	at: string;
	expiresAt: string;
}

export const kindWords: Readonly<Record<ExportKind, Words>> = {
	orders: ["订单（每单一行）", "Orders (one row each)"],
	"order-lines": ["订单明细（每个商品一行）", "Order lines (one row a line)"],
	aftersales: ["售后单", "After-sales"],
	shipments: ["发货单", "Shipments"],
	pushes: ["推送记录", "Pushes to the ERP"],
	"sku-links": ["SKU 映射", "SKU links"],
	products: ["店铺商品", "Products"],
	stock: ["库存", "Stock"],
};

/** Their receivers' names, phones and addresses are masked, as in the list. */
export const masksPeople: ReadonlySet<ExportKind> = new Set(["orders", "order-lines"]);

export const stateLooks: Readonly<Record<ExportState, { colour: Colour; words: Words }>> = {
	RUNNING: { colour: "blue", words: ["正在生成", "being made"] },
	DONE: { colour: "green", words: ["已完成", "done"] },
	FAILED: { colour: "red", words: ["失败", "failed"] },
	CANCELLED: { colour: "grey", words: ["已取消", "cancelled"] },
};
