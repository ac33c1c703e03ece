import { createHash } from "node:crypto";
import { beijing } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import { hash } from "../../random.ts";
import type { Market } from "../market.ts";
import type { MarketLine, MarketOrder } from "../market-order.ts";
import type { DemoShop } from "../shops.ts";
import type { JdObject } from "./envelope.ts";
import { orderState, stateRemark } from "./statuses.ts";

/** How 京东 writes a time that is not there. */
const noTime = "0001-01-01 00:00:00";

/** Stands for one receiver of one order; another address is another OAID. */
export function oaidOf({ platformOrderId, receiverVersion }: MarketOrder): string {
	return `OA1${createHash("sha256").update(`jd:${platformOrderId}:${receiverVersion}`).digest("base64").slice(0, 32)}`;
}

/** All of an order's fields; every value is a text, but for what the platform itself writes as a number. */
export function orderRecord(market: Market, shop: DemoShop, order: MarketOrder): JdObject {
	const state = orderState(market, order);
	return {
		orderId: order.platformOrderId,
		venderId: shop.sellerId,
		orderType: "22",
		payType: "4-在线支付",
		...amounts(order),
		orderState: state,
		orderStateRemark: stateRemark(state),
		deliveryType: "工作日、双休日与假日均可送货",
		orderRemark: order.memo.buyer,
		venderRemark: order.memo.seller,
		orderStartTime: beijing(order.placedMs),
		orderEndTime: order.endedMs === null ? noTime : beijing(order.endedMs),
		paymentConfirmTime: order.paidMs === null ? noTime : beijing(order.paidMs),
		modified: beijing(order.modifiedMs),
		...parcels(order),
		consigneeInfo: consignee(order),
		itemInfoList: order.lines.map(item),
		couponDetailList: coupons(order),
		returnOrder: "0",
		parentOrderId: "0",
		directParentOrderId: "0",
		storeOrder: "",
		storeId: "0",
		idSopShipmenttype: 0,
		orderSource: "移动端订单",
		pin: "",
		open_id_buyer: order.buyer.openId,
		xid_buyer: `o*${order.buyer.openId.slice(0, 10)}`,
	};
}

/** Of every fourth order the discount on the whole of it is 京东's own, and of every fifth some was paid from a balance. */
const byPlatform = (order: MarketOrder): boolean => hash(order.platformOrderId) % 4 === 0;
const balanceFen = (order: MarketOrder): number =>
	hash(`balance:${order.platformOrderId}`) % 5 === 0 ? Math.min(1234, Math.floor(order.paidFen / 2)) : 0;

function amounts(order: MarketOrder): JdObject {
	const goodsFen = sum(order.lines, (line) => line.priceFen * line.quantity);
	const ownFen = sum(order.lines, (line) => line.discountFen);
	const wholeFen = sum(order.lines, (line) => line.orderDiscountFen);
	const sellerFen = byPlatform(order) ? ownFen : ownFen + wholeFen;
	return {
		orderTotalPrice: yuan(goodsFen),
		orderSellerPrice: yuan(goodsFen + order.freightFen - sellerFen),
		orderPayment: yuan(order.paidFen - balanceFen(order)),
		freightPrice: yuan(order.freightFen),
		sellerDiscount: yuan(sellerFen),
		balanceUsed: yuan(balanceFen(order)),
	};
}

function coupons(order: MarketOrder): JdObject[] {
	const wholeFen = sum(order.lines, (line) => line.orderDiscountFen);
	const whole = wholeFen > 0 ? [coupon(order, "", byPlatform(order) ? "41-京东券优惠" : "100-店铺优惠", wholeFen)] : [];
	const single = order.lines.filter((line) => line.discountFen > 0);
	return [...single.map((line) => coupon(order, line.platformSkuId, "30-单品促销优惠", line.discountFen)), ...whole];
}

function coupon(order: MarketOrder, skuId: string, couponType: string, fen: number): JdObject {
	return { orderId: order.platformOrderId, skuId, couponType, couponPrice: yuan(fen) };
}

/** Companies joined by "|", the numbers of one company by ",". */
function parcels({ parcels }: MarketOrder): JdObject {
	const companies = [...new Set(parcels.map(({ carrier }) => carrier))];
	const numbers = companies.map((company) =>
		parcels.flatMap(({ carrier, trackingNo }) => (carrier === company ? [trackingNo] : [])).join(","),
	);
	return { waybill: numbers.join("|"), logisticsId: companies.join("|") };
}

function consignee(order: MarketOrder): JdObject {
	const { name, mobile, province, city, district, town } = order.receiver;
	return {
		fullname: `${name.slice(0, 1)}**`,
		telephone: "",
		mobile: `${mobile.slice(0, 3)}****${mobile.slice(-4)}`,
		fullAddress: `${province}${city}${district}${town}****`,
		province,
		city,
		county: district,
		town,
		provinceId: areaId(province),
		cityId: areaId(city),
		countyId: areaId(district),
		townId: areaId(town),
		oaid: oaidOf(order),
	};
}

/** 京东's number of a place; "0" where there is none. */
const areaId = (name: string): string => (name === "" ? "0" : String(1 + (hash(name) % 50_000)));

function item(line: MarketLine): JdObject {
	const attributes = line.spec.split(";").map((pair) => pair.split(":").at(-1));
	return {
		skuId: line.platformSkuId,
		outerSkuId: line.sku,
		wareId: line.productId,
		skuName: [line.title, ...attributes].join(" "),
		jdPrice: yuan(line.priceFen),
		itemTotal: String(line.quantity),
		giftPoint: "0",
		productNo: line.productCode,
		serviceName: "",
		newStoreId: "0",
	};
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
	return items.reduce((total, each) => total + amount(each), 0);
}
