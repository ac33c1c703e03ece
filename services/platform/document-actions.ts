import type { Context } from "moleculer";
import { hubError, typeOf } from "../../config/errors.ts";
import type { Documents, List, Listed, PlatformAdapter, PullRules } from "./adapter.ts";
import { type Actions, internal, type ShopParams, shopId } from "./params.ts";
import type { CallsOf } from "./platform-service.ts";
import { keepRaw, keepRawRows, keptRaw, type RawModels } from "./raw.ts";
import type { RawRecord } from "./record.ts";

/** How a list of the platform may be read. */
export interface ListRules extends PullRules {
	name: string;
	way: List["way"];
	stampless: boolean;
}

/** How many changed in a window, and the platform's clock when it was asked. */
export interface Count {
	total: number;
	at: Date;
}

/** One row of a list. `kept`: its document came along and is stored, so `read` will do instead of `get`. */
export interface PulledRow {
	id: string;
	modifiedAt: Date | null;
	kept: boolean;
}

export interface PulledPage {
	rows: PulledRow[];
	next: string | null; // the cursor of the page after it; null after the last, and where pages have numbers
	at: Date; // the platform's clock when it was asked
}

/** What the hub got of one document. */
export interface Reading<T> {
	document: T;
	fetchedAt: Date; // the platform's clock when it was asked
}

interface ListParams extends ShopParams {
	list: string;
	from: Date;
	to: Date;
}

interface IdParams extends ShopParams {
	id: string;
}

const date = { type: "date", convert: true } as const; // dates are text between processes
const id = "string|min:1|max:100";
const windowParams = { $$strict: true, shopId, list: "string", from: date, to: date } as const;

/** `<kind>.lists`, `.count`, `.pull`, `.get` and `.read` of one kind of document. */
export function documentActions<T>(
	adapter: PlatformAdapter,
	kind: "orders" | "aftersales" | "products",
	documents: Documents<T>,
	models: RawModels,
	callsOf: CallsOf,
): Actions {
	const listOf = (name: string): List => {
		const list = documents.lists.find((each) => each.name === name);
		if (!list) throw hubError("NOT_FOUND", `${adapter.name} has no list ${name} of ${kind}`);
		return list;
	};

	/** Stores the documents that came with the rows, before anybody hears of the rows. */
	async function keep(shopId: string, rows: readonly Listed[], fetchedAt: Date): Promise<PulledRow[]> {
		const whole = rows.flatMap(({ id, raw }) => {
			const modifiedAt = raw && stampOf(raw);
			return raw && modifiedAt ? [{ shopId, id, raw, modifiedAt, fetchedAt }] : [];
		});
		await keepRawRows(models, whole);
		const kept = new Set(whole.map(({ id }) => id));
		return rows.map(({ id, modifiedAt }) => ({ id, modifiedAt, kept: kept.has(id) }));
	}

	/** Null for a document whose stamp cannot be read: it is got alone then, and what is wrong with it is told of it. */
	function stampOf(raw: RawRecord): Date | null {
		try {
			return documents.modifiedAt(raw);
		} catch (err) {
			if (typeOf(err) === "PLATFORM_BAD_RECORD") return null;
			throw err;
		}
	}

	return {
		/** The platform's lists and their rules, and its clock now, as far as it is known. */
		[`${kind}.lists`]: {
			...internal,
			params: { $$strict: true, shopId },
			async handler(ctx: Context<ShopParams>): Promise<{ lists: ListRules[]; now: Date }> {
				const { gatewayUrl } = await callsOf(ctx).opener(ctx, ctx.params.shopId);
				const lists = documents.lists.map(({ name, way, stampless = false, rules }) => ({
					name,
					way,
					stampless,
					...rules,
				}));
				return { lists, now: callsOf(ctx).now(gatewayUrl) };
			},
		},
		/** How many changed in the window. Only of lists whose pages have numbers. */
		[`${kind}.count`]: {
			...internal,
			params: windowParams,
			async handler(ctx: Context<ListParams>): Promise<Count> {
				const list = listOf(ctx.params.list);
				if (list.way !== "numbered") throw hubError("PLATFORM_UNSUPPORTED", `${list.name} cannot be counted`);
				const { value, at } = await callsOf(ctx).run(ctx, ctx.params.shopId, list.count(ctx.params));
				return { total: value, at };
			},
		},
		/** One page of what changed in the window: by `page` from 1, or by `cursor`, as the list's `way` says. */
		[`${kind}.pull`]: {
			...internal,
			params: { ...windowParams, page: "number|integer|min:1|optional", cursor: "string|optional" },
			async handler(ctx: Context<ListParams & { page?: number; cursor?: string }>): Promise<PulledPage> {
				const { shopId, page = 1, cursor = "" } = ctx.params;
				const list = listOf(ctx.params.list);
				const calls = callsOf(ctx);
				if (list.way === "numbered") {
					const { value: rows, at } = await calls.run(ctx, shopId, list.page(ctx.params, page));
					return { rows: await keep(shopId, rows, at), next: null, at };
				}
				const { value, at } = await calls.run(ctx, shopId, list.page(ctx.params, cursor));
				return { rows: await keep(shopId, value.rows, at), next: value.next, at };
			},
		},
		/**
		 * One document as the platform has it now. Its own form is kept before it is read, so that one we cannot read
		 * (PLATFORM_UNKNOWN_STATUS, PLATFORM_BAD_RECORD) is there to look at.
		 */
		[`${kind}.get`]: {
			...internal,
			params: { $$strict: true, shopId, id },
			async handler(ctx: Context<IdParams>): Promise<Reading<T>> {
				const { shopId, id } = ctx.params;
				const { value: raw, at: fetchedAt } = await callsOf(ctx).run(ctx, shopId, documents.get(id));
				await keepRaw(models, { shopId, id, modifiedAt: documents.modifiedAt(raw), fetchedAt, raw });
				return { document: documents.read(shopId, raw), fetchedAt };
			},
		},
		/** One document as a list brought it last. NOT_FOUND when none did. */
		[`${kind}.read`]: {
			...internal,
			params: { $$strict: true, shopId, id },
			async handler(ctx: Context<IdParams>): Promise<Reading<T>> {
				const { shopId, id } = ctx.params;
				const kept = await keptRaw(models, shopId, id);
				if (!kept) throw hubError("NOT_FOUND", `no document of ${kind} ${id} is kept`);
				return { document: documents.read(shopId, kept.raw), fetchedAt: kept.fetchedAt };
			},
		},
	};
}
