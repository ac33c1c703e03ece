/** What is done about a trouble: to one row or to many, each with its own outcome. */
import type { Route } from "../../config/roles.ts";
import { path, post } from "../api.ts";
import type { Words } from "../language.ts";
import { failureWords, type RowAnswer } from "../words/failure.ts";
import type { Trouble } from "./trouble.ts";

export interface Remedy {
	words: Words;
	icon: string;
	route: readonly [Route["method"], string]; // who may use it
	ask?: Words; // asked before, with a note where `note` is set
	note?: true;
	atOnce?: number; // rows in one call; 1 when not said
	/** Done to rows; answers the reason for each that failed. @throws Problem */
	act?(rows: readonly Trouble[], note: string, hold: string): Promise<Map<string, string>>;
	goTo?(row: Trouble): string; // a page of the dashboard instead
}

const bulk = async (action: string, rows: readonly Trouble[], more: object = {}): Promise<Map<string, string>> => {
	const ids = rows.map(({ orderId }) => orderId);
	const { results } = await post<{ results: RowAnswer[] }>("/orders/bulk", { action, ids, ...more });
	const byOrder = new Map(rows.map(({ _id, orderId }) => [orderId, _id]));
	const failed = results.filter(({ ok }) => !ok);
	return new Map(failed.map((row) => [byOrder.get(row.id) ?? row.id, failureWords(row)]));
};

/** One call for one row. */
const each =
	(call: (row: Trouble) => Promise<unknown>) =>
	async (rows: readonly Trouble[]): Promise<Map<string, string>> => {
		for (const row of rows) await call(row);
		return new Map();
	};

const hourMs = 3_600_000;
const backMs = 24 * hourMs; // an alert tells where a gap begins; what is older is pulled on the shop's page

export const remedies = {
	release: {
		words: ["放行", "Release"],
		icon: "play-circle-outline",
		route: ["POST", "/orders/bulk"],
		ask: [
			"放行 {n} 个订单？没有其他拦截原因的会立即进入推送。",
			"Release {n}? Those held for nothing else go to the ERP at once.",
		],
		note: true,
		atOnce: 50,
		act: (rows, note, reason) => bulk("release", rows, { reason, ...(note && { note }) }),
	},
	rematch: {
		words: ["重新匹配", "Match again"],
		icon: "link-variant",
		route: ["POST", "/orders/bulk"],
		atOnce: 50,
		act: (rows) => bulk("rematch", rows),
	},
	repush: {
		words: ["重新推单", "Push again"],
		icon: "upload-outline",
		route: ["POST", "/orders/bulk"],
		atOnce: 50,
		act: (rows) => bulk("repush", rows),
	},
	linkSku: { words: ["关联 SKU", "Link the SKU"], icon: "link-variant-plus", route: ["PUT", "/sku-links"] },
	retryPush: {
		words: ["重推", "Push again"],
		icon: "upload-outline",
		route: ["POST", "/pushes/:id/retry"],
		act: each(({ _id }) => post(path`/pushes/${_id}/retry`)),
	},
	verifyPush: {
		words: ["查证", "Ask the ERP"],
		icon: "magnify",
		route: ["POST", "/pushes/:id/verify"],
		act: each(({ _id }) => post(path`/pushes/${_id}/verify`)),
	},
	retryShipment: {
		words: ["重试发货", "Try again"],
		icon: "refresh",
		route: ["POST", "/shipments/:id/retry"],
		act: each(({ _id }) => post(path`/shipments/${_id}/retry`)),
	},
	otherCarrier: { words: ["换快递", "Other carrier"], icon: "truck-outline", route: ["POST", "/orders/:orderId/ship"] },
	sendParcel: {
		words: ["告知平台", "Tell the platform"],
		icon: "truck-fast-outline",
		route: ["POST", "/shipments/:id/retry"],
		ask: [
			"不再等流程，把 {n} 个包裹告知平台？之后不能撤回。",
			"Tell the platform of {n} parcels without the flow? That cannot be taken back.",
		],
		act: each(({ _id }) => post(path`/shipments/${_id.replace(/^shipment\.waiting:/, "")}/retry`)),
	},
	pullAgain: {
		words: ["补拉最近一天", "Pull the last day"],
		icon: "cloud-download-outline",
		route: ["POST", "/shops/:shopId/pull"],
		act: each(({ shopId, pulled }) => {
			const from = new Date(Date.now() - backMs).toISOString();
			return post(path`/shops/${shopId}/pull`, { kind: pulled, from });
		}),
	},
	replayParked: {
		words: ["重放", "Replay"],
		icon: "replay",
		route: ["POST", "/parked/:id/replay"],
		act: each(({ _id }) => post(path`/parked/${_id.replace(/^parked:/, "")}/replay`)),
	},
	settle: {
		words: ["结束告警", "Settle"],
		icon: "bell-check-outline",
		route: ["POST", "/alerts/:id/settle"],
		ask: ["结束 {n} 个告警？请先确认问题已处理。", "Settle {n}? Be sure that what they tell of is dealt with."],
		act: each(({ _id }) => post(path`/alerts/${_id}/settle`)),
	},
	seeOrder: {
		words: ["查看订单", "See the order"],
		icon: "clipboard-text-outline",
		route: ["GET", "/orders/:id"],
		goTo: ({ orderId }) => `orders?order=${encodeURIComponent(orderId)}`,
	},
	seeAftersale: {
		words: ["处理售后", "See the after-sale"],
		icon: "cash-refund",
		route: ["GET", "/aftersales"],
		goTo: ({ subject }) => `aftersales?tab=all&q=${encodeURIComponent(subject)}`,
	},
	seeShop: {
		words: ["查看店铺", "See the shop"],
		icon: "storefront-outline",
		route: ["GET", "/shops"],
		goTo: ({ shopId }) => `shops?shop=${encodeURIComponent(shopId)}`,
	},
} as const satisfies Record<string, Remedy>;

export type RemedyName = keyof typeof remedies;
export const remedyOf = (name: RemedyName): Remedy => remedies[name];
