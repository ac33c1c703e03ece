import { expect, it } from "vitest";
import { receiptOf } from "./arrival.ts";

const cups = (quantity: number) => [{ sku: "CUP", quantity }];
const part = (good: number, defective = 0) => ({ part: "", good: cups(good), defective: cups(defective) });
const whole = { condition: "good", note: "" };

it.each([
	["all at once", [part(3)], cups(3), 3, whole],
	["all in two parts", [part(1), part(2)], cups(3), 3, whole],
	["a part", [part(1)], cups(3), 3, { ...whole, quantity: 1 }],
	["all, one of them defective", [part(2, 1)], cups(3), 3, { ...whole, condition: "defective" }],
	["more than was to come", [part(4)], cups(3), 3, whole],
	["half the parts of two combos of three", [part(3)], cups(6), 2, { ...whole, quantity: 1 }],
	["all but one part of two combos of three", [part(5)], cups(6), 2, { ...whole, quantity: 1 }],
	["nothing that is known of", [part(3)], [], 3, { ...whole, quantity: 0, note: "not of this return: CUP" }],
])("%s", (_what, parts, expected, sold, receipt) => {
	expect(receiptOf(parts, expected, sold)).toEqual(receipt);
});
