import type { DemoShop } from "../shops.ts";

/** The demo shop. Well-known values of the sandbox: they open nothing anywhere else. */
export const demoShops: readonly DemoShop[] = [
	{
		platform: "kuaishou",
		shopId: "kuaishou-demo",
		name: "老铁好物优选小店",
		sellerId: "f18d0bffdemo0001", // the seller's open id
		app: {
			key: "ks700000000000000001",
			secret: "demo-secret-of-the-kuaishou-sandbox",
			signSecret: "demo-sign-secret-of-the-kuaishou-sandbox",
			messageKey: "c2FuZGJveC1tc2cta2V5IQ==", // 16 bytes
		},
		token: { access: "ChFvYXV0demo-kuaishou-access/token+AA==", refresh: "ChJvYXV0demo-kuaishou-refresh/token+AA==" },
	},
];
