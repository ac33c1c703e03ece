import type { DemoShop } from "../shops.ts";

/** The demo shop. Well-known values of the sandbox: they open nothing anywhere else. */
export const demoShops: readonly DemoShop[] = [
	{
		platform: "douyin",
		shopId: "douyin-demo",
		name: "云栖生活旗舰店",
		sellerId: "12345678",
		app: { key: "7123456789012345001", secret: "demo0000-5ecd-4e70-a0d0-d0uy1n5andb0" },
		token: { access: "douyin-a-demo-access-token", refresh: "douyin-r-demo-refresh-token" },
	},
];
