import { beijing } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import { pictureOf } from "../../picture.ts";
import type { ShelfProduct, ShelfSku } from "../shelf.ts";
import type { Arguments } from "./arguments.ts";
import type { SellerCall, SellerMethod } from "./call.ts";
import { list, type TopObject } from "./envelope.ts";
import { invalid, TopError } from "./errors.ts";
import { fieldsOf, pick } from "./fields.ts";
import { pageOf } from "./paging.ts";

/** What lists know of a product; the SKUs need a call of their own. */
const listFields: ReadonlySet<string> = new Set(
	`num_iid title outer_id price num pic_url approve_status cid props_name modified list_time delist_time detail_url
	sold_quantity`.split(/\s+/),
);
const detailFields: ReadonlySet<string> = new Set([...listFields, "barcode", "sku"]);

/** Further than that the lists do not go. */
const deepestRow = 20_000;
const lastInventoryPage = 101;

/** Source: taobao.items.onsale.get. */
const onSale: SellerMethod = (call) => page(call, "onsale", isOnSale);

/** Why a product is not on sale; the first is what is meant where nothing is asked for. */
const banners: Readonly<Record<string, (product: ShelfProduct) => boolean>> = {
	for_shelved: (product) => !product.onSale,
	regular_shelved: () => false,
	never_on_shelf: () => false,
	off_shelf: (product) => !product.onSale,
	sold_out: (product) => product.onSale && !isOnSale(product),
	violation_off_shelf: () => false,
};

/** Source: taobao.items.inventory.get. */
const inventory: SellerMethod = (call) => {
	const banner = call.args.text("banner") ?? "for_shelved";
	const belongs = Object.hasOwn(banners, banner) ? banners[banner] : undefined;
	if (!belongs) throw invalid("banner", "取值不在范围内");
	return page(call, banner, belongs, lastInventoryPage);
};

/** Sorted by when they changed where that is asked for, else as they lie on the shelf. */
function page(
	call: SellerCall,
	name: string,
	belongs: (product: ShelfProduct) => boolean,
	lastPage?: number,
): TopObject {
	const { args, shelf, shop, nowMs } = call;
	const fields = fieldsOf(args, listFields);
	const { fromMs, toMs } = windowOf(args, nowMs);
	if (args.text("use_has_next")) throw invalid("use_has_next", "不支持的参数");
	if (args.int("page_no", 1, 1, 100_000) * args.int("page_size", 40, 1, 200) > deepestRow) {
		throw invalid("page_no", "page_no与page_size的乘积过大");
	}
	const products = shelf
		.products(shop.platform, shop.shopId)
		.filter((product) => belongs(product) && product.modifiedMs >= fromMs && product.modifiedMs <= toMs);
	if (args.text("order_by") === "modified:desc") products.sort((a, b) => b.modifiedMs - a.modifiedMs);
	const { rows, total } = pageOf(call, products, `${name}:${fromMs}:${toMs}`, { usual: 40, most: 200, lastPage });
	const items = rows.map((product) => pick(itemRecord(product), fields.own));
	return { total_results: total, items: list("item", items) };
}

/** Either end may be left out, and there is no longest window. */
function windowOf(args: Arguments, nowMs: number): { fromMs: number; toMs: number } {
	const fromMs = args.text("start_modified") ? args.time("start_modified") : 0;
	return { fromMs, toMs: args.text("end_modified") ? args.time("end_modified") : nowMs };
}

/** One product with all that is asked for. Source: taobao.item.seller.get. */
const detail: SellerMethod = (call) => {
	const fields = fieldsOf(call.args, detailFields);
	const product = productOf(call);
	const item = pick(itemRecord(product), fields.own);
	if (fields.own.has("sku")) item.skus = list("sku", product.skus.map(skuRecord));
	const strange = item.approve_status !== undefined && call.faults.strike(call.shop.platform, ["unknown-status"]);
	return { item: strange ? { ...item, approve_status: "sandbox_unknown" } : item };
};

/** The stock of one SKU as a whole, or by how much it changes. Source: taobao.item.quantity.update. */
const updateQuantity: SellerMethod = (call) => {
	const { args, shelf, shop } = call;
	const product = productOf(call);
	const sku = skuOf(product, args);
	const type = args.int("type", 1, 1, 2);
	const quantity = Number(args.needed("quantity"));
	const least = type === 1 ? 0 : -sku.stock;
	if (!Number.isSafeInteger(quantity) || quantity < least || quantity > 1_000_000) {
		throw invalid("quantity", "应为整数,且库存不能小于0");
	}
	const stock = type === 1 ? quantity : sku.stock + quantity;
	shelf.setStock(shop.platform, shop.shopId, sku.platformSkuId, stock);
	const { num_iid, num, modified } = itemRecord(product);
	return { item: { num_iid, num, modified, skus: list("sku", product.skus.map(skuRecord)) } };
};

function productOf({ args, shelf, shop }: SellerCall): ShelfProduct {
	const product = shelf.product(shop.platform, shop.shopId, args.id("num_iid"));
	if (!product) throw new TopError(15, "isv.item-get-service-error:ITEM_NOT_FOUND", "商品不存在");
	return product;
}

/** Every product here has SKUs, so one of them must be named. */
function skuOf({ skus }: ShelfProduct, args: Arguments): ShelfSku {
	const skuId = args.text("sku_id");
	const code = args.text("outer_id");
	const sku = skus.find((each) => (skuId ? each.platformSkuId === skuId : each.sku === code));
	if (!sku) throw new TopError(15, "isv.item-quantity-service-error:SKU_NOT_FOUND", "SKU不存在");
	return sku;
}

/** The platform itself takes a product off that is sold out. */
function isOnSale({ onSale, skus }: ShelfProduct): boolean {
	return onSale && skus.some(({ stock }) => stock > 0);
}

function itemRecord(product: ShelfProduct): TopObject {
	const { productId, code, title, categoryId, skus, createdMs, modifiedMs } = product;
	return {
		num_iid: BigInt(productId),
		title,
		outer_id: code,
		price: yuan(Math.min(...skus.map(({ priceFen }) => priceFen))),
		num: skus.reduce((sum, { stock }) => sum + stock, 0),
		pic_url: pictureOf(productId),
		approve_status: isOnSale(product) ? "onsale" : "instock",
		cid: BigInt(categoryId),
		list_time: beijing(createdMs),
		modified: beijing(modifiedMs),
		detail_url: `https://item.example/${productId}`,
		sold_quantity: 0,
	};
}

/** `properties_name`: "property:value:颜色:黑色" for each part of the spec. The numbers are of this sandbox. */
function skuRecord({ platformSkuId, sku, spec, barcode, priceFen, stock }: ShelfSku): TopObject {
	const properties = spec.split(";").map((part, at) => `${1_627_207 + at}:${28_320 + at}:${part}`);
	return {
		sku_id: BigInt(platformSkuId),
		outer_id: sku,
		barcode,
		properties_name: properties.join(";"),
		quantity: stock,
		with_hold_quantity: 0,
		price: yuan(priceFen),
		status: "normal",
	};
}

export const productMethods: Readonly<Record<string, SellerMethod>> = {
	"taobao.items.onsale.get": onSale,
	"taobao.items.inventory.get": inventory,
	"taobao.item.seller.get": detail,
	"taobao.item.quantity.update": updateQuantity,
};
