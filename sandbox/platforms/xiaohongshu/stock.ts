import { hash } from "../../random.ts";
import type { ShelfSku } from "../shelf.ts";
import type { SellerCall, SellerMethod } from "./call.ts";
import type { XhsObject } from "./envelope.ts";
import { refused } from "./errors.ts";

const mostStock = 10_000_000;

/** Source: inventory.getSkuStock. */
const get: SellerMethod = (call) => ({ skuStock: stockOf(skuOf(call)) });

/**
 * Sets the whole stock, what unpaid orders and channels hold of it included. Whether it was set stands inside the
 * answer, again. Source: inventory.syncSkuStock.
 */
const sync: SellerMethod = (call) => {
	const { args, shelf, shop } = call;
	const sku = skuOf(call);
	const available = args.int("qty", 0, mostStock) - heldOf(sku);
	if (available < 0) {
		return { skuStock: stockOf(sku), response: { success: false, message: "库存小于已占用数量", code: 50209 } };
	}
	const changed = shelf.setStock(shop.platform, shop.shopId, sku.platformSkuId, available) ?? sku;
	return { skuStock: stockOf(changed), response: { success: true, message: "", code: 0 } };
};

function skuOf({ args, shelf, shop }: SellerCall): ShelfSku {
	const sku = shelf.sku(shop.platform, shop.shopId, args.needed("skuId"));
	if (!sku) throw refused("规格不存在");
	return sku;
}

/** `available` is what can be bought; `total` has what is held for others, too. */
function stockOf(sku: ShelfSku): XhsObject {
	const occupied = occupiedOf(sku);
	return {
		available: sku.stock,
		total: sku.stock + heldOf(sku),
		occupiedQuantity: occupied,
		productChannelQuantity: heldOf(sku) - occupied,
	};
}

/** Some SKUs have unpaid orders, some a channel of their own; the same ones always. */
function occupiedOf({ sku }: ShelfSku): number {
	return hash(sku) % 4;
}

function heldOf(sku: ShelfSku): number {
	return occupiedOf(sku) + (hash(`channel:${sku.sku}`) % 3);
}

export const stockMethods: Readonly<Record<string, SellerMethod>> = {
	"inventory.getSkuStock": get,
	"inventory.syncSkuStock": sync,
};
