import { setTimeout as pause } from "node:timers/promises";
import type { OrderDocument } from "./order.model.ts";

const lookEveryMs = 50;

type Claimed = Pick<OrderDocument, "shipping">;

export const isClaimed = ({ shipping }: Claimed, now: Date): boolean => (shipping?.until ?? 0) > now;

/** Waits a moment for a claim to end. @returns whether there was one: what is to be written must be worked out anew */
export async function waitForClaim(order: Claimed | null): Promise<boolean> {
	if (!order || !isClaimed(order, new Date())) return false;
	await pause(lookEveryMs);
	return true;
}
