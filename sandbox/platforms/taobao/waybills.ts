import { seal, signatureOf } from "../../print/seal.ts";
import type { MarketOrder } from "../market-order.ts";
import { ownOrder } from "../shop-call.ts";
import type { WaybillNumber } from "../waybills.ts";
import type { SellerCall, SellerMethod } from "./call.ts";
import { carrierOf, carriers } from "./carriers.ts";
import { list, type TopObject } from "./envelope.ts";
import { invalid, TopError, tradeNotExist } from "./errors.ts";
import { fieldsIn, jsonArgument, textOf } from "./json-argument.ts";
import { oaidOf } from "./trade.ts";

type Carrier = (typeof carriers)[number];

const mostAtOnce = 10;
const templateHost = "http://cloudprint.cainiao.com/template/standard";
const branch = { branch_code: "571001", branch_name: "余杭仓前网点" };

/** One branch of every carrier, or of the one asked for. Source: cainiao.waybill.ii.search. */
const search: SellerMethod = ({ args, shop, waybills }) => {
	const cpCode = args.text("cp_code");
	const infos = carriers
		.filter(({ code }) => cpCode === null || code === cpCode)
		.map(({ code, ours }) => {
			const left = waybills.left(shop, ours);
			const account = {
				...branch,
				branch_status: 1,
				quantity: left,
				shipp_address_cols: list("address_dto", [sender]),
			};
			return { cp_code: code, cp_type: 2, branch_account_cols: list("waybill_branch_account", [account]) };
		});
	return { waybill_apply_subscription_cols: list("waybill_apply_subscription_info", infos) };
};

const sender = { province: "浙江省", city: "杭州市", district: "余杭区", town: "仓前街道", detail: "示例路1号" };

/** Numbers for parcels of trades. The same `object_id` of the same trade gets the same number. Source: cainiao.waybill.ii.get. */
const take: SellerMethod = (call) => {
	const name = "param_waybill_cloud_print_apply_new_request";
	const request = fieldsIn(jsonArgument(call.args, name));
	const carrier = knownCarrier(request.cp_code);
	mustBeSender(request.sender);
	const parcels = request.trade_order_info_dtos;
	if (!Array.isArray(parcels) || parcels.length === 0 || parcels.length > mostAtOnce) {
		throw invalid("trade_order_info_dtos", `应为1-${mostAtOnce}个`);
	}
	const taken = parcels.map((parcel) => takeOne(call, carrier, fieldsIn(parcel)));
	return { modules: list("waybill_cloud_print_response", taken) };
};

function takeOne(call: SellerCall, { code, ours }: Carrier, parcel: Record<string, unknown>): TopObject {
	const { shop, waybills } = call;
	const orderInfo = fieldsIn(parcel.order_info);
	const [tid] = Array.isArray(orderInfo.trade_order_list) ? orderInfo.trade_order_list.map(textOf) : [];
	if (!["TB", "TM"].includes(textOf(orderInfo.order_channels_type)))
		throw invalid("order_channels_type", "不支持的渠道");
	if (textOf(parcel.user_id) !== shop.sellerId) throw invalid("user_id", "不是授权的卖家");
	const objectId = needed(parcel, "object_id");
	const templateUrl = needed(parcel, "template_url");
	if (!templateUrl.startsWith(`${templateHost}/`)) throw invalid("template_url", "模板不存在");
	mustHaveItems(fieldsIn(parcel.package_info));
	const order = receiverOrder(call, fieldsIn(parcel.recipient), tid ?? "");
	const trackingNo = waybills.take(shop, {
		orderId: order.platformOrderId,
		carrier: ours,
		key: `${code}:${objectId}`,
	});
	return {
		object_id: objectId,
		waybill_code: trackingNo,
		cp_code: code,
		print_data: printData(trackingNo, templateUrl),
	};
}

/** Masked values are allowed with the trade's own OAID: the platform fills the rest in. */
function receiverOrder(call: SellerCall, recipient: Record<string, unknown>, tid: string): MarketOrder {
	const order = ownOrder(call, tid);
	if (!order || textOf(recipient.tid) !== tid) throw tradeNotExist();
	needed(recipient, "name");
	if (!textOf(recipient.mobile) && !textOf(recipient.phone)) throw invalid("recipient", "缺少mobile或phone");
	needed(fieldsIn(recipient.address), "detail");
	if (textOf(recipient.oaid) !== oaidOf(order)) throw new TopError(15, "isv.oaid-not-match", "oaid与订单不匹配");
	return order;
}

