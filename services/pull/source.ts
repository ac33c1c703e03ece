import type { ServiceBroker } from "moleculer";
import type { Listed, PullRules } from "../platform/adapter.ts";
import type { Count } from "../platform/platform-service.ts";
import type { ListSource } from "./list-window.ts";

export interface OrderSource extends ListSource {
	/** The platform's rules, and its clock now. */
	rules(): Promise<PullRules & { now: Date }>;
}

/** A shop's platform, seen from the pull. Between processes dates travel as text, so they are made dates again here. */
export function orderSource(broker: ServiceBroker, platform: string, shopId: string): OrderSource {
	const call = <T>(action: string, params: object): Promise<T> =>
		broker.call<T, object>(`platform.${platform}.orders.${action}`, { shopId, ...params });
	return {
		async rules() {
			const rules = await call<PullRules & { now: Date }>("rules", {});
			return { ...rules, now: new Date(rules.now) };
		},
		async count({ from, to }) {
			const { total, at } = await call<Count>("count", { from, to });
			return { total, at: new Date(at) };
		},
		async list({ from, to }, page) {
			const rows = await call<Listed[]>("list", { from, to, page });
			return rows.map(({ id, modifiedAt }) => ({ id, modifiedAt: new Date(modifiedAt) }));
		},
	};
}
