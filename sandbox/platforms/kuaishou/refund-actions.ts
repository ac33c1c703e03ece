import { type Aftersale, byTheRules } from "../market-order.ts";
import { agreeRefund, agreeReturn, refuse, shipExchange } from "../seller-actions.ts";
import type { Arguments } from "./arguments.ts";
import { done, get, type Method, post, refundOf, type SellerCall } from "./call.ts";
import type { KsObject, Payload } from "./envelope.ts";
import { invalid, missing, refundError } from "./errors.ts";
import { parcelOf } from "./shipping.ts";
import { handlingWay, negotiateStatus, refundStatus } from "./statuses.ts";

/** Where this seller takes goods back; the first is the default one. */
export const returnAddresses = [
	{ id: 3_300_000_000_000_000_001n, text: "浙江省杭州市余杭区仓前街道示例路1号退货仓" },
	{ id: 3_300_000_000_000_000_002n, text: "广东省广州市白云区人和镇示例路2号退货仓" },
] as const;

/** Why a seller may refuse: one reason wants words, one a picture. */
const reasons = [
	{ code: 1, desc: "商品已发出", tip: "", requiredRejectDesc: false, requiredRejectImage: false },
	{ code: 2, desc: "与买家协商一致", tip: "请填写说明", requiredRejectDesc: true, requiredRejectImage: false },
	{ code: 3, desc: "退回商品影响二次销售", tip: "请上传凭证", requiredRejectDesc: true, requiredRejectImage: true },
];

/** Money back without goods coming back. The caller must know how things stand. Source: open.seller.order.refund.approve. */
function approve(call: SellerCall): Payload {
	const { order, aftersale } = refundOf(call);
	const { args } = call;
	if (args.int("refundAmount", 0, 10 ** 10) !== aftersale.refundFen) throw refundError(300009);
	if (args.int("refundHandingWay", 0, 100) !== handlingWay(aftersale)) throw refundError(300008);
	if (args.int("negotiateStatus", 0, 10) !== negotiateStatus(aftersale)) throw refundError(300016);
	if (args.int("status", 0, 100) !== refundStatus(aftersale)) throw refundError(300002);
	if (handlingWay(aftersale) !== 10) throw refundError(300008);
	args.text("desc");
	byTheRules(
		() => agreeRefund(call.market, order, aftersale),
		() => refundError(300010),
	);
	return done;
}

/** Source: open.seller.order.refund.returngoods.approve; an exchange is checked by 0. */
function approveReturn(call: SellerCall): Payload {
	const { order, aftersale } = refundOf(call);
	const { args } = call;
	const checkFen = aftersale.type === "EXCHANGE" ? 0 : aftersale.refundFen;
	if (args.int("refundAmount", 0, 10 ** 10) !== checkFen) throw refundError(300009);
	const isOurs = !args.has("addressId") || returnAddresses.some(({ id }) => String(id) === args.id("addressId"));
	if (!isOurs) throw invalid("addressId", "退货地址不存在");
	byTheRules(
		() => agreeReturn(call.market, order, aftersale),
		() => refundError(300018),
	);
	return done;
}

/** The goods came back: money goes. Source: open.seller.order.refund.confirm.receipt. */
function confirmReceipt(call: SellerCall): Payload {
	const { order, aftersale } = refundOf(call);
	if (handlingWay(aftersale) !== 1) throw refundError(300008);
	if (aftersale.status !== "WAIT_SELLER_RECEIVE") throw refundError(300002);
	byTheRules(
		() => agreeRefund(call.market, order, aftersale),
		() => refundError(300018),
	);
	return done;
}

/** Money at once, and the buyer keeps the goods. Source: open.refund.direct.refund. */
function directRefund(call: SellerCall): Payload {
	const { order, aftersale } = refundOf(call);
	mustBeCurrent(call.args, aftersale);
	if (aftersale.type === "EXCHANGE") throw refundError(300008);
	byTheRules(
		() => agreeRefund(call.market, order, aftersale),
		() => refundError(300010),
	);
	return done;
}

/** Source: open.refund.reject. */
function reject(call: SellerCall): Payload {
	const { order, aftersale } = refundOf(call);
	const { args } = call;
	mustBeCurrent(args, aftersale);
	const reason = reasons.find(({ code }) => code === args.int("reasonCode", 0, 100_000));
	if (!reason) throw invalid("reasonCode", "拒绝原因不存在");
	const words = args.text("rejectDesc");
	const images = args.texts("rejectImages");
	if (reason.requiredRejectDesc && words === "") throw missing("rejectDesc");
	if (reason.requiredRejectImage && images.length === 0) throw missing("rejectImages");
	if (images.length > 6) throw invalid("rejectImages", "最多6张");
	byTheRules(
		() => refuse(call.market, order, aftersale, words || reason.desc),
		() => refundError(300018),
	);
	return done;
}

/** The goods of an exchange came back, and what replaces them is sent. Source: open.refund.confirm.and.send. */
function confirmAndSend(call: SellerCall): Payload {
	const { order, aftersale } = refundOf(call);
	const parcel = parcelOf(call.args);
	byTheRules(
		() => shipExchange(call.market, order, aftersale, parcel),
		() => refundError(300018),
	);
	return done;
}

/** Source: open.address.seller.list: 2 where returns go, 3 where parcels start. */
function addresses({ args, shop }: SellerCall): Payload {
	args.int("addressType", 2, 3);
	const rows = returnAddresses.map(({ id, text }, at): KsObject => {
		const [, province, city, district, town, address] = /^(.+省)(.+市)(.+区)(.+(?:街道|镇))(.+)$/.exec(text) ?? [];
		const baseInfo = { consignee: `${shop.name}售后`, mobile: "13900000000", province, city, district, town, address };
		return { addressId: id, baseInfo, defaultAddress: at === 0, addressStatus: 1 };
	});
	return { data: rows };
}

/** `refundVersion` is the time of the last change. */
function mustBeCurrent(args: Arguments, { modifiedMs }: Aftersale): void {
	if (args.id("refundVersion") !== String(modifiedMs)) throw refundError(300014);
}

export const refundActionMethods: Readonly<Record<string, Method>> = {
	"open.seller.order.refund.approve": post(approve),
	"open.seller.order.refund.returngoods.approve": post(approveReturn),
	"open.seller.order.refund.confirm.receipt": post(confirmReceipt),
	"open.refund.direct.refund": post(directRefund),
	"open.refund.reject": post(reject),
	"open.refund.confirm.and.send": post(confirmAndSend),
	"open.refund.reject.reason": get((call) => {
		refundOf(call);
		return { data: reasons };
	}),
	"open.address.seller.list": get(addresses),
};
