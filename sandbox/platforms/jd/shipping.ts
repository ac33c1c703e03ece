import { addParcel, ship } from "../seller-actions.ts";
import { answered, type Method, neededOrder } from "./call.ts";
import { checkParcel, type Sent } from "./carriers.ts";
import { said } from "./envelope.ts";
import { JdRefusal } from "./errors.ts";
import { isLocked } from "./statuses.ts";

/**
 * The whole order leaves, in one parcel or several, told of in one call; there is no second one.
 * Source: jingdong.pop.order.shipment.
 */
const shipment: Method = (call) =>
	answered("sopjosshipment_result", said.shipment, () => {
		const { args, market } = call;
		const order = neededOrder(call, args.id("orderId"));
		const [first, ...others] = parcelsOf(args.needed("logiCoprId"), args.text("logiNo") ?? "").map(checkParcel);
		if (!first) throw new JdRefusal("2001012", "缺少物流公司");
		if (isLocked(market, order)) throw new JdRefusal("2001004", "订单已锁定，不能出库");
		ship(market, order, null, first);
		for (const parcel of others) addParcel(market, order, parcel);
	});

/** "463|467" and "YT1,YT2|SF1" -> three parcels. */
function parcelsOf(companies: string, numbers: string): Sent[] {
	const lists = numbers.split("|");
	const carriers = companies.split("|");
	if (lists.length !== carriers.length) throw new JdRefusal("2001013", "物流公司与运单号个数不一致");
	return carriers.flatMap((carrier, at) => (lists[at] ?? "").split(",").map((trackingNo) => ({ carrier, trackingNo })));
}

export const shippingMethods: Readonly<Record<string, Method>> = { "jingdong.pop.order.shipment": shipment };
