import { seal } from "../../print/seal.ts";
import type { WaybillNumber } from "../waybills.ts";
import type { Arguments } from "./arguments.ts";
import { orderOf, type SellerCall, type SellerMethod } from "./call.ts";
import { carrierOf } from "./carriers.ts";
import type { XhsObject } from "./envelope.ts";
import { invalid, refused, unauthorised, XhsError } from "./errors.ts";
import { openAddressId } from "./order-document.ts";

const billVersion = 2;
const mostAtOnce = 10;
const direct = new Set(["shunfeng", "ems", "jd"]); // run their own branches: numbers are not bought
const subscribed = ["shunfeng", "zhongtong", "yuantong", "yunda", "jd"] as const;

/** Contracts with carriers. Source: express.queryEbillSubscribes. */
const subscribes: SellerMethod = (call) => {
	mustBeCurrent(call.args);
	const wanted = call.args.text("cpCode");
	const withUsage = call.args.flag("needUsage") ?? false;
	const codes = subscribed.filter((code) => wanted === null || code === wanted);
	return { subscribeList: codes.map((code) => subscription(call, code, withUsage)) };
};

function subscription({ waybills, shop }: SellerCall, cpCode: string, withUsage: boolean): XhsObject {
	const carrier = carrierOf(cpCode);
	const left = waybills.left(shop, carrier?.ours ?? "");
	const usage = { quantity: left, allocatedQuantity: 0, cancelQuantity: 0, recycledQuantity: 0 };
	const address = { province: "浙江省", city: "杭州市", district: "余杭区", town: "仓前街道", detail: "示例路1号" };
	return {
		cpCode,
		cpName: carrier?.name,
		cpType: direct.has(cpCode) ? 1 : 2,
		branchCode: branchOf(cpCode),
		branchName: direct.has(cpCode) ? "" : "杭州余杭一部",
		brandCode: "",
		customerCode: direct.has(cpCode) ? `MONTHLY-${cpCode}` : "",
		senderAddressList: [{ name: shop.name, mobile: "13900000001", address }],
		...(withUsage && { usage }),
	};
}

/** Source: express.queryEbillTemplates. */
const templates: SellerMethod = ({ args }) => {
	mustBeCurrent(args);
	const cpCode = args.needed("cpCode");
	return { templateList: subscribed.includes(cpCode as (typeof subscribed)[number]) ? templatesOf(cpCode) : [] };
};

function templatesOf(cpCode: string): { id: string; standardTemplateUrl: string }[] {
	const number = carrierOf(cpCode)?.id ?? 0;
	return ["76*130", "100*150"].map((templateType, at) => ({
		id: String(number * 10 + at + 1),
		cpCode,
		templateType,
		templateName: `${carrierOf(cpCode)?.name}标准面单 ${templateType}`,
		standardTemplateUrl: `https://cloudprint.xiaohongshu.com/template/standard/${number}/${at + 1}`,
		customerTemplateUrl: "",
		customerPrintItems: [],
	}));
}

/** Takes numbers, each parcel by itself; the same package gets the same number. Source: express.createEbillOrders. */
const create: SellerMethod = (call) => {
	const { args } = call;
	mustBeCurrent(args);
	const cpCode = subscribedCode(args);
	if ((args.text("branchCode") ?? "") !== branchOf(cpCode)) throw refused("网点编码与订购关系不符");
	args.needed("sellerName");
	const sender = args.object("sender");
	const senderParts = { name: sender.needed("name"), mobile: sender.needed("mobile") };
	sender.object("address").needed("province");
	const orders = args.objects("tradeOrderInfoList", mostAtOnce);
	return { wayBillList: orders.map((order) => createOne(call, cpCode, senderParts, order)), subErrorCode: "" };
};

