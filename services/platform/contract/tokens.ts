import { describe, expect, it } from "vitest";
import type { ShopView } from "../../shop/shop.ts";
import type { Bench } from "./bench.ts";

export function tokenContract(bench: Bench): void {
	const { tokens, name } = bench.adapter;

	/** A second shop on the same app: what becomes of it leaves the bench's own alone. */
	async function otherShop(): Promise<string> {
		const { gatewayUrl, authUrl, appKey, appSecret, signSecret } = await bench.broker.call<
			Record<string, string>,
			object
		>("shop.access", { shopId: bench.shopId });
		const app = { key: `${appKey}9`, secret: appSecret, signSecret };
		const other = { platform: name, name: "other", sellerId: `other-${Math.random()}`, gatewayUrl, authUrl, app };
		const token = { access: "no-such-token", refresh: "no-such-refresh-token" };
		return (await bench.broker.call<ShopView, object>("shop.create", { ...other, token }))._id;
	}

	describe("the token", () => {
		it("is renewed once when many calls find it dead, and the calls go on", async () => {
			const orderNo = await bench.placeOne();
			await bench.order(orderNo);
			await bench.fault("expired-token", 1);
			const readings = await Promise.all(Array.from({ length: 5 }, () => bench.order(orderNo)));
			expect(readings).toHaveLength(5);
			expect(await bench.shopStatus()).toBe("ACTIVE");
		});

		it("is renewed ahead of its end, and works after that", async () => {
			const orderNo = await bench.placeOne();
			await bench.call("token.refresh");
			expect((await bench.order(orderNo)).orderNo).toBe(orderNo);
			expect(await bench.shopStatus()).toBe("ACTIVE");
		});

		it("that cannot be renewed marks the shop", async () => {
			const orderNo = await bench.placeOne();
			const shopId = await otherShop();
			await expect(bench.call("orders.get", { shopId, id: orderNo })).rejects.toMatchObject({
				type: expect.stringMatching(/TOKEN_EXPIRED|MISCONFIGURED/),
			});
			const { status } = await bench.broker.call<ShopView, object>("shop.get", { id: shopId });
			expect(["TOKEN_EXPIRED", "ACTIVE"]).toContain(status); // ACTIVE: the app itself is unknown, which no token mends
		});

		if (tokens.authorizeUrl)
			it("comes of the seller's consent", async () => {
				const redirectUri = "https://hub.example/api/v1/oauth/callback";
				const url = await bench.call<string>("token.authorizeUrl", { redirectUri, state: "s-1" });
				const consent = await fetch(url, { redirect: "manual" });
				expect(consent.status).toBe(302);
				const back = new URL(consent.headers.get("location") ?? "");
				expect(back.href.startsWith(redirectUri)).toBe(true);
				expect(back.searchParams.get("state")).toBe("s-1");
				const code = back.searchParams.get("code") ?? "";
				await bench.call("token.exchange", { code, redirectUri });
				const orderNo = await bench.placeOne();
				expect((await bench.order(orderNo)).orderNo).toBe(orderNo);
				// A code works once.
				await expect(bench.call("token.exchange", { code, redirectUri })).rejects.toThrow();
				expect((await bench.order(orderNo)).orderNo).toBe(orderNo);
			});
	});

	it("does nothing for a shop that is switched off", async () => {
		const orderNo = await bench.placeOne();
		await bench.broker.call("shop.update", { id: bench.shopId, status: "DISABLED" });
		await expect(bench.order(orderNo)).rejects.toMatchObject({ type: "CONFLICT" });
		await bench.broker.call("shop.update", { id: bench.shopId, status: "ACTIVE" });
		expect((await bench.order(orderNo)).orderNo).toBe(orderNo);
	});
}
