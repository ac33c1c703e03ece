/** What can be exported. */
import { aftersales } from "./columns/aftersales.ts";
import type { Source } from "./columns/column.ts";
import { products, skuLinks, stock } from "./columns/goods.ts";
import { orderLines, orders } from "./columns/orders.ts";
import { pushes } from "./columns/pushes.ts";
import { shipments } from "./columns/shipments.ts";

export const sources = {
	orders,
	"order-lines": orderLines,
	aftersales,
	shipments,
	pushes,
	"sku-links": skuLinks,
	products,
	stock,
} as const satisfies Record<string, Source>;

export type ExportKind = keyof typeof sources;
export const exportKinds = Object.keys(sources) as ExportKind[];