function mustBeSender(value: unknown): void {
	const given = fieldsIn(value);
	needed(given, "name");
	if (!textOf(given.mobile) && !textOf(given.phone)) throw invalid("sender", "缺少mobile或phone");
	const address = fieldsIn(given.address);
	for (const part of ["province", "city", "district", "detail"] as const) {
		if (textOf(address[part]) !== sender[part]) throw new TopError(15, "isv.sender-address-error", "发货地址未订购");
	}
}

function mustHaveItems({ items }: Record<string, unknown>): void {
	const rows = Array.isArray(items) ? items.map(fieldsIn) : [];
	if (rows.length === 0) throw invalid("package_info", "缺少items");
	for (const row of rows)
		if (!needed(row, "name") || Number(textOf(row.count)) < 1) throw invalid("items", "缺少count");
}

/** The print data of numbers taken before. Source: cainiao.waybill.ii.query.by.waybillcode. */
const query: SellerMethod = (call) => {
	const queries = jsonArgument(call.args, "param_list");
	if (!Array.isArray(queries) || queries.length === 0) throw invalid("param_list", "应为JSON数组");
	const found = queries.map(fieldsIn).map((each): TopObject => {
		const waybill = waybillOf(call, knownCarrier(each.cp_code), textOf(each.waybill_code));
		if (!waybill) return { success: false, error_code: "S01", error_message: "面单号不存在或已取消" };
		const { trackingNo } = waybill;
		const print_data = printData(trackingNo, `${templateHost}/101`);
		return { success: true, waybill_cloud_print_response: { waybill_code: trackingNo, print_data } };
	});
	return { modules: list("waybill_cloud_print_with_result_desc_response", found) };
};

/** Source: cainiao.waybill.ii.cancel. */
const cancel: SellerMethod = (call) => {
	const { args, shop, waybills } = call;
	const waybill = waybillOf(call, knownCarrier(args.needed("cp_code")), args.needed("waybill_code"), true);
	if (!waybill) throw new TopError(15, "isv.waybill-not-exist", "面单号不存在");
	return { cancel_result: waybills.cancel(shop, waybill.trackingNo) };
};

/** Two templates of every carrier. Source: cainiao.cloudprint.stdtemplates.get. */
const templates: SellerMethod = () => {
	const groups = carriers.map(({ code, name }, at) => {
		const template = (number: number, kind: string): TopObject => ({
			standard_template_id: number,
			standard_template_name: `${name}${kind}`,
			standard_template_url: `${templateHost}/${number}`,
			standard_waybill_type: 1,
		});
		const two = [template(101 + at * 10, "标准模板"), template(102 + at * 10, "三联模板")];
		return { cp_code: code, standard_templates: list("standard_template_do", two) };
	});
	return { result: { success: true, datas: list("standard_template_result", groups) } };
};

function waybillOf(
	{ shop, waybills }: SellerCall,
	{ ours }: Carrier,
	trackingNo: string,
	alsoCancelled = false,
): WaybillNumber | undefined {
	const waybill = waybills.find(shop, trackingNo);
	return waybill?.carrier === ours && (alsoCancelled || !waybill.cancelled) ? waybill : undefined;
}

function knownCarrier(cpCode: unknown): Carrier {
	const carrier = carrierOf(textOf(cpCode));
	if (!carrier) throw invalid("cp_code", "物流公司编码不存在");
	return carrier;
}

function needed(record: Record<string, unknown>, name: string): string {
	const value = textOf(record[name]);
	if (value === "") throw invalid(name, "不能为空");
	return value;
}

/** What the print client is given: unreadable to anybody else, the same for the same number. */
function printData(trackingNo: string, templateURL: string): string {
	const encryptedData = `AES:${seal({ platform: "taobao", trackingNo })}`;
	const signature = `MD:${signatureOf(encryptedData)}`;
	return JSON.stringify({ encryptedData, signature, templateURL, ver: "waybill_print_secret_version_1" });
}

export const waybillMethods: Readonly<Record<string, SellerMethod>> = {
	"cainiao.waybill.ii.search": search,
	"cainiao.waybill.ii.get": take,
	"cainiao.waybill.ii.query.by.waybillcode": query,
	"cainiao.waybill.ii.cancel": cancel,
	"cainiao.cloudprint.stdtemplates.get": templates,
};
