import type { DemoShop } from "../shops.ts";

/** The demo shop. Well-known values of the sandbox: they open nothing anywhere else. */
export const demoShops: readonly DemoShop[] = [
	{
		platform: "pdd",
		shopId: "pdd-demo",
		name: "拾光百货专营店",
		sellerId: "1000001",
		app: { key: "7c6b5a49demo4d0b9a1f0pddsandbox1", secret: "demo-secret-of-the-pdd-sandbox" },
		token: { access: "pddademo-access-token", refresh: "pddrdemo-refresh-token" },
	},
];
