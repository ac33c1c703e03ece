/** What a platform offers to choose from when a seller answers. Asked of it each time, never kept. */
import { typeOf } from "../../config/errors.ts";
import type { RefusalReason, ReturnAddress } from "../platform/adapter.ts";
import type { Hub } from "./carry-out.ts";

interface Items<T> {
	items: T[]; // none where the platform has nothing to choose from
}

const timeout = 20_000; // several calls on some platforms

export function refusalReasons(
	hub: Hub,
	{ platform, shopId, aftersaleNo }: { platform: string; shopId: string; aftersaleNo: string },
): Promise<Items<RefusalReason>> {
	return offered(hub.call(`platform.${platform}.aftersales.reasons`, { shopId, aftersaleNo }, { timeout }));
}

export function returnAddresses(hub: Hub, platform: string, shopId: string): Promise<Items<ReturnAddress>> {
	return offered(hub.call(`platform.${platform}.aftersales.addresses`, { shopId }, { timeout }));
}

async function offered<T>(asked: Promise<T[]>): Promise<Items<T>> {
	try {
		return { items: await asked };
	} catch (err) {
		if (typeOf(err) === "PLATFORM_UNSUPPORTED") return { items: [] };
		throw err;
	}
}
