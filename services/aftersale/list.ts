import { hubError } from "../../config/errors.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import type { ShopScope } from "../shop/scope.ts";
import { type Aftersale, AftersaleModel } from "./aftersale.model.ts";
import type { AftersaleStatus, AftersaleType } from "./aftersale.ts";

export interface AftersaleQuery extends PageQuery {
	status?: AftersaleStatus;
	type?: AftersaleType;
	platform?: string;
	shopId?: string;
	orderId?: string;
	q?: string; // after-sale, order or return tracking numbers, several at once
	from?: Date; // applied in [from, to)
	to?: Date;
}

const shown = { outbox: 0, contentHash: 0 } as const;

/** Newest application first. */
export function listAftersales(query: AftersaleQuery, scope: ShopScope): Promise<Page<Aftersale>> {
	return pageByTime<Aftersale>(AftersaleModel, conditionsOf(query, scope), query, {
		by: "appliedAt",
		projection: shown,
	});
}

function conditionsOf({ from, to, q, limit: _, cursor: __, ...equal }: AftersaleQuery, scope: ShopScope): object[] {
	const conditions: object[] = Object.entries(equal).map(([field, value]) => ({ [field]: value }));
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	if (from) conditions.push({ appliedAt: { $gte: from } });
	if (to) conditions.push({ appliedAt: { $lt: to } });
	if (q) conditions.push(anyOf(q, ["aftersaleNo", "orderNo", "returnParcel.trackingNo"]));
	return conditions;
}

/** @throws NOT_FOUND, for after-sales outside the caller's shops too */
export async function getAftersale(id: string, scope: ShopScope): Promise<Aftersale> {
	const aftersale = await AftersaleModel.findById(id, shown).lean<Aftersale>();
	if (!aftersale || (scope !== "*" && !scope.includes(aftersale.shopId))) {
		throw hubError("NOT_FOUND", "no such after-sale", { id });
	}
	return aftersale;
}
