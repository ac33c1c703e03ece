import { inWords } from "../language.ts";
import { shopName } from "../shops.ts";
import type { ShopLimit } from "./account.ts";

const all = ["全部店铺", "All shops"] as const;
const none = ["无", "None"] as const;

export function limitWords(limit: ShopLimit): string {
	if (limit === "*") return inWords(all);
	return limit.map(shopName).join(", ") || inWords(none);
}
