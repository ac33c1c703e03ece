import { expect, it } from "vitest";
import { nearest } from "./nearest.ts";

it.each([
	["recieverName", ["receiverName", "receiverPhone"], "receiverName"],
	["yaun", ["yuan", "day"], "yuan"],
	["OrderNo", ["orderNo", "orderId"], "orderNo"],
	["colour", ["orderNo"], undefined],
	["lin", ["lines", "line"], "line"],
	["aa", ["ab", "ac"], undefined],
])("of %s in %j is meant %s", (name, known, meant) => {
	expect(nearest(name, known)).toBe(meant);
});
