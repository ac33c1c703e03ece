import { describe, expect, it } from "vitest";
import { sum } from "../platform/money.ts";
import { erpLines, splitLine } from "./erp-lines.ts";
import { platformOrder } from "./order.sample.ts";
import type { OrderLine, StoredLine } from "./order.ts";

/** Repeatable numbers from 0 to below 1. Source: mulberry32. */
function numbersOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const [sample] = platformOrder().lines as [OrderLine];
const line = (over: Partial<OrderLine> = {}): OrderLine => ({ ...sample, ...over });
const piece = (erpSku: string, quantity: number) => ({ erpSku, erpUnit: "件", quantity });

describe("splitLine", () => {
	it("shares money by the number of pieces, the odd fen by largest remainder", () => {
		const combo = line({ quantity: 1, priceFen: 10_000, discountFen: 1, paidFen: 9_999 });
		expect(splitLine(combo, [piece("CUP", 1), piece("LID", 2)])).toEqual([
			{ erpSku: "CUP", erpUnit: "件", quantity: 1, priceFen: 3_333, discountFen: 0, paidFen: 3_333 },
			{ erpSku: "LID", erpUnit: "件", quantity: 2, priceFen: 3_334, discountFen: 2, paidFen: 6_666 },
		]);
	});

	it("makes several pieces of one SKU one part", () => {
		const box = line({ quantity: 3, priceFen: 1_000, discountFen: 0, paidFen: 3_000 });
		expect(splitLine(box, [piece("PEN", 12)])).toMatchObject([{ quantity: 36, priceFen: 84, paidFen: 3_000 }]);
	});

	it("gives a gift's parts no price", () => {
		const gift = line({ quantity: 1, priceFen: 0, discountFen: 0, paidFen: 0, gift: true });
		const money = { priceFen: 0, discountFen: 0, paidFen: 0 };
		expect(splitLine(gift, [piece("A", 1), piece("B", 1)])).toMatchObject([money, money]);
	});

	it("adds up to the fen for any combo", () => {
		const seed = 20_260_102;
		const random = numbersOf(seed);
		const upTo = (most: number): number => 1 + Math.floor(random() * most);
		for (let round = 0; round < 5_000; round += 1) {
			const [quantity, priceFen] = [upTo(20), Math.floor(random() * 200_000)];
			const discountFen = Math.floor(random() * (priceFen * quantity + 1));
			const combo = line({ quantity, priceFen, discountFen, paidFen: priceFen * quantity - discountFen });
			const pieces = Array.from({ length: upTo(8) }, (_, at) => piece(`S${at}`, upTo(30)));
			const parts = splitLine(combo, pieces);
			const what = JSON.stringify({ seed, round, combo, pieces });
			expect(sum(parts.map(({ paidFen }) => paidFen)), what).toBe(combo.paidFen);
			const whole = parts.every(
				(part, at) =>
					part.quantity === (pieces[at]?.quantity ?? 0) * quantity &&
					part.priceFen * part.quantity - part.discountFen === part.paidFen &&
					part.discountFen >= 0 &&
					part.paidFen >= 0,
			);
			expect(whole, what).toBe(true);
		}
	});
});

describe("erpLines", () => {
	const stored = (over: Partial<StoredLine>): StoredLine => ({
		...line(),
		erpSku: "",
		erpUnit: "",
		parts: [],
		shippedQty: 0,
		...over,
	});

	it("leaves a plain line as it is and expands a combo into lines with numbers of their own", () => {
		const combo = stored({ lineId: "2", outerSku: "SET" });
		combo.parts = splitLine(combo, [piece("CUP", 1), piece("LID", 1)]);
		const lines = erpLines({ lines: [stored({ lineId: "1", erpSku: "CUP-BK" }), combo] });
		const shown = lines.map(({ lineNo, lineId, erpSku, comboOf, paidFen }) => [
			lineNo,
			lineId,
			erpSku,
			comboOf,
			paidFen,
		]);
		expect(shown).toEqual([
			["1", "1", "CUP-BK", "", 7_205],
			["2-1", "2", "CUP", "SET", 3_603],
			["2-2", "2", "LID", "SET", 3_602],
		]);
		expect(lines.every((each) => !("parts" in each))).toBe(true);
	});
});
