import { carrierProblem, trackingNumbers } from "../carriers.ts";
import { byTheRules } from "../market-order.ts";
import { changeParcels, lineOf, ship } from "../seller-actions.ts";
import { type OpenMethod, type SellerCall, type SellerMethod, tradeOf } from "./call.ts";
import { carrierOf, carriers } from "./carriers.ts";
import { list } from "./envelope.ts";
import { invalid, missing, shippingRefused } from "./errors.ts";
import { fieldsOf, pick } from "./fields.ts";

const done = { shipping: { is_success: true } };

/** The seller has handed over a parcel: all that is left of the trade, or the sub trades named. Source: taobao.logistics.offline.send. */
const offlineSend: SellerMethod = (call) => {
	const order = tradeOf(call);
	const parcel = parcelOf(call);
	const lineIds = splitOf(call);
	const whole = (lineId: string) => ({ lineId, quantity: lineOf(order, lineId).quantity });
	byTheRules(() => ship(call.market, order, lineIds?.map(whole) ?? null, parcel), shippingRefused);
	return done;
};

/** Nothing to carry: virtual goods. Source: taobao.logistics.dummy.send. */
const dummySend: SellerMethod = (call) => {
	const order = tradeOf(call);
	byTheRules(() => ship(call.market, order, null, { carrier: "", trackingNo: "" }), shippingRefused);
	return done;
};

/** Another carrier or number for a parcel on its way. Source: taobao.logistics.consign.resend. */
const resend: SellerMethod = (call) => {
	const order = tradeOf(call);
	const parcel = parcelOf(call);
	const lineIds = splitOf(call);
	byTheRules(() => changeParcels(call.market, order, lineIds, parcel), shippingRefused);
	return done;
};

const companies: OpenMethod = ({ args }) => {
	const fields = fieldsOf(args, new Set(["id", "code", "name", "reg_mail_no"]));
	const records = carriers.map(({ id, code, name, ours }) =>
		pick({ id, code, name, reg_mail_no: trackingNumbers[ours].source }, fields.own),
	);
	return { logistics_companies: list("logistics_company", records) };
};

function parcelOf({ args }: SellerCall): { carrier: string; trackingNo: string } {
	const parcel = { trackingNo: args.needed("out_sid"), carrier: args.needed("company_code") };
	const problem = carrierProblem(carrierOf(parcel.carrier)?.ours, parcel.trackingNo);
	if (problem) throw shippingRefused(problem);
	return parcel;
}

/** The sub trades of a split shipment; null: not split. `sub_tid` only counts with `is_split=1`. */
function splitOf({ args }: SellerCall): string[] | null {
	if (args.int("is_split", 0, 0, 1) === 0) {
		if (args.text("sub_tid")) throw invalid("sub_tid", "is_split不为1");
		return null;
	}
	const lineIds = args.csv("sub_tid");
	if (!lineIds?.length) throw missing("sub_tid");
	if (new Set(lineIds).size < lineIds.length) throw invalid("sub_tid", "子订单重复");
	return lineIds;
}

export const shippingMethods: Readonly<Record<string, SellerMethod>> = {
	"taobao.logistics.offline.send": offlineSend,
	"taobao.logistics.dummy.send": dummySend,
	"taobao.logistics.consign.resend": resend,
};

export const carrierMethods: Readonly<Record<string, OpenMethod>> = {
	"taobao.logistics.companies.get": companies,
};
