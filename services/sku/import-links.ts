/** Links between platforms' SKUs and the ERP's from a table: CSV or Excel. */
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import type { Words } from "../../mixins/table/columns.ts";
import { type TableFile, tableOf } from "../../mixins/table/file.ts";
import type { ShopView } from "../shop/shop.ts";
import { type JobState, leaveToOthers, planJob, waitingFor, workAWhile } from "./job.ts";
import { type LinkDraft, type LinkRowError, mates, readLinks } from "./link-table.ts";
import { storeLink, unknownErpSkus, type WantedLink } from "./links.ts";
import { SkuLinkModel } from "./sku-link.model.ts";
import { linkId, type SkuLink } from "./sku-link.ts";

const maxRows = 20_000;
const shownErrors = 1_000;
const atOnce = 500;

export interface LinkImport extends TableFile {
	shopId?: string; // of rows that name none
	dryRun: boolean; // only tell what it would do
}

export interface ImportedLinks {
	total: number; // rows below the heading that are not empty
	created: number; // links
	updated: number;
	unchanged: number; // links that were so already
	failed: number; // rows with an error: none of their link is stored
	errors: LinkRowError[]; // the first 1,000
	job: JobState | null; // what the first links did for orders that waited; the others follow by themselves
}

interface Good {
	id: string;
	rows: number[];
	wanted: WantedLink;
}

/**
 * Safe to repeat: a link that is so already stays as it is.
 * @throws INVALID for a file that cannot be read, is too large or lacks a column
 */
export async function importLinks(ctx: HubContext<LinkImport>): Promise<ImportedLinks> {
	const { shopId = "", dryRun, ...file } = ctx.params;
	const { rows, drafts, errors } = readLinks(await tableOf(file, maxRows));
	const fail = (
		{ rows: own }: { rows: number[] },
		wrong: number[],
		field: LinkRowError["field"],
		{ en, zh }: Words,
	) => {
		errors.push(...wrong.map((row) => ({ row, field, message: en, messageZh: zh })), ...mates(own, new Set(wrong)));
	};
	const good = await withShops(ctx, drafts, shopId, fail);
	const known = await withKnownParts(good, fail);
	const counts = { created: 0, updated: 0, unchanged: 0 };
	let job: JobState | null = null;
	for (const part of portions(known)) {
		const { fresh, created } = await changed(part);
		counts.created += created;
		counts.updated += fresh.length - created;
		counts.unchanged += part.length - fresh.length;
		if (!dryRun) job = (await storeAll(ctx, fresh, job === null)) ?? job;
	}
	errors.sort((one, other) => one.row - other.row);
	const failed = new Set(errors.map(({ row }) => row)).size;
	return { total: rows.length, ...counts, failed, errors: errors.slice(0, shownErrors), job };
}

type Fail = (draft: { rows: number[] }, wrong: number[], field: LinkRowError["field"], words: Words) => void;

/** Of each shop, some at a time. */
function portions(links: readonly Good[]): Good[][] {
	return [...Map.groupBy(links, ({ wanted }) => wanted.shopId).values()].flatMap((ofShop) =>
		Array.from({ length: Math.ceil(ofShop.length / atOnce) }, (_, at) => ofShop.slice(at * atOnce, (at + 1) * atOnce)),
	);
}

/** Shops are named by id or name; two rows may name one both ways. */
async function withShops(ctx: HubContext<unknown>, drafts: LinkDraft[], shopId: string, fail: Fail): Promise<Good[]> {
	const { items } = await ctx.call<{ items: ShopView[] }>("shop.list");
	const good = new Map<string, Good>();
	for (const draft of drafts) {
		const { platformSkuId, outerSku, parts } = draft;
		const named = draft.shop || shopId;
		const byId = items.filter(({ _id }) => _id === named);
		const [shop, ...others] = byId.length ? byId : items.filter(({ name }) => name === named);
		if (!shop || others.length) {
			const words = named
				? { en: "is no shop of yours, by id or name", zh: "没有这个店铺（编号或名称）" }
				: { en: "is missing: say whose SKU it is", zh: "必填：请注明店铺" };
			fail(draft, draft.rows, "shop", words);
			continue;
		}
		const id = linkId(shop.platform, shop._id, draft) ?? "";
		const before = good.get(id);
		if (before) {
			fail(draft, draft.rows, "shop", {
				en: `row ${before.rows[0]} names the same SKU`,
				zh: `与第 ${before.rows[0]} 行是同一规格`,
			});
			continue;
		}
		const wanted = { platform: shop.platform, shopId: shop._id, platformSkuId, outerSku, parts };
		good.set(id, { id, rows: draft.rows, wanted });
	}
	return [...good.values()];
}

async function withKnownParts(good: readonly Good[], fail: Fail): Promise<Good[]> {
	const codes = [...new Set(good.flatMap(({ wanted }) => wanted.parts.map(({ erpSku }) => erpSku)))];
	const unknown = new Set<string>();
	for (let from = 0; from < codes.length; from += atOnce) {
		for (const code of await unknownErpSkus(codes.slice(from, from + atOnce))) unknown.add(code);
	}
	return good.filter((each) => {
		const wrong = each.rows.filter((_, at) => unknown.has(each.wanted.parts[at]?.erpSku ?? ""));
		if (wrong.length) fail(each, wrong, "erpSku", { en: "no such ERP SKU", zh: "没有这个 ERP 规格" });
		return !wrong.length;
	});
}

/** The links that are not so yet. */
async function changed(links: readonly Good[]): Promise<{ fresh: Good[]; created: number }> {
	const stored = await SkuLinkModel.find({ _id: { $in: links.map(({ id }) => id) } }).lean<SkuLink[]>();
	const byId = new Map(stored.map((link) => [link._id, link]));
	const fresh = links.filter(({ id, wanted }) => !isSame(byId.get(id), wanted));
	return { fresh, created: fresh.filter(({ id }) => !byId.has(id)).length };
}

function isSame(stored: SkuLink | undefined, { parts }: WantedLink): boolean {
	if (stored?.source !== "manual" || stored.effectiveFrom !== null) return false;
	const text = (all: WantedLink["parts"]): string =>
		all
			.map(({ erpSku, quantity }) => `${quantity} ${erpSku}`)
			.sort()
			.join("\n");
	return text(stored.parts) === text(parts);
}

/** Links of one shop. What must be looked at again after them is written down first. */
async function storeAll(ctx: HubContext<unknown>, links: readonly Good[], waits: boolean): Promise<JobState | null> {
	const by = actorOf(ctx);
	const [first] = links;
	if (!first) return null;
	const { platform, shopId } = first.wanted;
	const jobs = [];
	for (const [field, ofField] of Map.groupBy(links, ({ wanted }) => waitingFor(wanted).field)) {
		const values = ofField.flatMap(({ wanted }) => waitingFor(wanted).values);
		jobs.push(await planJob({ orders: { shop: { platform, shopId }, field, values } }, by));
	}
	for (const { id, wanted } of links) await storeLink(id, wanted, by);
	const [job, ...others] = jobs;
	for (const each of waits ? others : jobs) await leaveToOthers(each);
	return waits && job ? workAWhile(ctx.broker, job) : null;
}
