/** After-sales in numbers, for charts and the workbench. */
import type { ShopScope } from "../shop/scope.ts";
import { AftersaleModel } from "./aftersale.model.ts";
import type { AftersaleStatus, AftersaleType } from "./aftersale.ts";

/** Buyers who asked for money back, applied for in a stretch. */
export interface PlatformRefunds {
	platform: string;
	refunds: number;
	refundFen: number;
}

const refundTypes: AftersaleType[] = ["REFUND_BEFORE_SHIP", "REFUND_ONLY", "RETURN_REFUND", "REJECTED"];
const cameToNothing: AftersaleStatus[] = ["CLOSED", "REFUSED"];
const sellersTurn: AftersaleStatus[] = ["APPLIED", "WAIT_SELLER_RECEIVE", "WAIT_SELLER_SHIP"];

const inScope = (scope: ShopScope): object => (scope === "*" ? {} : { shopId: { $in: scope } });

/** Without those that were withdrawn or refused. */
export async function refundsByPlatform(
	{ from, to }: { from: Date; to: Date },
	scope: ShopScope,
): Promise<PlatformRefunds[]> {
	const asked = { type: { $in: refundTypes }, status: { $nin: cameToNothing } };
	const rows = await AftersaleModel.aggregate<{ _id: string; refunds: number; refundFen: number }>([
		{ $match: { appliedAt: { $gte: from, $lt: to }, ...asked, ...inScope(scope) } },
		{ $group: { _id: "$platform", refunds: { $sum: 1 }, refundFen: { $sum: "$refundFen" } } },
	]);
	return rows.map(({ _id: platform, refunds, refundFen }) => ({ platform, refunds, refundFen }));
}

/** How many wait for the seller. */
export const countSellersTurn = (scope: ShopScope): Promise<number> =>
	AftersaleModel.countDocuments({ status: { $in: sellersTurn }, ...inScope(scope) }).exec();
