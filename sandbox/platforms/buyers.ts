import { split } from "../money.ts";
import { hash, type Random } from "../random.ts";
import { bestSellers, catalogueSku } from "./catalogue.ts";
import type { MarketLine, MarketOrder } from "./market-order.ts";
import { anyReceiver, anyText, buyerMessages } from "./people.ts";

/** What the buyer is to put in the basket, where it is not left to chance. */
export interface LineWish {
	/** A merchant code; one that is not in the catalogue is sold as well, so that an unmatched SKU can be tried. */
	sku: string;
	quantity: number;
	/** Price of one piece; null: the catalogue's. */
	priceFen: number | null;
}

/** An order before the platform has numbered it. */
export type Basket = Pick<MarketOrder, "buyer" | "receiver" | "freightFen" | "paidFen"> & {
	message: string;
	lines: Omit<MarketLine, "lineId">[];
};

/** Fills a basket: the same random numbers, the same basket. */
export function fillBasket(random: Random, wishes: LineWish[] | number | null): Basket {
	const buyer = { nick: `~${anyText(random, 6)}`, openId: `AA${anyText(random, 22)}` };
	const receiver = anyReceiver(random);
	const message = random.chance(0.15) ? random.pick(buyerMessages) : "";
	const freightFen = random.chance(0.3) ? random.pick([600, 800, 1000, 1250]) : 0;
	const chosen = Array.isArray(wishes) ? wishes : choose(random, wishes ?? lineCount(random));
	const lines = chosen.map((wish) => basketLine(random, wish));
	discountOrder(random, lines);
	const paidFen = lines.reduce((sum, line) => sum + line.paidFen, freightFen);
	return { buyer, receiver, message, freightFen, paidFen, lines };
}

/** The same purchase where an order has one line only: the freight is paid with the first, every fen stays what it was. */
export function oneByOne(basket: Basket): Basket[] {
	return basket.lines.map((line, at) => {
		const freightFen = at === 0 ? basket.freightFen : 0;
		return { ...basket, lines: [line], freightFen, paidFen: line.paidFen + freightFen };
	});
}

/** Most orders have one line; none of these buyers takes more than five kinds. */
function lineCount(random: Random): number {
	const dice = random.next();
	return [0.55, 0.77, 0.89, 0.96, 1].findIndex((upTo) => dice < upTo) + 1;
}

/** Different SKUs as long as the catalogue has enough of them. */
function choose(random: Random, count: number): LineWish[] {
	const left = [...bestSellers];
	return Array.from({ length: count }, () => {
		const entry = random.pick(left.length > 0 ? left : bestSellers);
		if (left.length > 0) left.splice(left.indexOf(entry), 1);
		return { sku: entry.sku, quantity: random.chance(0.6) ? 1 : random.int(2, 5), priceFen: null };
	});
}

function basketLine(random: Random, { sku, quantity, priceFen }: LineWish): Omit<MarketLine, "lineId"> {
	const known = catalogueSku(sku) ?? {
		sku,
		productCode: sku,
		productId: String(680_001_000_000 + (hash(sku) % 1_000_000)),
		platformSkuId: String(5_000_001_000_000 + (hash(sku) % 1_000_000)),
		title: "目录外商品",
		spec: "规格:默认",
		categoryId: "50000000",
		priceFen: 1990,
	};
	const price = priceFen ?? known.priceFen;
	const totalFen = price * quantity;
	const discountFen = random.chance(0.3) ? random.int(0, Math.floor(totalFen * 0.15)) : 0;
	return {
		...known,
		quantity,
		priceFen: price,
		discountFen,
		orderDiscountFen: 0,
		paidFen: totalFen - discountFen,
		shippedQty: 0,
		shipped: false,
		closed: false,
		aftersaleId: null,
	};
}

/** 满减: an amount off the whole order, shared over the lines to the fen. */
function discountOrder(random: Random, lines: Omit<MarketLine, "lineId">[]): void {
	const sumFen = lines.reduce((sum, line) => sum + line.paidFen, 0);
	if (!random.chance(0.4) || sumFen < 3000) return;
	const offFen = random.pick([300, 500, 900, 1111, 1999].filter((off) => off * 3 <= sumFen));
	const shares = split(
		offFen,
		lines.map((line) => line.paidFen),
	);
	lines.forEach((line, at) => {
		line.orderDiscountFen = shares[at] ?? 0;
		line.paidFen -= line.orderDiscountFen;
	});
}
