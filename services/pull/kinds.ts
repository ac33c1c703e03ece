/** What is pulled of a shop, and who keeps it. */
export const pullKinds = ["orders", "aftersales", "products"] as const;
export type PullKind = (typeof pullKinds)[number];

/** By kind: the action that stores a document, and who the caller says it is. */
export const savers: Readonly<Record<PullKind, string>> = {
	orders: "order.save",
	aftersales: "aftersale.save",
	products: "product.save",
};

/** The id of the stored document, as its own service makes it: `<platform>:<shopId>:<the platform's number>`. */
export const storedId = (platform: string, shopId: string, id: string): string => `${platform}:${shopId}:${id}`;
