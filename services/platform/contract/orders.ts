import { describe, expect, it } from "vitest";
import { typeOf } from "../../../config/errors.ts";
import type { PlainReceiver } from "../adapter.ts";
import type { Bench } from "./bench.ts";

export function orderContract(bench: Bench): void {
	const { adapter } = bench;

	describe("an order", () => {
		it("is what the simulator knows, to the fen", async () => {
			const { name } = adapter;
			const { shopId } = bench;
			for (const orderNo of await bench.place(20, { seed: "contract" })) {
				const order = await bench.order(orderNo);
				const row = await bench.truth(orderNo);
				expect(order).toMatchObject({ platform: name, shopId, orderNo, status: "WAIT_SHIP" });
				expect(order.money.paidFen).toBe(row.paidFen);
				expect(
					order.lines.map(({ lineId, outerSku: sku, quantity, paidFen }) => ({ lineId, sku, quantity, paidFen })),
				).toEqual(row.lines.map(({ lineId, sku, quantity, paidFen }) => ({ lineId, sku, quantity, paidFen })));
				const { goodsFen, freightFen, discountSellerFen, discountPlatformFen, paidFen, receivableFen } = order.money;
				expect(goodsFen + freightFen - discountSellerFen - discountPlatformFen).toBe(paidFen);
				expect(receivableFen).toBe(paidFen + discountPlatformFen);
				expect(order.modifiedAt.toISOString()).toBe(row.modifiedAt);
				expect(order.receiver.platformKey + order.receiver.cipher).not.toBe("");
				expect(order.receiver.province).not.toBe("");
			}
		}, 30_000);

		it("carries no plain name, phone or address", async () => {
			const orderNo = await bench.placeOne();
			const { receiver } = await bench.order(orderNo);
			for (const each of [receiver.name, receiver.phone, receiver.address]) expect(each).toContain("*");
			if (!adapter.reveal) return;
			const plain = await bench.call<PlainReceiver>("receiver.reveal", { orderNo, purpose: "print" });
			const told = JSON.stringify(await bench.order(orderNo));
			expect(told).not.toContain(plain.address);
			expect(told).not.toContain(plain.name);
		});

		it("waits for payment until it is paid", async () => {
			const orderNo = await bench.placeOne({ paid: false });
			expect(await bench.order(orderNo)).toMatchObject({ status: "WAIT_PAY", paidAt: null });
			await bench.act(orderNo, { action: "pay" });
			const paid = await bench.order(orderNo);
			expect(paid.status).toBe("WAIT_SHIP");
			expect(paid.paidAt).not.toBeNull();
		});

		it("is held while the buyer asks for money back, and not when the buyer no longer does", async () => {
			const orderNo = await bench.placeOne();
			await bench.act(orderNo, { action: "request-refund", type: "REFUND_BEFORE_SHIP" });
			const asked = await bench.order(orderNo);
			expect(asked.platformHolds).toContain("REFUND_APPLIED");
			expect(asked.lines.some(({ refund }) => refund === "APPLIED")).toBe(true);
			await bench.act(orderNo, { action: "cancel-refund" });
			expect((await bench.order(orderNo)).platformHolds).toEqual([]);
		});

		it("is closed when the platform closes it", async () => {
			const orderNo = await bench.placeOne();
			await bench.act(orderNo, { action: "close" });
			expect((await bench.order(orderNo)).status).toBe("CLOSED");
		});

		it("is complete when the buyer has confirmed", async () => {
			const orderNo = await bench.placeOne();
			await bench.ship(orderNo);
			await bench.act(orderNo, { action: "confirm" });
			expect((await bench.order(orderNo)).status).toBe("COMPLETED");
		});

		it("has another receiver when the address has changed", async () => {
			const orderNo = await bench.placeOne();
			const { receiver } = await bench.order(orderNo);
			await bench.act(orderNo, { action: "change-address", receiver: { province: "西藏自治区", city: "拉萨市" } });
			const moved = (await bench.order(orderNo)).receiver;
			expect(moved.province).not.toBe(receiver.province);
			expect(moved.platformKey + moved.cipher).not.toBe(receiver.platformKey + receiver.cipher);
		});

		it("with an unknown status is refused, and its document kept", async () => {
			const orderNo = await bench.placeOne();
			await bench.fault("unknown-status", 1);
			await expect(bench.order(orderNo)).rejects.toMatchObject({ type: "PLATFORM_UNKNOWN_STATUS", code: 422 });
			expect((await bench.order(orderNo)).status).toBe("WAIT_SHIP");
		});

		it("that does not exist is refused", async () => {
			const asked = bench.order(bench.platform.unknownOrderNo);
			await expect(asked).rejects.toMatchObject({ type: "PLATFORM_REFUSED", code: 422 });
		});

		if (adapter.reveal)
			it("shows its receiver in plain text to who has a purpose", async () => {
				const orderNo = await bench.placeOne();
				const plain = await bench.call<PlainReceiver>("receiver.reveal", { orderNo, purpose: "print" });
				for (const each of [plain.name, plain.phone, plain.address, plain.province]) expect(each).toMatch(/^[^*]+$/);
			});

		if (adapter.remark)
			it("takes the seller's remark", async () => {
				const orderNo = await bench.placeOne();
				const words = { orderNo, text: '加急 @客服 & "引号"' };
				await bench.call("remark", { ...words, flag: "" });
				expect((await bench.order(orderNo)).memo.seller).toBe(words.text);
				const red = await bench.call("remark", { ...words, flag: "red" }).then(
					() => "taken",
					(err: unknown) => typeOf(err),
				);
				expect(["taken", "PLATFORM_UNSUPPORTED"]).toContain(red); // not every platform has flags
				const { memo } = await bench.order(orderNo);
				expect(memo).toMatchObject({ seller: words.text, flag: red === "taken" ? "red" : "" });
				expect((await bench.truth(orderNo)).memo).toBe('加急 @客服 & "引号"');
			});
	});
}
