import { describe, expect, it, vi } from "vitest";
import type { Bench } from "./bench.ts";

export function messageContract(bench: Bench): void {
	const { hook, socket, name } = bench.adapter;
	const hinted = (kind: string, id: string): boolean =>
		bench.hints.some((hint) => hint.kind === kind && hint.id === id);
	const send = (orderId: string, as: string) =>
		bench.sandbox.control<{ status: number; body: string }>("POST", `platforms/${name}/messages`, { orderId, as });

	if (hook ?? socket)
		describe("messages", () => {
			it("tell of an order within seconds", async () => {
				await bench.listen();
				const orderNo = await bench.placeOne();
				await vi.waitUntil(() => hinted("orders", orderNo), { timeout: 15_000, interval: 20 });
			}, 20_000);

			it("tell of an after-sale", async () => {
				await bench.listen();
				const orderNo = await bench.placeOne();
				const { aftersales } = await bench.act(orderNo, { action: "request-refund", type: "REFUND_BEFORE_SHIP" });
				const id = aftersales[0]?.platformAftersaleId ?? "";
				await vi.waitUntil(() => hinted("aftersales", id), { timeout: 15_000, interval: 20 });
			}, 20_000);
		});

	if (hook)
		describe("a message", () => {
			it("that is the platform's is taken and acknowledged", async () => {
				const orderNo = await bench.placeOne();
				await bench.listen();
				expect(await send(orderNo, "valid")).toMatchObject({ status: 200 });
				expect(hinted("orders", orderNo)).toBe(true);
			});

			it.each(["forged", "late"])("that is %s is refused and causes nothing", async (as) => {
				const orderNo = await bench.placeOne();
				await bench.listen();
				const { status } = await send(orderNo, as);
				expect(status).toBeGreaterThanOrEqual(400);
				expect(status).toBeLessThan(500);
				expect(bench.hints).toEqual([]);
			});

			it("that comes again is refused and causes nothing more", async () => {
				const orderNo = await bench.placeOne();
				await bench.listen();
				expect((await send(orderNo, "replayed")).status).toBe(409);
				expect(bench.hints.filter(({ id }) => id === orderNo)).toHaveLength(1);
			});
		});
}
