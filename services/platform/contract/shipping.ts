import { describe, expect, it } from "vitest";
import type { Bench } from "./bench.ts";

const threeCups = { lines: [{ sku: "CUP-BK-500", quantity: 3 }] };

export function shippingContract(bench: Bench): void {
	const { shipping } = bench.adapter;
	const { carrier, trackingNo, secondTrackingNo } = bench.platform.parcel;
	const parcelsOf = async (orderNo: string) =>
		(await bench.truth(orderNo)).shipped.map((parcel) => ({ carrier: parcel.carrier, trackingNo: parcel.trackingNo }));
	const told = (no: string) => ({ carrier: shipping.carriers[carrier], trackingNo: no });

	describe("shipping", () => {
		it("reaches the platform once, with its own carrier code, and can be looked up", async () => {
			const orderNo = await bench.placeOne();
			expect(await bench.shipped(orderNo)).toEqual([]);
			await bench.ship(orderNo);
			const lines = await bench.shipped(orderNo);
			expect(lines.length).toBeGreaterThan(0);
			for (const line of lines) expect(line).toMatchObject({ carrier, trackingNo });
			expect(await parcelsOf(orderNo)).toEqual([told(trackingNo)]);
			expect((await bench.order(orderNo)).status).toBe("SHIPPED");
		});

		if (shipping.parts === "lines")
			it("of one line leaves the rest to be shipped", async () => {
				const orderNo = await bench.placeOne({ lines: 2 });
				const [first, second] = (await bench.order(orderNo)).lines;
				const part = (line = first) => [{ lineId: line?.lineId ?? "", quantity: line?.quantity ?? 0 }];
				await bench.ship(orderNo, { lines: part() });
				expect((await bench.order(orderNo)).status).toBe("PART_SHIPPED");
				expect((await bench.shipped(orderNo)).map(({ lineId }) => lineId)).toEqual([first?.lineId]);
				await bench.ship(orderNo, { lines: part(second), trackingNo: secondTrackingNo, further: true });
				expect((await bench.order(orderNo)).status).toBe("SHIPPED");
				expect(await parcelsOf(orderNo)).toEqual([told(trackingNo), told(secondTrackingNo)]);
			});

		if (shipping.parts === "quantities")
			it("of some pieces leaves the rest to be shipped", async () => {
				const orderNo = await bench.placeOne(threeCups);
				const lineId = (await bench.order(orderNo)).lines[0]?.lineId ?? "";
				await bench.ship(orderNo, { lines: [{ lineId, quantity: 1 }] });
				expect((await bench.order(orderNo)).status).toBe("PART_SHIPPED");
				await bench.ship(orderNo, { lines: [{ lineId, quantity: 2 }], trackingNo: secondTrackingNo, further: true });
				expect((await bench.order(orderNo)).status).toBe("SHIPPED");
				expect(await parcelsOf(orderNo)).toEqual([told(trackingNo), told(secondTrackingNo)]);
			});

		if (shipping.parts === "none" && shipping.manyParcels)
			it("takes further parcels of a shipped order", async () => {
				const orderNo = await bench.placeOne();
				await bench.ship(orderNo);
				await bench.ship(orderNo, { trackingNo: secondTrackingNo, further: true });
				expect(await parcelsOf(orderNo)).toEqual([told(trackingNo), told(secondTrackingNo)]);
				expect((await bench.shipped(orderNo)).map((line) => line.trackingNo)).toContain(secondTrackingNo);
			});

		it("twice is refused with the platform's reason", async () => {
			const orderNo = await bench.placeOne();
			await bench.ship(orderNo);
			const again = bench.ship(orderNo, { trackingNo: secondTrackingNo });
			await expect(again).rejects.toMatchObject({ type: "PLATFORM_REFUSED" });
			expect(await parcelsOf(orderNo)).toEqual([told(trackingNo)]);
		});

		it("by a carrier the platform does not have is refused before anything is sent", async () => {
			const orderNo = await bench.placeOne();
			await expect(bench.ship(orderNo, { carrier: "NO-SUCH" })).rejects.toMatchObject({ type: "CARRIER_UNKNOWN" });
		});

		it("of an order whose buyer wants the money back is refused", async () => {
			const orderNo = await bench.placeOne();
			await bench.act(orderNo, { action: "request-refund", type: "REFUND_BEFORE_SHIP" });
			await expect(bench.ship(orderNo)).rejects.toMatchObject({ type: "PLATFORM_REFUSED" });
			expect(await parcelsOf(orderNo)).toEqual([]);
		});

		it.each(["reset-after-accept", "cut-json"])(
			"in doubt (%s) reaches the platform once, and looking tells",
			async (trouble) => {
				const orderNo = await bench.placeOne();
				await bench.order(orderNo);
				// Reads on the way are made again; the fault is to meet the call that ships, and whoever may repeat that may.
				for (const times of [1, 1, 1]) await bench.fault(trouble, times);
				await bench.ship(orderNo).catch((err: { type: string }) => {
					expect(err.type).toMatch(/UNREACHABLE|BAD_RESPONSE/);
				});
				await bench.sandbox.control("DELETE", "faults");
				const known = await bench.shipped(orderNo);
				expect(await parcelsOf(orderNo)).toEqual(known.length ? [told(trackingNo)] : []);
			},
		);

		it("waits when the platform asks to slow down", async () => {
			const orderNo = await bench.placeOne();
			await bench.fault("rate-limit", 1);
			await bench.ship(orderNo);
			expect((await bench.shipped(orderNo)).length).toBeGreaterThan(0);
		});

		it("is not done long after it was asked for: the caller would be at it again by then", async () => {
			const orderNo = await bench.placeOne();
			await bench.fault("rate-limit");
			const askedMs = performance.now();
			await expect(bench.ship(orderNo)).rejects.toMatchObject({ type: "PLATFORM_RATE_LIMITED" });
			expect(performance.now() - askedMs).toBeLessThan(24_000);
			expect(await parcelsOf(orderNo)).toEqual([]);
		}, 30_000);
	});
}
