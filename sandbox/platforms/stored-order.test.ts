import { afterEach, beforeEach, expect, it } from "vitest";
import { type OpenMarket, openMarket } from "../testing/market.ts";
import { ship } from "./seller-actions.ts";
import { fromStored, type StoredOrder } from "./stored-order.ts";

let open: OpenMarket;
beforeEach(() => {
	open = openMarket();
});
afterEach(() => open.end());

it("reads an order written before pieces were counted, and leaves a newer one as it is", () => {
	const order = open.placeOne();
	const [first] = order.lines;
	const pieces = { lineId: first?.lineId ?? "", quantity: first?.quantity ?? 0 };
	ship(open.market, order, [pieces], { carrier: "SF", trackingNo: "SF1" });
	const old: StoredOrder = structuredClone(order);
	for (const line of old.lines) delete line.shippedQty;
	for (const parcel of old.parcels) delete parcel.lines;
	expect(fromStored(old)).toEqual(order);
	expect(fromStored(order)).toEqual(order);
});
