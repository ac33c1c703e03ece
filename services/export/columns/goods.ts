import type { Product } from "../../product/product.model.ts";
import type { PlatformSku } from "../../product/product.ts";
import type { LinkPart, SkuLink } from "../../sku/sku-link.ts";
import type { StockView } from "../../stock/list.ts";
import type { WarehouseStock } from "../../stock/stock.model.ts";
import { fen, flag, source, time, word } from "./column.ts";
import { linkSources, productStatuses } from "./words.ts";

/** A row for each SKU of a product. */
export const products = source<Product, { product: Product; sku: PlatformSku }>(
	"product.list",
	{
		platform: { zh: "平台", en: "Platform", cell: ({ product }) => product.platform },
		shopId: { zh: "店铺", en: "Shop", cell: ({ product }) => product.shopId },
		productNo: { zh: "商品ID", en: "Product no", cell: ({ product }) => product.productNo },
		title: { zh: "商品名称", en: "Title", cell: ({ product }) => product.title },
		status: {
			...{ zh: "商品状态", en: "Status" },
			cell: ({ product }, language) => word(productStatuses, product.status, language),
		},
		outerCode: { zh: "商品商家编码", en: "Product code", cell: ({ product }) => product.outerCode },
		platformSkuId: { zh: "平台规格ID", en: "Platform SKU ID", cell: ({ sku }) => sku.platformSkuId },
		outerSku: { zh: "商家编码", en: "SKU", cell: ({ sku }) => sku.outerSku },
		spec: { zh: "规格", en: "Spec", cell: ({ sku }) => sku.spec },
		barcode: { zh: "条码", en: "Barcode", cell: ({ sku }) => sku.barcode },
		priceFen: { zh: "售价", en: "Price (yuan)", cell: ({ sku }) => fen(sku.priceFen) },
		stock: { zh: "可售库存", en: "Stock", cell: ({ sku }) => sku.stock },
		onSale: { zh: "规格在售", en: "SKU on sale", cell: ({ sku }, language) => flag(sku.onSale, language) },
	},
	(product) => product.skus.map((sku) => ({ product, sku })),
);

/** A row for each part, under the headings that the import of links knows. */
export const skuLinks = source<SkuLink, { link: SkuLink; part: LinkPart }>(
	"sku.links",
	{
		platform: { zh: "平台", en: "Platform", cell: ({ link }) => link.platform },
		shopId: { zh: "店铺", en: "Shop", cell: ({ link }) => link.shopId },
		platformSkuId: { zh: "平台规格ID", en: "Platform SKU ID", cell: ({ link }) => link.platformSkuId },
		outerSku: { zh: "商家编码", en: "SKU", cell: ({ link }) => link.outerSku },
		erpSku: { zh: "ERP规格", en: "ERP SKU", cell: ({ part }) => part.erpSku },
		quantity: { zh: "数量", en: "Quantity", cell: ({ part }) => part.quantity },
		source: { zh: "来源", en: "Source", cell: ({ link }, language) => word(linkSources, link.source, language) },
		effectiveFrom: { zh: "生效时间", en: "In force from", cell: ({ link }) => time(link.effectiveFrom) },
		updatedAt: { zh: "更新时间", en: "Updated at", cell: ({ link }) => time(link.updatedAt) },
	},
	(link) => link.parts.map((part) => ({ link, part })),
);

/** A row for each warehouse. */
export const stock = source<StockView, { sku: StockView; at: WarehouseStock }>(
	"stock.list",
	{
		erpSku: { zh: "ERP规格", en: "ERP SKU", cell: ({ sku }) => sku._id },
		total: { zh: "可售合计", en: "For sale in all", cell: ({ sku }) => sku.quantity },
		warehouse: { zh: "仓库", en: "Warehouse", cell: ({ at }) => at.warehouse },
		quantity: { zh: "数量", en: "Quantity", cell: ({ at }) => at.quantity },
		at: { zh: "库存时间", en: "As of", cell: ({ at }) => time(at.at) },
	},
	(sku) => sku.warehouses.map((at) => ({ sku, at })),
);
