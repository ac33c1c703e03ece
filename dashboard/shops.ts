/** The shops that whoever looks may see, by name. Read when a page is opened. */
import { computed, shallowRef } from "vue";
import { get, type Page } from "./api.ts";

export interface ShopEntry {
	_id: string;
	platform: string;
	name: string;
}

export const shops = shallowRef<readonly ShopEntry[]>([]);
const byId = computed(() => new Map(shops.value.map((shop) => [shop._id, shop])));

/** The id of a shop that is gone, or was not read yet. */
export const shopName = (id: string): string => byId.value.get(id)?.name ?? id;

/** @throws Problem */
export async function readShops(): Promise<void> {
	const all: ShopEntry[] = [];
	for (let cursor: string | null | undefined; cursor !== null; ) {
		const page: Partial<Page<ShopEntry>> = await get("/shops", { cursor });
		all.push(...(page.items ?? []));
		cursor = page.nextCursor ?? null;
	}
	shops.value = all;
}
