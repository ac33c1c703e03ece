import { type Aftersale, byTheRules } from "../market-order.ts";
import { agreeRefund, agreeReturn, agreeToSend, refuse, shipExchange } from "../seller-actions.ts";
import type { Arguments } from "./arguments.ts";
import { aftersaleOf, type SellerMethod } from "./call.ts";
import { invalid, missing, refused, ruleBroken } from "./errors.ts";
import { sellerAddresses } from "./seller-addresses.ts";
import { parcelOf } from "./shipping.ts";

interface Reason {
	id: number;
	name: string;
	/** Wants words of its own. */
	other?: true;
}

const auditReasons: readonly Reason[] = [
	{ id: 1, name: "已与用户协商一致" },
	{ id: 2, name: "商品已发出" },
	{ id: 3, name: "超出售后期限" },
	{ id: 99, name: "其他", other: true },
];
const receiptReasons: readonly Reason[] = [
	{ id: 11, name: "未收到退货" },
	{ id: 12, name: "退回商品影响二次销售" },
	{ id: 199, name: "其他", other: true },
];

/** 1: money back; 2: the goods may come back; 3: refused. Source: afterSale.auditReturns. */
const audit: SellerMethod = (call) => {
	const { args, market } = call;
	const { order, aftersale } = aftersaleOf(call, args.needed("returnsId"));
	const action = args.int("action", 1, 3);
	const comesBack = aftersale.type === "RETURN_REFUND" || aftersale.type === "EXCHANGE";
	if (aftersale.status !== "APPLIED") throw refused("售后单当前状态不允许审核");
	if (action === 1) {
		if (comesBack) throw refused("退货退款和换货不支持直接退款");
		byTheRules(() => agreeRefund(market, order, aftersale), ruleBroken);
	} else if (action === 2) {
		if (!comesBack) throw refused("仅退款不支持同意寄回");
		const addressId = args.object("receiverInfo").int("sellerAddressRecordId", 1, Number.MAX_SAFE_INTEGER);
		if (!sellerAddresses.some(({ id }) => id === addressId)) throw refused("退货地址不存在");
		byTheRules(() => agreeReturn(market, order, aftersale), ruleBroken);
	} else {
		if (aftersale.type === "REFUND_BEFORE_SHIP") throw refused("未发货仅退款不能拒绝，请直接发货");
		byTheRules(() => refuse(market, order, aftersale, refusalOf(args, auditReasons)), ruleBroken);
	}
	return null;
};

/** 1: the goods are here; 2: they are not as they should be; 3: more time. Source: afterSale.confirmReceive. */
const receive: SellerMethod = (call) => {
	const { args, market } = call;
	const { order, aftersale } = aftersaleOf(call, args.needed("returnsId"));
	const action = args.int("action", 1, 3);
	if (aftersale.status !== "WAIT_SELLER_RECEIVE") throw refused("售后单当前状态不允许确认收货");
	if (action === 1) {
		const act = aftersale.type === "EXCHANGE" ? agreeToSend : agreeRefund;
		byTheRules(() => act(market, order, aftersale), ruleBroken);
	} else if (action === 2) {
		byTheRules(() => refuse(market, order, aftersale, refusalOf(args, receiptReasons)), ruleBroken);
	}
	return null;
};

/** The goods of an exchange are here and the replacement is on its way. Source: afterSale.receiveAndShip. */
const receiveAndShip: SellerMethod = (call) => {
	const { order, aftersale } = aftersaleOf(call, call.args.needed("returnsId"));
	const parcel = parcelOf(call);
	byTheRules(() => shipExchange(call.market, order, aftersale, parcel), ruleBroken);
	return null;
};

/** Source: afterSale.rejectReasons. */
const rejectReasons: SellerMethod = (call) => {
	const { aftersale } = aftersaleOf(call, call.args.needed("returnsId"));
	const reasonType = call.args.int("rejectReasonType", 1, 2);
	const reasons = isBeforeShipping(aftersale) ? [] : reasonType === 1 ? auditReasons : receiptReasons;
	return { rejectReasons: reasons.map(({ id, name }) => ({ reasonType, reasonId: id, reasonName: name })) };
};

function isBeforeShipping({ type }: Aftersale): boolean {
	return type === "REFUND_BEFORE_SHIP";
}

/** The seller's words: those of the reason, or the seller's own where the reason is "other". */
function refusalOf(args: Arguments, reasons: readonly Reason[]): string {
	const id = args.int("reason", 1, 1_000_000);
	const reason = reasons.find((each) => each.id === id);
	if (!reason) throw invalid("reason", "不在拒绝原因列表中");
	const description = args.text("description");
	if (reason.other && !description) throw missing("description");
	return description ?? reason.name;
}

export const aftersaleActionMethods: Readonly<Record<string, SellerMethod>> = {
	"afterSale.auditReturns": audit,
	"afterSale.confirmReceive": receive,
	"afterSale.receiveAndShip": receiveAndShip,
	"afterSale.rejectReasons": rejectReasons,
};
