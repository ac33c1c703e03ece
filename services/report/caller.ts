import type { HubContext } from "../../mixins/actor.ts";
import { scopeOf } from "../shop/scope.ts";

/** Whoever asks for a report: what it asks of other services goes out with the caller's shops. */
export type Caller = HubContext<unknown>;

/** Equal for callers who may see the same shops, and may be told the same. */
export function scopeKey(caller: Caller): string {
	const scope = scopeOf(caller);
	return scope === "*" ? scope : JSON.stringify(scope.toSorted());
}
