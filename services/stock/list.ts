import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import type { ShopScope } from "../shop/scope.ts";
import { type Stock, StockModel } from "./stock.model.ts";
import { ToldModel, type ToldState, type ToldStock } from "./told.model.ts";

export interface StockQuery extends PageQuery {
	q?: string; // codes of the ERP, several at once
}

export type StockView = Omit<Stock, "outbox">;

/** What came to the hub last first. */
export function listStock({ q, ...page }: StockQuery): Promise<Page<StockView>> {
	const conditions = q ? [anyOf(q, ["_id"])] : [];
	return pageByTime<StockView>(StockModel, conditions, page, { by: "createdAt", projection: { outbox: 0 } });
}

export interface ToldQuery extends PageQuery {
	state?: ToldState;
	platform?: string;
	shopId?: string;
	q?: string; // codes of the ERP, merchant codes or SKU ids, several at once
}

export type ToldView = Omit<ToldStock, "wish" | "busy" | "turn">;

/** What was told first last. */
export function listTold({ q, limit, cursor, ...equal }: ToldQuery, scope: ShopScope): Promise<Page<ToldView>> {
	const conditions: object[] = Object.entries(equal).map(([field, value]) => ({ [field]: value }));
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	if (q) conditions.push(anyOf(q, ["parts.erpSku", "outerSku", "platformSkuId"]));
	const sorting = { by: "createdAt", projection: { wish: 0, busy: 0, turn: 0 } as const };
	return pageByTime<ToldView>(ToldModel, conditions, { limit, ...(cursor && { cursor }) }, sorting);
}
