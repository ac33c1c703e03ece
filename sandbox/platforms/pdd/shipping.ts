import { carrierProblem } from "../carriers.ts";
import { addParcel, changeParcels, ship } from "../seller-actions.ts";
import { type Apis, orderOf, type ShopCall } from "./call.ts";
import { companies } from "./carriers.ts";
import type { PddObject } from "./envelope.ts";
import { byTheRules, invalid, refused } from "./errors.ts";

/** Ships an order with its first parcel, or gives it another one instead. Source: pdd.logistics.online.send. */
function send(call: ShopCall): PddObject {
	const { args, market } = call;
	const order = orderOf(call, args.needed("order_sn"));
	const parcel = parcelOf(args.id("logistics_id"), args.needed("tracking_number"));
	const again = args.int("redelivery_type", 1, 1, 2) === 2;
	byTheRules(() => {
		if (again) changeParcels(market, order, null, parcel);
		else ship(market, order, null, parcel);
	});
	return { is_success: true };
}

const mostParcels = 50;

/** More parcels of a shipped order; all of them or none. Source: pdd.order.upload.extra.logistics. */
function sendMore(call: ShopCall): PddObject {
	const { args, market } = call;
	const order = orderOf(call, args.needed("order_sn"));
	args.oneOf("extra_track_type", [1, 2, 3]);
	const parcels = args
		.objects("extra_track_list", mostParcels)
		.map(({ shipping_id, tracking_number }) => parcelOf(shipping_id, tracking_number));
	byTheRules(() => {
		for (const parcel of parcels) addParcel(market, order, parcel);
	});
	return { success: true };
}

/** The number must be one of that company's. `carrier` is the platform's own number of it. */
export function parcelOf(companyId: unknown, trackingNo: unknown): { carrier: string; trackingNo: string } {
	const company = companies.find(({ id }) => String(id) === String(companyId));
	if (!company) throw invalid("logistics_id", "快递公司不存在");
	if (typeof trackingNo !== "string" || trackingNo === "") throw invalid("tracking_number", "不能为空");
	if (carrierProblem(company.carrier, trackingNo)) throw refused("快递单号格式不正确");
	return { carrier: String(company.id), trackingNo };
}

export const shippingApis: Apis = {
	"pdd.logistics.online.send": { root: "logistics_online_send_response", needs: "token", run: send },
	"pdd.order.upload.extra.logistics": { root: "upload_extra_logistics_response", needs: "token", run: sendMore },
	"pdd.logistics.companies.get": {
		root: "logistics_companies_get_response",
		needs: "app",
		run: () => ({
			logistics_companies: companies.map(({ id, code, name }) => ({ id, code, logistics_company: name, available: 1 })),
		}),
	},
};
