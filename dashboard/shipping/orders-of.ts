/** The orders that listed numbers belong to: what is in the parcels, and what holds them. */
import { computed, type Ref, watch } from "vue";
import { get, type Page } from "../api.ts";
import { useLive } from "../live.ts";
import type { OrderRow } from "../orders/order.ts";

/** Of so many rows, the first ones; those below have their goods when the list was narrowed. */
const most = 200;
const everyMs = 10_000;

/** By the order's id. */
export function useOrdersOf(rows: Ref<readonly { orderId: string; orderNo: string }[]>): Ref<Map<string, OrderRow>> {
	const numbers = computed(() => [...new Set(rows.value.slice(0, most).map(({ orderNo }) => orderNo))].join(" "));
	const orders = useLive<Page<OrderRow>>(async (signal) => {
		if (!numbers.value) return { items: [], nextCursor: null };
		return get<Page<OrderRow>>("/orders", { q: numbers.value, limit: most }, signal);
	}, everyMs);
	watch(numbers, () => void orders.again());
	return computed(() => new Map((orders.data.value?.items ?? []).map((order) => [order._id, order])));
}
