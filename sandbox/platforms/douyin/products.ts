import { beijing } from "../../beijing.ts";
import { pictureOf } from "../../picture.ts";
import { hash } from "../../random.ts";
import type { ShelfProduct } from "../shelf.ts";
import { type SellerCall, type SellerMethod, seconds } from "./call.ts";
import type { DoudianObject } from "./envelope.ts";
import { businessFailed, invalidParam, missingParam } from "./errors.ts";
import { specsOf } from "./order-record.ts";

const deepestRow = 10_000;

/** Products that changed within an open window; pages start at 1, rows have no SKUs. Source: product.listV2. */
const list: SellerMethod = (call) => {
	const { params, shop, shelf, repeated } = call;
	const page = params.int("page", null, 1, 100);
	const size = params.int("size", null, 1, 100);
	if (page * size > deepestRow) throw invalidParam("page", `最多查询${deepestRow}条`);
	const fromMs = params.has("update_start_time") ? params.time("update_start_time") : 0;
	const toMs = params.has("update_end_time") ? params.time("update_end_time") : Number.POSITIVE_INFINITY;
	const status = params.has("status") ? params.int("status", null, 0, 2) : null;
	const products = shelf
		.products(shop.platform, shop.shopId)
		.filter(({ modifiedMs }) => modifiedMs > fromMs && modifiedMs < toMs)
		.filter((product) => status === null || statusOf(product) === status);
	const shown = repeated.page(call, page, `products:${fromMs}:${toMs}:${size}`);
	const data = products.slice((shown - 1) * size, shown * size).map((product) => ({
		product_id: BigInt(product.productId),
		status: statusOf(product),
		check_status: 3,
		name: product.title,
		img: pictureOf(product.productId),
		product_type: 0,
		create_time: seconds(product.createdMs),
		update_time: seconds(product.modifiedMs),
		outer_product_id: product.code,
		out_product_id: 0,
		category_detail: { first_cid: Number(product.categoryId), first_cname: "" },
	}));
	return { data, total: products.length, page, size };
};

const statusOf = ({ onSale }: ShelfProduct): number => (onSale ? 0 : 1);

/** Times are Beijing's wall clock here. Source: product.detail. */
const detail: SellerMethod = (call) => {
	const product = productOf(call);
	const { productId, skus } = product;
	return {
		product_id: BigInt(productId),
		product_id_str: productId,
		out_product_id: 0,
		outer_product_id: product.code,
		name: product.title,
		status: statusOf(product),
		check_status: 3,
		draft_status: 0,
		img: pictureOf(productId),
		pic: [pictureOf(productId)],
		create_time: beijing(product.createdMs),
		update_time: beijing(product.modifiedMs),
		specs: specRecords(product),
		spec_prices: skus.map((sku) => ({
			sku_id: BigInt(sku.platformSkuId),
			out_sku_id: 0,
			outer_sku_id: "",
			code: sku.sku,
			price: sku.priceFen,
			stock_num: sku.stock,
			lock_stock_num: 0,
			sku_type: 0,
			spec_detail_ids: specsOf(sku.spec).map(({ name, value }) => valueId(product, `${name}:${value}`)),
		})),
	};
};

/** "颜色" with all its values, each under a number that SKUs name. */
function specRecords(product: ShelfProduct): DoudianObject[] {
	const values = new Map<string, Set<string>>();
	for (const { name, value } of product.skus.flatMap(({ spec }) => specsOf(spec))) {
		const known = values.get(String(name)) ?? new Set();
		values.set(String(name), known.add(String(value)));
	}
	return [...values].map(([name, named]) => ({
		id: valueId(product, name),
		name,
		is_leaf: 0,
		values: [...named].map((value) => ({
			id: valueId(product, `${name}:${value}`),
			name: value,
			is_leaf: 1,
			status: 0,
		})),
	}));
}

const valueId = ({ productId }: ShelfProduct, name: string): bigint =>
	1_700_000_000_000_000n + BigInt(hash(`${productId}:${name}`));

/** Sets the stock of a SKU, or adds a difference under a number that counts once. Source: sku.syncStock. */
const syncStock: SellerMethod = (call) => {
	const { params, shop, shelf, requests } = call;
	const product = productOf(call);
	const skuId = params.id("sku_id");
	if (!product.skus.some((sku) => sku.platformSkuId === skuId)) throw businessFailed(3, "SKU不存在");
	if (!params.bool("incremental", false)) {
		shelf.setStock(shop.platform, shop.shopId, skuId, params.int("stock_num", null, 0, 10_000_000));
		return {};
	}
	const number = params.text("idempotent_id");
	if (number === null) throw missingParam("idempotent_id");
	const key = `${shop.platform}:stock:${shop.shopId}:${number}`;
	if (requests.answer(key) !== undefined) throw businessFailed(4, "idempotent_id已存在");
	shelf.addStock(shop.platform, shop.shopId, skuId, params.int("stock_num", null, -10_000_000, 10_000_000));
	requests.remember(key, "");
	return {};
};

function productOf({ params, shop, shelf }: SellerCall): ShelfProduct {
	const product = shelf.product(shop.platform, shop.shopId, params.id("product_id"));
	if (!product) throw businessFailed(3, "商品不存在");
	return product;
}

export const productMethods: Readonly<Record<string, SellerMethod>> = {
	"product.listV2": list,
	"product.detail": detail,
	"sku.syncStock": syncStock,
};
