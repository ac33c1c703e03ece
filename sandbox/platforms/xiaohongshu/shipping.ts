import { carrierProblem } from "../carriers.ts";
import { byTheRules } from "../market-order.ts";
import { leftOf, lineOf, ship } from "../seller-actions.ts";
import { type OpenMethod, orderOf, type SellerCall, type SellerMethod } from "./call.ts";
import { carrierOf, carriers } from "./carriers.ts";
import { invalid, missing, refused, ruleBroken } from "./errors.ts";

/** A parcel was handed over: the whole order, or some of its SKUs, each with all its pieces. Source: order.orderDeliver. */
const deliver: SellerMethod = (call) => {
	const { args, market } = call;
	const order = orderOf(call, args.needed("orderId"));
	const parcel = parcelOf(call);
	const unpack = args.neededFlag("unpack");
	const skuIds = args.texts("skuIdList");
	if (unpack && skuIds.length === 0) throw missing("skuIdList");
	if (!unpack && skuIds.length > 0) throw invalid("skuIdList", "unpack不为true");
	if (new Set(skuIds).size < skuIds.length) throw invalid("skuIdList", "规格重复");
	if (!unpack && order.status === "PART_SHIPPED") throw refused("订单已拆包，请指定发货规格");
	byTheRules(() => {
		const lines = skuIds.map((lineId) => ({ lineId, quantity: Math.max(1, leftOf(lineOf(order, lineId))) }));
		ship(market, order, unpack ? lines : null, parcel);
	}, ruleBroken);
	return null;
};

/** Carrier and number as they must be. */
export function parcelOf({ args }: SellerCall): { carrier: string; trackingNo: string } {
	const parcel = { carrier: args.needed("expressCompanyCode"), trackingNo: args.needed("expressNo") };
	const carrier = carrierOf(parcel.carrier);
	if (!carrier) throw refused("快递公司编码不存在");
	const fits = carrier.ours
		? carrierProblem(carrier.ours, parcel.trackingNo) === null
		: parcel.trackingNo.length <= 100;
	if (!fits) throw refused("快递单号不符合快递公司规则");
	return parcel;
}

/** Source: common.getExpressCompanyList. */
const companies: OpenMethod = () => ({
	expressCompanyInfos: carriers.map(({ id, code, name }) => ({
		expressCompanyId: id,
		expressCompanyCode: code,
		expressCompanyName: name,
		comment: "",
	})),
});

export const shippingMethods: Readonly<Record<string, SellerMethod>> = {
	"order.orderDeliver": deliver,
	"common.getExpressCompanyList": companies,
};
