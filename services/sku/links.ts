import type { ServiceBroker } from "moleculer";
import { hubError } from "../../config/errors.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import type { ShopScope } from "../shop/scope.ts";
import { ErpSkuModel } from "./erp-sku.model.ts";
import { hasErpSkus } from "./erp-skus.ts";
import { type JobState, planJob, waitingFor, workAWhile } from "./job.ts";
import { SkuLinkModel } from "./sku-link.model.ts";
import { type LinkPart, type LinkSource, linkId, type SkuLink, type SkuRef, withVersion } from "./sku-link.ts";

export interface LinkQuery extends PageQuery {
	platform?: string;
	shopId?: string;
	source?: LinkSource;
	q?: string; // SKU ids, merchant codes or codes of the ERP, several at once
}

export function listLinks({ q, limit, cursor, ...equal }: LinkQuery, scope: ShopScope): Promise<Page<SkuLink>> {
	const conditions: object[] = Object.entries(equal).map(([field, value]) => ({ [field]: value }));
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	if (q) conditions.push(anyOf(q, ["platformSkuId", "outerSku", "parts.erpSku"]));
	return pageByTime<SkuLink>(SkuLinkModel, conditions, { limit, ...(cursor && { cursor }) }, { by: "createdAt" });
}

export interface WantedLink extends SkuRef {
	platform: string;
	shopId: string;
	parts: LinkPart[];
	effectiveFrom?: Date | null; // orders placed from then on; none: always
}

/** What a changed link did for the orders that waited for it. */
export interface Fixed {
	link: SkuLink | null; // null: it is gone
	job: JobState;
}

const tries = 5;

/**
 * A person's link; replaces what was there, and releases the orders that waited for it.
 * @throws INVALID for a SKU without id and code, or ERP SKUs that the hub does not know
 */
export async function putLink(broker: ServiceBroker, wanted: WantedLink, by: string, scope: ShopScope): Promise<Fixed> {
	const { platform, shopId } = wanted;
	if (scope !== "*" && !scope.includes(shopId)) throw hubError("NOT_FOUND", "no such shop", { shopId });
	const id = linkId(platform, shopId, wanted);
	if (!id) throw hubError("INVALID", "platformSkuId or outerSku is needed", { field: "platformSkuId" });
	await checkParts(wanted.parts);
	const job = await planJob({ orders: { shop: { platform, shopId }, ...waitingFor(wanted) } }, by);
	const link = await storeLink(id, wanted, by);
	return { link, job: await workAWhile(broker, job) };
}

/** A person's link in place of what was there. */
export async function storeLink(
	_id: string,
	{ parts, effectiveFrom = null, ...of }: WantedLink,
	by: string,
): Promise<SkuLink> {
	for (let attempt = 0; attempt < tries; attempt += 1) {
		const stored = await SkuLinkModel.findById(_id).lean<SkuLink>();
		const next = { ...of, ...withVersion(stored, { parts, source: "manual", effectiveFrom }), by };
		if (!stored) {
			try {
				return (await SkuLinkModel.create({ _id, ...next })).toObject();
			} catch (err) {
				if ((err as { code?: number }).code !== 11000) throw err;
				continue; // somebody else stored one first
			}
		}
		const { version } = stored;
		const written = await SkuLinkModel.findOneAndUpdate(
			{ _id, version },
			{ $set: { ...next, version: version + 1 } },
			{ returnDocument: "after" },
		).lean<SkuLink>();
		if (written) return written;
	}
	throw hubError("CONFLICT", "the link is being written by many at once", { id: _id });
}

/** @throws INVALID */
async function checkParts(parts: readonly LinkPart[]): Promise<void> {
	const codes = parts.map(({ erpSku }) => erpSku);
	if (new Set(codes).size < codes.length) throw hubError("INVALID", "an ERP SKU is there twice", { field: "parts" });
	const unknown = await unknownErpSkus(codes);
	if (unknown.length) throw hubError("INVALID", `no such ERP SKU: ${unknown.join(", ")}`, { field: "parts", unknown });
}

/** Which of these codes the ERP does not sell under. None, as long as it never told the hub its SKUs. */
export async function unknownErpSkus(codes: readonly string[]): Promise<string[]> {
	if (!(await hasErpSkus())) return [];
	const found = await ErpSkuModel.find({ _id: { $in: codes }, status: "ACTIVE" }, { _id: 1 }).lean();
	return [...new Set(codes).difference(new Set(found.map(({ _id }) => _id)))];
}

/** Takes a link away; the merchant code counts again. Orders already matched stay as they are. @throws NOT_FOUND */
export async function deleteLink(broker: ServiceBroker, id: string, by: string, scope: ShopScope): Promise<Fixed> {
	const link = await SkuLinkModel.findById(id).lean<SkuLink>();
	if (!link || (scope !== "*" && !scope.includes(link.shopId))) throw hubError("NOT_FOUND", "no such link", { id });
	const { platform, shopId } = link;
	const job = await planJob({ orders: { shop: { platform, shopId }, ...waitingFor(link) } }, by);
	await SkuLinkModel.deleteOne({ _id: id });
	return { link: null, job: await workAWhile(broker, job) };
}
