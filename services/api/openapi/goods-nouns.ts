/** What is sold: products, SKUs, links between them, and stock, as they are answered. */
import {
	component,
	count,
	fen,
	flag,
	listOf,
	type Nouns,
	orNull,
	rowErrors,
	shape,
	stored,
	text,
	time,
	timeOrNull,
	type Values,
	whole,
} from "./shapes.ts";

const linkVersion = {
	parts: listOf(shape({ erpSku: text, quantity: count })),
	effectiveFrom: timeOrNull,
};

export const goodsNouns = (values: Values): Nouns => ({
	ErpSku: shape({
		_id: text,
		name: text,
		unit: text,
		barcode: text,
		status: values("sku.erpSkus", "status"),
		...stored,
	}),
	SavedErpSkus: shape({ created: count, updated: count, job: orNull(component("SkuJob")) }),
	SavedStock: shape({
		items: listOf(
			shape(
				{
					erpSku: text,
					warehouse: text,
					result: { enum: ["changed", "unchanged", "stale", "refused"] },
					detail: text,
				},
				["detail"],
			),
		),
	}),
	Product: shape({
		...{ _id: text, platform: text, shopId: text, productNo: text, outerCode: text, title: text, imageUrl: text },
		status: values("product.list", "status"),
		...{ rawStatus: text, modifiedAt: time },
		skus: listOf(
			shape({
				...{ platformSkuId: text, outerSku: text, spec: text, barcode: text, imageUrl: text },
				...{ priceFen: fen, stock: whole, onSale: flag },
			}),
		),
		...stored,
	}),
	SkuLink: shape({
		...{ _id: text, platform: text, shopId: text, platformSkuId: text, outerSku: text },
		source: values("sku.links", "source"),
		...linkVersion,
		earlier: listOf(shape({ source: values("sku.links", "source"), ...linkVersion })),
		...{ by: text, version: count },
		...stored,
	}),
	SkuJob: shape({ id: text, linked: count, released: count, done: flag }),
	ImportedLinks: shape({
		...{ total: count, created: count, updated: count, unchanged: count, failed: count, errors: rowErrors },
		job: orNull(component("SkuJob")),
	}),
	LinkedSku: shape({ link: orNull(component("SkuLink")), job: component("SkuJob") }),
	Stock: shape({
		_id: text,
		quantity: count,
		warehouses: listOf(shape({ warehouse: text, quantity: count, at: time })),
		version: count,
		...stored,
	}),
});
