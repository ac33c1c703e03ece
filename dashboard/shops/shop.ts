/** A shop as GET /shops answers it. */
import type { PlatformName } from "../../config/platforms.ts";
import { get } from "../api.ts";
import type { Colour } from "../colours.ts";
import type { Words } from "../language.ts";

export const kinds = ["orders", "aftersales", "products"] as const;
export type Kind = (typeof kinds)[number];

export const kindWords: Readonly<Record<Kind, Words>> = {
	orders: ["订单", "Orders"],
	aftersales: ["售后", "After-sales"],
	products: ["商品", "Products"],
};

export interface PullSetting {
	enabled: boolean;
	everySec: number;
	backHours: number;
}

export interface Shop {
	_id: string;
	platform: PlatformName;
	name: string;
	sellerId: string;
	app: { key: string };
	token: { expiresAt: string | null; renewsItself: boolean };
	gatewayUrl: string;
	authUrl: string;
	messageUrl: string;
	pull: Record<Kind, PullSetting>;
	shipMode: ShipMode;
	revealPerDay: number;
	status: ShopStatus;
	reason: string;
	createdAt: string;
	updatedAt: string;
}

export type ShopStatus = "ACTIVE" | "TOKEN_EXPIRED" | "DISABLED";
export type ShipMode = "AUTO" | "FLOW";

export const statuses: Readonly<Record<ShopStatus, { words: Words; colour: Colour }>> = {
	ACTIVE: { words: ["正常", "active"], colour: "green" },
	TOKEN_EXPIRED: { words: ["授权失效", "authorisation ended"], colour: "red" },
	DISABLED: { words: ["已停用", "switched off"], colour: "grey" },
};

export const shipModes: Readonly<Record<ShipMode, Words>> = {
	AUTO: ["收到包裹立即上传平台", "tell the platform at once"],
	FLOW: ["等流程或人工放行", "wait for a flow or a person"],
};

/** What the hub itself writes as the reason of a state; the rest is the platform's, or a person's. */
const reasons: Readonly<Record<string, Words>> = {
	"no seller has let the app in yet": ["卖家尚未授权", "no seller has let the app in yet"],
	"switched off": ["人工停用", "switched off by a person"],
};

export const reasonWords = (reason: string): Words => reasons[reason] ?? [reason, reason];

/** All that the caller may see. */
export async function readShops(signal?: AbortSignal): Promise<Shop[]> {
	const shops: Shop[] = [];
	for (let cursor: string | null | undefined = ""; cursor !== null && cursor !== undefined; ) {
		const page: { items: Shop[]; nextCursor?: string | null } = await get("/shops", { cursor }, signal);
		shops.push(...page.items);
		cursor = page.nextCursor;
	}
	return shops;
}