function createOne(call: SellerCall, cpCode: string, sender: XhsObject, wish: Arguments): XhsObject {
	const { waybills, shop } = call;
	const objectId = wish.needed("objectId");
	const failed = (errorCode: string, errorMsg: string): XhsObject => ({
		objectId,
		success: false,
		errorCode,
		errorMsg,
	});
	const template = templatesOf(cpCode).find(({ id }) => id === wish.needed("templateId"));
	if (!template) return failed("301", "模板不存在");
	const info = wish.object("orderInfo");
	if (info.needed("orderChannelsType") !== "XIAO_HONG_SHU") return failed("301", "渠道类型错误");
	if (info.texts("tradeOrderList").length === 0) return failed("301", "缺少tradeOrderList");
	const order = orderOf(call, info.needed("xhsOrderId"));
	const parcel = wish.object("packageInfo");
	for (const item of parcel.objects("items", 100)) {
		item.needed("name");
		item.int("count", 1, 100_000);
	}
	if (wish.object("recipient").needed("openAddressId") !== openAddressId(shop, order)) {
		return failed("401", "收件地址已变更");
	}
	const trackingNo = waybills.take(shop, {
		orderId: order.platformOrderId,
		carrier: carrierOf(cpCode)?.ours ?? "",
		key: `${cpCode}:${parcel.needed("id")}`,
	});
	const prints = printsOf(trackingNo, order.platformOrderId, template.standardTemplateUrl, sender);
	return { objectId, waybillCode: trackingNo, parentWaybillCode: "", cpCode, success: true, ...prints };
}

/** Source: express.queryEbillOrder. */
const query: SellerMethod = (call) => {
	const { args } = call;
	mustBeCurrent(args);
	const cpCode = subscribedCode(args);
	const waybill = waybillOf(call);
	const url = templatesOf(cpCode)[0]?.standardTemplateUrl ?? "";
	return { cpCode, ...printsOf(waybill.trackingNo, waybill.orderId, url, {}) };
};

/** Gives a number back while its parcel has not moved. Source: express.cancelEbillOrder. */
const cancel: SellerMethod = (call) => {
	mustBeCurrent(call.args);
	subscribedCode(call.args);
	const { trackingNo } = waybillOf(call);
	if (!call.waybills.cancel(call.shop, trackingNo)) throw unauthorised("运单已有物流轨迹，不能取消");
	return null;
};

/** What the print client gets: two JSON texts, the carrier's part as ciphertext. */
function printsOf(
	trackingNo: string,
	orderId: string,
	templateURL: string,
	sender: XhsObject,
): { printData: string; customerPrintData: string } {
	const encryptedData = `AES:${seal({ platform: "xiaohongshu", trackingNo })}`;
	const ver = "waybill_print_xiaohongshu_secret";
	return {
		printData: JSON.stringify({ encryptedData, ver, templateURL, addData: { sender } }),
		customerPrintData: JSON.stringify({ data: { order: [orderId] }, templateURL: `${templateURL}/customer` }),
	};
}

function waybillOf({ args, waybills, shop }: SellerCall): WaybillNumber {
	const waybill = waybills.find(shop, args.needed("waybillCode"));
	if (!waybill || waybill.cancelled) throw unauthorised("运单不存在");
	return waybill;
}

function mustBeCurrent(args: Arguments): void {
	if (args.int("billVersion", 1, 2) !== billVersion) throw invalid("billVersion", "沙箱仅支持2");
}

function subscribedCode(args: Arguments): string {
	const cpCode = args.needed("cpCode");
	if (subscribed.some((code) => code === cpCode)) return cpCode;
	throw new XhsError(401, "未订购该快递公司的电子面单");
}

function branchOf(cpCode: string): string {
	return direct.has(cpCode) ? "" : `BR-${cpCode}-01`;
}

export const ebillMethods: Readonly<Record<string, SellerMethod>> = {
	"express.queryEbillSubscribes": subscribes,
	"express.queryEbillTemplates": templates,
	"express.createEbillOrders": create,
	"express.queryEbillOrder": query,
	"express.cancelEbillOrder": cancel,
};
