import { pictureOf } from "../../picture.ts";
import type { ShelfProduct } from "../shelf.ts";
import type { SellerCall, SellerMethod } from "./call.ts";
import { page } from "./cursor.ts";
import type { WxObject } from "./envelope.ts";
import { badArgument, WxError } from "./errors.ts";
import { attributes, seconds } from "./order.ts";

const onSale = 5;
const takenOff = 11;
const setTo = 3;

/** Numbers of all products. A cursor is given as long as a page has any; an empty page is the end. Source: product/list/get. */
const list: SellerMethod = (call) => {
	const { body, shelf, shop } = call;
	const size = body.optionalInt("page_size", 1, 30) ?? 10;
	const status = body.optionalInt("status", 0, 100);
	const all = shelf
		.products(shop.platform, shop.shopId)
		.map((product, sequence) => ({ product, sequence }))
		.filter(({ product }) => status === null || statusOf(product) === status);
	const { rows, next } = page(call, {
		rows: all,
		place: ({ sequence }) => ({ ms: 0, sequence }),
		size,
		query: `products:${status}:${size}`,
		mismatch: badArgument("next_key"),
	});
	return { product_ids: rows.map(({ product }) => product.productId), next_key: next, total_num: all.length };
};

/** Source: product/get. */
const get: SellerMethod = (call) => {
	const kind = call.body.optionalInt("data_type", 1, 3) ?? 1;
	const document = productDocument(productOf(call));
	return { ...(kind !== 2 && { product: document }), ...(kind !== 1 && { edit_product: document }) };
};

/** Adds, takes away or sets. Source: product/stock/update. */
const updateStock: SellerMethod = (call) => {
	const { body, shelf, shop } = call;
	const product = productOf(call);
	const skuId = body.id("sku_id");
	const kind = body.int("diff_type", 1, 3);
	const number = body.int("num", 0, 100_000_000);
	const sku = product.skus.find(({ platformSkuId }) => platformSkuId === skuId);
	if (!sku) throw new WxError(10020052, "sku not exist");
	if (kind === setTo) shelf.setStock(shop.platform, shop.shopId, skuId, number);
	else if (kind === 1) shelf.addStock(shop.platform, shop.shopId, skuId, number);
	else if (sku.stock < number) throw new WxError(10020217, "stock is not enough");
	else shelf.addStock(shop.platform, shop.shopId, skuId, -number);
	return {};
};

function productOf({ body, shelf, shop }: SellerCall): ShelfProduct {
	const product = shelf.product(shop.platform, shop.shopId, body.id("product_id"));
	if (!product) throw new WxError(10020052, "product not exist");
	return product;
}

const statusOf = (product: ShelfProduct): number => (product.onSale ? onSale : takenOff);

function productDocument(product: ShelfProduct): WxObject {
	const image = pictureOf(product.productId);
	return {
		product_id: product.productId,
		out_product_id: product.code,
		spu_code: product.code,
		title: product.title,
		head_imgs: [image],
		status: statusOf(product),
		edit_status: 1,
		min_price: Math.min(...product.skus.map(({ priceFen }) => priceFen)),
		edit_time: seconds(product.modifiedMs),
		skus: product.skus.map((sku) => ({
			sku_id: sku.platformSkuId,
			out_sku_id: sku.sku,
			sku_code: sku.sku,
			bar_code: sku.barcode,
			thumb_img: image,
			sale_price: sku.priceFen,
			market_price: sku.priceFen,
			stock_num: sku.stock,
			status: statusOf(product),
			sku_attrs: attributes(sku.spec),
		})),
	};
}

export const productMethods: Readonly<Record<string, SellerMethod>> = {
	"/channels/ec/product/list/get": list,
	"/channels/ec/product/get": get,
	"/channels/ec/product/stock/update": updateStock,
};
