import { pictureOf } from "../../picture.ts";
import type { ShelfProduct, ShelfSku } from "../shelf.ts";
import type { Apis, ShopCall } from "./call.ts";
import type { PddObject } from "./envelope.ts";
import { invalid, refused } from "./errors.ts";
import { specText } from "./order.ts";

/** Who buys alone pays more than in a group. */
const aloneFen = 100;

/** Products without their prices and without any time. Source: pdd.goods.list.get. */
function list(call: ShopCall): PddObject {
	const { args, shelf, shop, repeated } = call;
	const { page, size } = args.page();
	const onSale = args.text("is_onsale") === null ? null : args.oneOf("is_onsale", [0, 1]) === 1;
	const all = shelf.products(shop.platform, shop.shopId).filter((each) => onSale === null || each.onSale === onSale);
	const pageNo = repeated.page(call, page, `goods:${size}:${onSale}`);
	return { total_count: all.length, goods_list: all.slice((pageNo - 1) * size, pageNo * size).map(rowOf) };
}

function rowOf(product: ShelfProduct): PddObject {
	return {
		goods_id: BigInt(product.productId),
		goods_name: product.title,
		thumb_url: pictureOf(product.productId),
		image_url: pictureOf(product.productId),
		is_onsale: product.onSale ? 1 : 0,
		is_more_sku: product.skus.length > 1 ? 1 : 0,
		goods_quantity: product.skus.reduce((sum, { stock }) => sum + stock, 0),
		goods_reserve_quantity: 0,
		sku_list: product.skus.map((sku) => ({
			sku_id: BigInt(sku.platformSkuId),
			spec: specText(sku.spec),
			outer_id: sku.sku,
			outer_goods_id: product.code,
			sku_quantity: sku.stock,
			reserve_quantity: 0,
			is_sku_onsale: product.onSale ? 1 : 0,
		})),
	};
}

/** Prices are fen here. Source: pdd.goods.detail.get. */
function detail(call: ShopCall): PddObject {
	const product = productOf(call);
	return {
		goods_id: BigInt(product.productId),
		goods_name: product.title,
		image_url: pictureOf(product.productId),
		outer_goods_id: product.code,
		cat_id: BigInt(product.categoryId),
		market_price: Math.max(...product.skus.map(({ priceFen }) => priceFen)) * 2,
		status: product.onSale ? 1 : 2,
		sku_list: product.skus.map((sku) => detailSku(product, sku)),
	};
}

function detailSku(product: ShelfProduct, sku: ShelfSku): PddObject {
	return {
		sku_id: BigInt(sku.platformSkuId),
		price: sku.priceFen + aloneFen,
		multi_price: sku.priceFen,
		quantity: sku.stock,
		out_sku_sn: sku.sku,
		is_onsale: product.onSale ? 1 : 0,
		thumb_url: pictureOf(product.productId),
		spec: sku.spec.split(";").map((part) => {
			const [parent_name = "", spec_name = ""] = part.split(":");
			return { parent_name, spec_name };
		}),
	};
}

/** The SKU by its number or the merchant's code. Source: pdd.goods.quantity.update. */
function updateQuantity(call: ShopCall): PddObject {
	const { args, shelf, shop } = call;
	const product = productOf(call);
	const id = args.text("sku_id");
	const code = args.text("outer_id");
	if (id === null && code === null) throw invalid("sku_id", "与outer_id不能同时为空");
	const sku = product.skus.find((each) => (id === null ? each.sku === code : each.platformSkuId === id));
	if (!sku) throw refused("规格不存在");
	const isDifference = args.int("update_type", 1, 1, 2) === 2;
	const quantity = args.int("quantity", null, isDifference ? -1_000_000 : 0, 1_000_000);
	if (isDifference) shelf.addStock(shop.platform, shop.shopId, sku.platformSkuId, quantity);
	else shelf.setStock(shop.platform, shop.shopId, sku.platformSkuId, quantity);
	return { is_success: true };
}

function productOf({ args, shelf, shop }: ShopCall): ShelfProduct {
	const product = shelf.product(shop.platform, shop.shopId, args.id("goods_id"));
	if (!product) throw refused("商品不存在");
	return product;
}

export const goodsApis: Apis = {
	"pdd.goods.list.get": { root: "goods_list_get_response", needs: "token", run: list },
	"pdd.goods.detail.get": { root: "goods_detail_get_response", needs: "token", run: detail },
	"pdd.goods.quantity.update": { root: "goods_quantity_update_response", needs: "token", run: updateQuantity },
};
