import { describe, expect, it } from "vitest";
import type { MatchedPart } from "../sku/sku-link.ts";
import { matchesFor, rematched } from "./match.ts";
import { mergeOrder } from "./merge.ts";
import { platformOrder } from "./order.sample.ts";
import type { Order, PlatformOrder } from "./order.ts";

const now = new Date("2026-01-02T04:00:00Z");
const cup: MatchedPart = { erpSku: "CUP", erpUnit: "件", quantity: 1 };
const set: MatchedPart[] = [cup, { erpSku: "LID", erpUnit: "个", quantity: 2 }];

/** The order as it is stored when each of its lines is `pieces` in the ERP. */
async function stored(pieces: MatchedPart[], from: { order?: PlatformOrder; before?: Order } = {}): Promise<Order> {
	const order = from.order ?? platformOrder();
	const matches = await matchesFor(order, async ({ lines }) => lines.map(() => pieces));
	const before = from.before ? { ...from.before, contentHash: "another" } : null;
	const merge = mergeOrder(before, order, { now, readAt: null, marks: [], rules: [], matches } as Parameters<
		typeof mergeOrder
	>[2]);
	if (!("next" in merge)) throw new Error(merge.result);
	return merge.next;
}
const match = (order: Order, pieces: MatchedPart[]) => matchesFor(order, async ({ lines }) => lines.map(() => pieces));
const inErp = (order: Order, state: Order["erp"]["state"]): Order => ({ ...order, erp: { ...order.erp, state } });

describe("matching an order's lines", () => {
	it("names the one SKU of a plain line, and the parts of a combo", async () => {
		expect(await stored([cup])).toMatchObject({ ready: true, lines: [{ erpSku: "CUP", erpUnit: "件", parts: [] }] });
		const combo = await stored(set);
		expect(combo).toMatchObject({ ready: true, holds: [] });
		expect(combo.lines[0]).toMatchObject({
			erpSku: "",
			parts: [
				{ quantity: 2, paidFen: 2_402 },
				{ quantity: 4, paidFen: 4_803 },
			],
		});
	});

	it("holds an order with a line that is nothing in the ERP", async () => {
		const order = await stored([]);
		expect(order).toMatchObject({ ready: false, holds: [{ reason: "SKU_UNMATCHED", by: "platform" }] });
	});

	it("keeps what the ERP was told when the link changes after that", async () => {
		const order = platformOrder();
		const before = inErp(await stored(set, { order }), "OK");
		const later = { ...order, modifiedAt: now };
		const again = await stored([cup], { order: later, before });
		expect(again).toMatchObject({ holds: [], fence: 0, lines: before.lines });
	});

	it("takes the new link while the ERP knows nothing of the order", async () => {
		const order = platformOrder();
		const before = await stored([cup], { order });
		const again = await stored([{ ...cup, erpSku: "MUG" }], { order: { ...order, modifiedAt: now }, before });
		expect(again).toMatchObject({ lines: [{ erpSku: "MUG" }], fence: 1, holds: [] });
	});
});

describe("rematched", () => {
	it("takes the hold away when every line has its match", async () => {
		const order = await stored([]);
		expect(rematched(order, await match(order, set), now)).toMatchObject({ holds: [], fence: 0 });
	});

	it("changes nothing where nothing else comes out, nor what left the warehouse", async () => {
		const order = await stored(set);
		expect(rematched(order, await match(order, set), now)).toBeNull();
		const shipped: Order = { ...(await stored([])), status: "SHIPPED" };
		expect(rematched(shipped, await match(shipped, set), now)).toBeNull();
	});

	it.each([
		["OK", false],
		["IN_DOUBT", false],
		["REJECTED", true],
		["PARKED", true],
		["NONE", true],
	] as const)("lets a line that was matched take another SKU when the ERP's state is %s: %s", async (state, may) => {
		const order = inErp(await stored([cup]), state);
		const next = rematched(order, await match(order, [{ ...cup, erpSku: "MUG" }]), now);
		expect(next?.lines[0]?.erpSku ?? "CUP").toBe(may ? "MUG" : "CUP");
		expect(next?.fence ?? 0).toBe(may ? 1 : 0);
	});

	it("holds an order whose match is gone", async () => {
		const order = await stored([cup]);
		expect(rematched(order, await match(order, []), now)).toMatchObject({
			holds: [{ reason: "SKU_UNMATCHED" }],
			fence: 1,
		});
	});

	it("leaves a line alone that nobody asked for", async () => {
		const order = await stored([cup]);
		expect(rematched(order, new Map(), now)).toBeNull();
	});
});
