import { describe, expect, it } from "vitest";
import type { OrderLine } from "../order/order.ts";
import { moneyOf, share } from "./money.ts";

describe("the amounts of an order", () => {
	const lines = [
		{ priceFen: 3_900, quantity: 2 },
		{ priceFen: 4_000, quantity: 1 },
	] as OrderLine[];

	it("leave to the seller what the platform does not bear of the discounts", () => {
		expect(moneyOf(lines, { freightFen: 600, paidFen: 11_400, discountPlatformFen: 400 })).toEqual({
			goodsFen: 11_800,
			freightFen: 600,
			discountSellerFen: 600,
			discountPlatformFen: 400,
			paidFen: 11_400,
			receivableFen: 11_800,
		});
	});
});

describe("an amount that is shared", () => {
	it.each([
		[900, [7_800, 4_000], [595, 305]],
		[100, [1, 1, 1], [34, 33, 33]],
		[-100, [1, 1, 1], [-34, -33, -33]],
		[5, [0, 0], [5, 0]],
	])("%i over %j is %j, to the fen", (amountFen, weights, parts) => {
		expect(share(amountFen, weights)).toEqual(parts);
	});
});
