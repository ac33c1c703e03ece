import type { Answer } from "../target.ts";
import type { DemoShop, Shops } from "./shops.ts";

/**
 * How the page ends on which a seller lets an app in, as if the seller had agreed at once: back to the app's address with
 * a code. `state`: what the app sent along; null is not sent back.
 */
export function agreed(shops: Shops, shop: DemoShop, backTo: string, state: string | null, nowMs: number): Answer {
	const location = new URL(backTo);
	location.searchParams.set("code", shops.authorize(shop, nowMs));
	if (state !== null) location.searchParams.set("state", state);
	return { status: 302, type: "text/plain", body: "", headers: { location: location.href } };
}
