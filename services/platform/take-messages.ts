import type { ServiceBroker } from "moleculer";
import { hubError } from "../../config/errors.ts";
import type { ShopView } from "../shop/shop.ts";
import type { ShopAccess } from "./adapter.ts";
import type { MessageModels } from "./message.model.ts";
import type { Message } from "./messages.ts";

type Caller = Pick<ServiceBroker, "call">;

/**
 * Has what the messages hint at pulled, and remembers them: in this order, so that one whose taking failed may come
 * again. Returns how many were new. Messages about a seller the hub does not know are passed over.
 */
export async function takeMessages(
	caller: Caller,
	{ seen }: MessageModels,
	platform: string,
	shop: ShopAccess,
	messages: readonly Message[],
): Promise<number> {
	let fresh = 0;
	for (const message of messages) {
		const shopId = await shopOf(caller, platform, shop, message.sellerId);
		if (shopId === null) continue;
		const _id = `${shopId}:${message.id}`;
		if (await seen.exists({ _id })) continue;
		for (const { kind, id } of message.hints) await caller.call("pull.hint", { shopId, kind, id });
		await seen.updateOne({ _id }, { $setOnInsert: { seenAt: new Date() } }, { upsert: true });
		fresh += 1;
	}
	return fresh;
}

/** @throws HOOK_LATE when every one of them was made longer ago than the platform goes on trying */
export function mustBeTimely(messages: readonly Message[], lateMs: number, now: Date): Message[] {
	const timely = messages.filter(({ at }) => at === null || Math.abs(now.getTime() - at.getTime()) <= lateMs);
	if (messages.length > 0 && timely.length === 0) throw hubError("HOOK_LATE", `made more than ${lateMs} ms ago`);
	return timely;
}

/** One address or connection may serve all shops of an app. */
async function shopOf(caller: Caller, platform: string, shop: ShopAccess, sellerId: string): Promise<string | null> {
	if (sellerId === "" || sellerId === shop.sellerId) return shop.shopId;
	const { items } = await caller.call<{ items: ShopView[] }, object>("shop.all", {});
	const found = items.find((each) => each.platform === platform && each.sellerId === sellerId);
	return found?.app.key === shop.appKey && found.status !== "DISABLED" ? found._id : null;
}
