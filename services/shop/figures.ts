import { type Figure, figure } from "../../mixins/figure.ts";
import { ShopModel, type StoredShop } from "./shop.model.ts";

type Known = Pick<StoredShop, "_id" | "platform" | "status" | "token">;

const dayMs = 24 * 3_600_000;

export async function shopFigures(now: Date): Promise<Figure[]> {
	const known = { platform: 1, status: 1, "token.expiresAt": 1 };
	const shops = await ShopModel.find({}, known).limit(2_000).lean<Known[]>();
	return [
		figure(
			"hub_shop_token_days",
			"Days until a shop's authorisation ends, as far as the platform says when",
			shops.flatMap(({ _id: shop, platform, token: { expiresAt } }) =>
				expiresAt ? { labels: { shop, platform }, value: (expiresAt.getTime() - now.getTime()) / dayMs } : [],
			),
		),
		figure(
			"hub_shop_active",
			"1: the shop is pulled; 0: it is switched off or its authorisation has ended",
			shops.map(({ _id: shop, platform, status }) => ({
				labels: { shop, platform },
				value: status === "ACTIVE" ? 1 : 0,
			})),
		),
	];
}
