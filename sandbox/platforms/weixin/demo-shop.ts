import type { DemoShop } from "../shops.ts";

/** The demo shop. Well-known values of the sandbox: they open nothing anywhere else. */
export const demoShops: readonly DemoShop[] = [
	{
		platform: "weixin",
		shopId: "weixin-demo",
		name: "青禾生活小店",
		sellerId: "gh_5e7d0a91c3b2",
		app: {
			key: "wx5a0d3c7e91b2f846",
			secret: "demo0secret0of0the0weixin0sandbox",
			messageToken: "demoTokenOfTheWeixinSandbox",
			messageKey: "demoEncodingKeyOfTheWeixinSandbox0123456789",
		},
		token: { access: "88_demo-weixin-access-token", refresh: "" },
	},
];
