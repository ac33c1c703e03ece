import type { ShopScope } from "../shop/scope.ts";
import { OrderModel } from "./order.model.ts";
import type { OrderLine } from "./order.ts";

/** A platform's SKU that open orders wait for. */
export interface UnmatchedSku extends Pick<OrderLine, "platformSkuId" | "outerSku" | "title" | "spec" | "imageUrl"> {
	platform: string;
	shopId: string;
	orders: number; // that wait
	oldestAt: Date; // when the oldest of them was placed
}

const most = 200;

/** What a link would help most comes first. */
export function unmatchedSkus(shopId: string | undefined, scope: ShopScope): Promise<UnmatchedSku[]> {
	const shops = [...(shopId === undefined ? [] : [{ shopId }]), ...(scope === "*" ? [] : [{ shopId: { $in: scope } }])];
	const sku = ["platformSkuId", "outerSku"].map((field) => [field, `$lines.${field}`]);
	const shown = ["title", "spec", "imageUrl"].map((field) => [field, { $last: `$lines.${field}` }]);
	return OrderModel.aggregate<UnmatchedSku>([
		{
			$match: {
				"holds.reason": "SKU_UNMATCHED",
				status: { $in: ["WAIT_PAY", "WAIT_SHIP", "PART_SHIPPED"] },
				...(shops.length && { $and: shops }),
			},
		},
		{ $project: { platform: 1, shopId: 1, placedAt: 1, lines: 1 } },
		{ $unwind: "$lines" },
		{
			$match: {
				"lines.erpSku": "",
				"lines.parts.0": { $exists: false },
				"lines.status": { $ne: "CLOSED" },
				"lines.refund": { $ne: "DONE" },
			},
		},
		{
			$group: {
				_id: { platform: "$platform", shopId: "$shopId", ...Object.fromEntries(sku) },
				...Object.fromEntries(shown),
				ids: { $addToSet: "$_id" },
				oldestAt: { $min: "$placedAt" },
			},
		},
		{
			$project: {
				_id: 0,
				platform: "$_id.platform",
				shopId: "$_id.shopId",
				platformSkuId: "$_id.platformSkuId",
				outerSku: "$_id.outerSku",
				title: 1,
				spec: 1,
				imageUrl: 1,
				oldestAt: 1,
				orders: { $size: "$ids" },
			},
		},
		{ $sort: { orders: -1, oldestAt: 1 } },
		{ $limit: most },
	]).exec();
}
