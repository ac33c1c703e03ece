import { describe, expect, it } from "vitest";
import type { Bench } from "./bench.ts";

export function faultContract(bench: Bench): void {
	const { name } = bench.adapter;

	describe("reading goes on", () => {
		it.each(["rate-limit", "status:502", "reset", "garbage", "cut-json", "huge:21", "delay:300"])(
			"after %s",
			async (trouble) => {
				const orderNo = await bench.placeOne();
				await bench.fault(trouble, 1);
				expect((await bench.order(orderNo)).orderNo).toBe(orderNo);
			},
		);

		it.each([3_000, -3_000])("when the platform's clock is %i s off ours", async (seconds) => {
			const orderNo = await bench.placeOne();
			await bench.fault(`clock:${seconds}`);
			expect((await bench.order(orderNo)).orderNo).toBe(orderNo);
			const { now } = await bench.call<{ now: Date }>("orders.lists");
			expect(Math.abs(new Date(now).getTime() - Date.now() - seconds * 1_000)).toBeLessThan(5_000);
		});
	});

	it("an error inside HTTP 200 is an error, with the platform's words", async () => {
		const orderNo = await bench.placeOne();
		await bench.fault("business-error", 1);
		await expect(bench.order(orderNo)).rejects.toMatchObject({
			type: "PLATFORM_REFUSED",
			message: expect.stringMatching(/.+: .+/),
		});
	});

	it("no signature is ever refused, and no quota exceeded", async () => {
		const orders = await bench.place(60);
		await Promise.all(orders.map((orderNo) => bench.order(orderNo)));
		const counters = await bench.sandbox.control<Record<string, { refusedSignatures: number; outOfQuota: number }>>(
			"GET",
			"counters",
		);
		expect(counters[name]).toMatchObject({ refusedSignatures: 0, outOfQuota: 0 });
	});
}
