import type { DemoShop } from "../shops.ts";

/** The demo shop. Well-known values of the sandbox: they open nothing anywhere else. */
export const demoShops: readonly DemoShop[] = [
	{
		platform: "taobao",
		shopId: "taobao-demo",
		name: "沐光家居旗舰店",
		sellerId: "2200012345678",
		app: { key: "21990001", secret: "demo-secret-of-the-taobao-sandbox" },
		token: { access: "6100demo-taobao-access-token", refresh: "6101demo-taobao-refresh-token" },
	},
];
