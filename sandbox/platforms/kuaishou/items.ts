import { pictureOf } from "../../picture.ts";
import type { ShelfProduct, ShelfSku } from "../shelf.ts";
import { done, get, type Method, post, type SellerCall } from "./call.ts";
import type { KsObject, Payload } from "./envelope.ts";
import { skuNotFound, tooLittleStock } from "./errors.ts";

/** Products with their SKUs. Source: open.item.list.get. */
function list({ args, shelf, shop }: SellerCall): Payload {
	const pageNumber = args.int("pageNumber", 1, 100_000);
	const size = args.int("pageSize", 10, 100);
	args.optionalInt("itemStatus", 1, 1, 1);
	const onOfflineStatus = args.optionalInt("onOfflineStatus", 0, 1, 2);
	const wanted = args.has("kwaiItemId") ? args.id("kwaiItemId") : null;
	const found = shelf
		.products(shop.platform, shop.shopId)
		.filter((product) => onOfflineStatus === 0 || statusOf(product) === onOfflineStatus)
		.filter(({ productId }) => wanted === null || productId === wanted);
	const items = found.slice((pageNumber - 1) * size, pageNumber * size).map(itemRecord);
	return {
		data: {
			totalItemCount: found.length,
			currentPageItemCount: items.length,
			currentPageNumber: pageNumber,
			totalPage: Math.ceil(found.length / size),
			items,
		},
	};
}

/** Source: open.item.sku.list.get. */
function skuList({ args, shelf, shop }: SellerCall): Payload {
	const product = shelf.product(shop.platform, shop.shopId, args.id("kwaiItemId"));
	args.optionalInt("skuStatus", 1, 1, 1);
	if (!product) throw skuNotFound();
	const skus = product.skus.map((sku) => skuRecord(product, sku));
	return { data: { skuCount: skus.length, skuList: skus } };
}

/** So many more, or so many fewer: there is no way to set the stock. Source: open.item.sku.stock.update. */
function updateStock({ args, shelf, shop }: SellerCall): Payload {
	const product = shelf.product(shop.platform, shop.shopId, args.id("kwaiItemId"));
	const skuId = args.id("skuId");
	const sku = product?.skus.find((each) => each.platformSkuId === skuId);
	if (!sku) throw skuNotFound();
	const change = args.int("skuChangeStock", 1, 10_000_000) * (args.int("changeType", 1, 2) === 1 ? 1 : -1);
	if (sku.stock + change < 0) throw tooLittleStock();
	shelf.addStock(shop.platform, shop.shopId, skuId, change);
	return done;
}

const statusOf = ({ onSale }: ShelfProduct): number => (onSale ? 1 : 2);

function itemRecord(product: ShelfProduct): KsObject {
	return {
		kwaiItemId: BigInt(product.productId),
		relItemId: 0,
		title: product.title,
		price: Math.min(...product.skus.map(({ priceFen }) => priceFen)),
		mainImageUrl: pictureOf(product.code),
		categoryId: BigInt(product.categoryId),
		userId: 1_234_567_890,
		onOfflineStatus: statusOf(product),
		auditStatus: 2,
		createTime: product.createdMs,
		updateTime: product.modifiedMs,
		skuList: product.skus.map((sku) => skuRecord(product, sku)),
	};
}

function skuRecord(product: ShelfProduct, sku: ShelfSku): KsObject {
	return {
		kwaiSkuId: BigInt(sku.platformSkuId),
		kwaiItemId: BigInt(product.productId),
		relSkuId: 0,
		skuNick: sku.sku,
		skuStock: sku.stock,
		reserveStock: 0,
		skuSalePrice: sku.priceFen,
		specification: sku.spec,
		isValid: 1,
		goodsCode: [],
		gtinCode: sku.barcode,
		createTime: product.createdMs,
		updateTime: product.modifiedMs,
	};
}

export const itemMethods: Readonly<Record<string, Method>> = {
	"open.item.list.get": get(list),
	"open.item.sku.list.get": get(skuList),
	"open.item.sku.stock.update": post(updateStock),
};
