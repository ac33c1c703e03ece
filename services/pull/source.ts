import type { ServiceBroker } from "moleculer";
import type { WindowQuery } from "../platform/adapter.ts";
import type { Count, ListRules, PulledPage } from "../platform/document-actions.ts";
import type { PullKind } from "./kinds.ts";

/** One list of a shop, as it is walked through. */
export interface ListSource {
	way: ListRules["way"];
	count(window: WindowQuery): Promise<Count>; // only where pages have numbers
	page(window: WindowQuery, at: { page: number } | { cursor: string }): Promise<PulledPage>;
}

/** A shop's lists of one kind, their rules, and the platform's clock now. */
export interface ShopLists {
	lists: ListRules[];
	now: Date;
}

/** Between processes dates travel as text, so they are made dates again here. */
export async function listsOf(
	broker: ServiceBroker,
	platform: string,
	shopId: string,
	kind: PullKind,
): Promise<ShopLists> {
	const { lists, now } = await broker.call<ShopLists, object>(`platform.${platform}.${kind}.lists`, { shopId });
	return { lists, now: new Date(now) };
}

export function listSource(
	broker: ServiceBroker,
	platform: string,
	shopId: string,
	kind: PullKind,
	{ name: list, way }: Pick<ListRules, "name" | "way">,
): ListSource {
	const call = <T>(action: string, params: object): Promise<T> =>
		broker.call<T, object>(`platform.${platform}.${kind}.${action}`, { shopId, list, ...params });
	return {
		way,
		async count({ from, to }) {
			const { total, at } = await call<Count>("count", { from, to });
			return { total, at: new Date(at) };
		},
		async page({ from, to }, at) {
			const page = await call<PulledPage>("pull", { from, to, ...at });
			const rows = page.rows.map((row) => ({ ...row, modifiedAt: row.modifiedAt && new Date(row.modifiedAt) }));
			return { rows, next: page.next, at: new Date(page.at) };
		},
	};
}
