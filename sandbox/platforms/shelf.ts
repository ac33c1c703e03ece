import { wholeSecond } from "../beijing.ts";
import type { FaultPlan } from "../faults.ts";
import type { Journal } from "../journal.ts";
import { hash } from "../random.ts";
import { catalogue } from "./catalogue.ts";
import type { MarketRules } from "./market.ts";

/** A product as a shop sells it. Amounts are integer fen, times epoch milliseconds of whole seconds. */
export interface ShelfProduct {
	platform: string;
	shopId: string;
	productId: string; // in the platform's own shape, as are the SKUs'
	code: string; // merchant code of the product
	title: string;
	categoryId: string;
	createdMs: number;
	modifiedMs: number;
	onSale: boolean; // false: in the seller's warehouse
	skus: ShelfSku[];
}

export interface ShelfSku {
	platformSkuId: string;
	sku: string; // merchant code
	spec: string; // "颜色:黑色;容量:500ml"
	barcode: string; // EAN-13
	priceFen: number;
	stock: number;
}

/** When the shelves were filled: products are as old as that says, and only changed ones are written down. */
interface Filling {
	filledMs: number;
}

const monthMs = 30 * 24 * 3_600_000;
const minuteMs = 60_000;
/** The last products of the catalogue are not on sale. */
const inWarehouse = 3;

/** What each shop sells: the catalogue in the platform's own numbers, and what has changed since. Orders take nothing off the stock. */
export class Shelf {
	readonly #journal: Journal;
	readonly #faults: FaultPlan;
	readonly #rules: ReadonlyMap<string, MarketRules>;
	/** By platform and shop. */
	readonly #shops = new Map<string, ShelfProduct[]>();
	readonly #changed = new Map<string, ShelfProduct>();
	#filledMs: number;

	constructor(journal: Journal, faults: FaultPlan, rules: ReadonlyMap<string, MarketRules>) {
		this.#journal = journal;
		this.#faults = faults;
		this.#rules = rules;
		const rows = journal.load<ShelfProduct | Filling>("shelf");
		const filling = rows.find((row): row is Filling => "filledMs" in row);
		this.#filledMs = filling?.filledMs ?? this.#fill();
		for (const row of rows) if ("productId" in row) this.#changed.set(keyOf(row), row);
	}

	/** In the catalogue's order, which never changes. */
	products(platform: string, shopId: string): readonly ShelfProduct[] {
		const key = `${platform}:${shopId}`;
		let products = this.#shops.get(key);
		if (!products) {
			products = this.#fresh(platform, shopId).map((product) => this.#changed.get(keyOf(product)) ?? product);
			this.#shops.set(key, products);
		}
		return products;
	}

	product(platform: string, shopId: string, productId: string): ShelfProduct | undefined {
		return this.products(platform, shopId).find((product) => product.productId === productId);
	}

	/** The product a SKU belongs to. */
	productOf(platform: string, shopId: string, skuId: string): ShelfProduct | undefined {
		return this.products(platform, shopId).find(({ skus }) => skus.some((sku) => sku.platformSkuId === skuId));
	}

	sku(platform: string, shopId: string, skuId: string): ShelfSku | undefined {
		return this.productOf(platform, shopId, skuId)?.skus.find((sku) => sku.platformSkuId === skuId);
	}

	/** The SKU with its new stock; undefined when there is none. Its product's modified time moves. */
	setStock(platform: string, shopId: string, skuId: string, stock: number): ShelfSku | undefined {
		const product = this.productOf(platform, shopId, skuId);
		const sku = this.sku(platform, shopId, skuId);
		if (!product || !sku) return undefined;
		sku.stock = stock;
		this.changed(product);
		return sku;
	}

	/** As setStock, by a difference; there is never less than nothing. */
	addStock(platform: string, shopId: string, skuId: string, difference: number): ShelfSku | undefined {
		const stock = this.sku(platform, shopId, skuId)?.stock ?? 0;
		return this.setStock(platform, shopId, skuId, Math.max(0, stock + difference));
	}

	/** To be called after every change of a product: stamps it and writes it down. */
	changed(product: ShelfProduct): void {
		const nowMs = wholeSecond(this.#faults.now(product.platform));
		product.modifiedMs = Math.max(nowMs, product.modifiedMs);
		this.#changed.set(keyOf(product), product);
		this.#journal.put("shelf", keyOf(product), product);
	}

	reset(): void {
		this.#shops.clear();
		this.#changed.clear();
		this.#journal.clear("shelf");
		this.#filledMs = this.#fill();
	}

	#fill(): number {
		const filledMs = wholeSecond(Date.now());
		this.#journal.put("shelf", "filling", { filledMs });
		return filledMs;
	}

	/** Products a minute apart, the first of the catalogue the latest. */
	#fresh(platform: string, shopId: string): ShelfProduct[] {
		const numbering = this.#rules.get(platform)?.numbering;
		return catalogue.map(({ productId, code, title, categoryId, skus }, at) => {
			const modifiedMs = this.#filledMs - (at + 1) * minuteMs;
			return {
				platform,
				shopId,
				productId: numbering?.productId?.(productId) ?? productId,
				code,
				title,
				categoryId,
				createdMs: modifiedMs - monthMs,
				modifiedMs,
				onSale: at < catalogue.length - inWarehouse,
				skus: skus.map(({ platformSkuId, sku, spec, priceFen }) => ({
					platformSkuId: numbering?.skuId?.(platformSkuId) ?? platformSkuId,
					sku,
					spec,
					barcode: barcodeOf(sku),
					priceFen,
					stock: 100 + (hash(sku) % 400),
				})),
			};
		});
	}
}

function keyOf({ platform, shopId, productId }: ShelfProduct): string {
	return `${platform}:${shopId}:${productId}`;
}

/** An EAN-13 number with its check digit, the same for the same SKU. */
function barcodeOf(sku: string): string {
	const digits = `690${String(hash(sku) % 1_000_000_000).padStart(9, "0")}`;
	const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
	return `${digits}${(10 - (sum % 10)) % 10}`;
}
