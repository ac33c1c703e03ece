import type { DemoShop } from "../shops.ts";

/** The demo shop. Well-known values of the sandbox: they open nothing anywhere else. */
export const demoShops: readonly DemoShop[] = [
	{
		platform: "jd",
		shopId: "jd-demo",
		name: "青禾生活官方旗舰店",
		sellerId: "10482217", // the vender id
		app: { key: "C0FFEE0000000000000000000000DE30", secret: "demosecretofthejingdongsandbox00" },
		token: { access: "jdac0demo-access-token-of-the-sandbox", refresh: "jdrf0demo-refresh-token-of-the-sandbox" },
	},
];
