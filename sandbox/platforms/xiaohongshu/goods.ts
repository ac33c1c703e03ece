import { pictureOf } from "../../picture.ts";
import { hash } from "../../random.ts";
import type { ShelfProduct, ShelfSku } from "../shelf.ts";
import type { SellerCall, SellerMethod } from "./call.ts";
import type { XhsObject } from "./envelope.ts";
import { refused } from "./errors.ts";

interface Found {
	product: ShelfProduct;
	sku: ShelfSku;
}

/**
 * SKUs with their products, in order of the SKUs' numbers; `lastId` goes on behind that SKU, whatever the page.
 * Source: product.getDetailSkuList.
 */
const skuList: SellerMethod = (call) => {
	const { args, repeated } = call;
	const pageNo = args.int("pageNo", 1, 10_000, 1);
	const pageSize = args.int("pageSize", 1, 100, 50);
	const fromMs = args.int("updateTimeFrom", 0, Number.MAX_SAFE_INTEGER, 0);
	const toMs = args.int("updateTimeTo", 0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
	const buyable = args.flag("buyable");
	const found = allSkus(call).filter(({ product }) => {
		const inTime = product.modifiedMs >= fromMs && product.modifiedMs <= toMs;
		return inTime && (buyable === null || product.onSale === buyable);
	});
	const lastId = args.text("lastId") ?? "";
	const before = found[found.findIndex(({ sku }) => sku.platformSkuId === lastId) - pageSize]?.sku.platformSkuId ?? "";
	const shown = repeated.cursor(call, lastId, before, `skus:${fromMs}:${toMs}:${pageSize}`);
	const rest = found.filter(({ sku }) => sku.platformSkuId > shown);
	const start = shown === "" ? (pageNo - 1) * pageSize : 0;
	return {
		data: rest.slice(start, start + pageSize).map((each) => ({ item: itemOf(each.product), sku: skuOf(each) })),
		pageNO: pageNo, // spelt so
		pageSize,
		total: found.length,
	};
};

/** One product with a page of its SKUs. Source: product.getItemInfo. */
const itemInfo: SellerMethod = ({ args, shelf, shop }) => {
	const product = shelf.product(shop.platform, shop.shopId, args.needed("itemId"));
	if (!product) throw refused("商品不存在");
	const pageNo = args.int("pageNo", 1, 10_000, 1);
	const pageSize = args.int("pageSize", 1, 100, 50);
	const skus = product.skus.slice((pageNo - 1) * pageSize, pageNo * pageSize);
	return {
		itemInfo: itemOf(product),
		skuInfos: skus.map((sku) => skuOf({ product, sku })),
		total: product.skus.length,
	};
};

function allSkus({ shelf, shop }: SellerCall): Found[] {
	const products = shelf.products(shop.platform, shop.shopId);
	return products
		.flatMap((product) => product.skus.map((sku) => ({ product, sku })))
		.sort((a, b) => (a.sku.platformSkuId < b.sku.platformSkuId ? -1 : 1));
}

function itemOf({ productId, title, code, categoryId, createdMs, modifiedMs }: ShelfProduct): XhsObject {
	return {
		id: productId,
		name: title,
		articleNo: code,
		images: [pictureOf(productId)],
		categoryId,
		createTime: createdMs,
		updateTime: modifiedMs,
	};
}

function skuOf({ product, sku }: Found): XhsObject {
	return {
		id: sku.platformSkuId,
		itemId: product.productId,
		erpCode: sku.sku,
		barcode: sku.barcode,
		price: sku.priceFen,
		originalPrice: sku.priceFen,
		stock: sku.stock,
		whcode: "CPartner",
		variants: sku.spec.split(";").map((each) => {
			const [name = "", value = ""] = each.split(":");
			return { id: String(hash(name)), name, value };
		}),
		buyable: product.onSale,
		specImage: "",
		name: product.title,
		isGift: false,
		ipq: 1,
		createTime: product.createdMs,
		updateTime: product.modifiedMs,
	};
}

export const goodsMethods: Readonly<Record<string, SellerMethod>> = {
	"product.getDetailSkuList": skuList,
	"product.getItemInfo": itemInfo,
};
