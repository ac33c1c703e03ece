import type { DemoShop } from "../shops.ts";

/** The demo shop. Well-known values of the sandbox: they open nothing anywhere else. */
export const demoShops: readonly DemoShop[] = [
	{
		platform: "xiaohongshu",
		shopId: "xiaohongshu-demo",
		name: "星河家居的店",
		sellerId: "5a151000000000000000e832",
		app: { key: "c3b1f0a9d2e84f7c8a10", secret: "demo-secret-of-the-xiaohongshu-sandbox" },
		token: { access: "token-demo-xiaohongshu-access-token", refresh: "refresh-demo-xiaohongshu-refresh-token" },
	},
];
