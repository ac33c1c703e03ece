import { carrierProblem } from "../carriers.ts";
import { byTheRules, type LineQuantity, type MarketOrder } from "../market-order.ts";
import { refuse, ship } from "../seller-actions.ts";
import { orderOf, type SellerCall, type SellerMethod } from "./call.ts";
import { carrierOf, carriers } from "./carriers.ts";
import { invalidParam, shippingRefused } from "./errors.ts";
import { packId } from "./order-record.ts";
import type { Params } from "./params.ts";

/** Source: order.logisticsCompanyList. */
const companies: SellerMethod = () => carriers.map(({ id, name, code }) => ({ id, name, code }));

/** The whole order in one parcel. Source: order.logisticsAdd. */
const logisticsAdd: SellerMethod = (call) => {
	const order = orderOf(call, call.params.neededText("order_id"));
	const parcel = parcelOf(call.params);
	if (order.status === "PART_SHIPPED") throw shippingRefused("PARTLY_SHIPPED");
	shipByTheRules(call, order, null, parcel);
	return {};
};

/**
 * Pieces of an order in one parcel. A repeated `request_id` answers what the first success answered, and ships nothing.
 * Source: order.logisticsAddSinglePack.
 */
const addSinglePack: SellerMethod = (call) => {
	const { params, shop, requests } = call;
	const [orderId = "", ...others] = params.texts("order_id_list", 50);
	if (others.length > 0) throw invalidParam("order_id_list", "该店铺不支持合单发货");
	const order = orderOf(call, orderId);
	const key = `${shop.platform}:${shop.shopId}:${params.neededText("request_id")}`;
	const known = requests.answer(key);
	if (known !== undefined) return { pack_id: known };
	const pieces = params.objects("shipped_order_info", 40).map(
		(piece): LineQuantity => ({
			lineId: piece.neededText("shipped_order_id"),
			quantity: piece.int("shipped_num", null, 1, 100_000),
		}),
	);
	shipByTheRules(call, order, pieces, parcelOf(params));
	const packed = packId(order, order.parcels.length - 1);
	requests.remember(key, packed);
	return { pack_id: packed };
};

/** Carrier and number as they must be. `numberName`: what the method calls the number. */
export function parcelOf(params: Params, numberName = "logistics_code"): { carrier: string; trackingNo: string } {
	const trackingNo = params.neededText(numberName);
	const code = params.neededText("company_code");
	const problem = carrierProblem(carrierOf(code)?.ours, trackingNo);
	if (problem) throw shippingRefused(problem);
	return { carrier: code, trackingNo };
}

function shipByTheRules(
	call: SellerCall,
	order: MarketOrder,
	pieces: LineQuantity[] | null,
	parcel: { carrier: string; trackingNo: string },
): void {
	const { market, params } = call;
	byTheRules(() => {
		if (params.bool("is_reject_refund", params.bool("is_refund_reject", false))) rejectRefunds(call, order);
		ship(market, order, pieces, parcel);
	}, shippingRefused);
}

/** What `is_reject_refund` does: whoever asked for money back before shipping is refused it. */
function rejectRefunds({ market }: SellerCall, order: MarketOrder): void {
	const asked = market
		.aftersalesOf(order)
		.filter(({ status, type }) => status === "APPLIED" && type === "REFUND_BEFORE_SHIP");
	for (const aftersale of asked) refuse(market, order, aftersale, "商家已发货");
}

export const shippingMethods: Readonly<Record<string, SellerMethod>> = {
	"order.logisticsCompanyList": companies,
	"order.logisticsAdd": logisticsAdd,
	"order.logisticsAddSinglePack": addSinglePack,
};
