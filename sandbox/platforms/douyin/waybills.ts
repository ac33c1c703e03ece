import { createHash } from "node:crypto";
import { seal, signatureOf } from "../../print/seal.ts";
import type { MarketOrder } from "../market-order.ts";
import type { WaybillNumber } from "../waybills.ts";
import { orderOf, type SellerCall, type SellerMethod } from "./call.ts";
import { carrierOf, carriers } from "./carriers.ts";
import { cipherOf } from "./ciphers.ts";
import type { DoudianObject } from "./envelope.ts";
import { DoudianError, invalidParam } from "./errors.ts";
import type { Params } from "./params.ts";

/** Carriers that run their branches themselves sell no numbers in advance. */
const directlyRun: ReadonlySet<string> = new Set(["shunfeng", "ems", "youzhengguonei", "debangwuliu", "jd"]);
const mostAtOnce = 10;

const senderAddress = {
	province_name: "浙江省",
	city_name: "杭州市",
	district_name: "余杭区",
	street_name: "仓前街道",
	detail_address: "示例路1号",
};

/** The branches the seller has contracts with: one of each carrier. Source: logistics.listShopNetsite. */
const listNetsites: SellerMethod = ({ params, shop, waybills }) => {
	const wanted = params.text("logistics_code");
	const netsites = carriers
		.filter(({ code }) => wanted === null || code === wanted)
		.map(({ id, code, name, ours }): DoudianObject => {
			const left = waybills.left(shop, ours);
			return {
				netsite_code: directlyRun.has(code) ? "" : `57${id}01`,
				netsite_name: directlyRun.has(code) ? "" : `${name}仓前网点`,
				amount: directlyRun.has(code) ? "0" : String(left),
				allocated_quantity: "0",
				cancelled_quantity: "0",
				recycled_quantity: "0",
				company: code,
				company_type: directlyRun.has(code) ? 1 : 2,
				sender_address: [senderAddress],
			};
		});
	return { netsites };
};

/** Numbers for parcels, each answered for itself under the code of success. Source: logistics.newCreateOrder. */
const createOrder: SellerMethod = (call) => {
	const { params } = call;
	const carrier = carrierOf(params.neededText("logistics_code"));
	if (!carrier) throw invalidParam("logistics_code", "物流服务商不存在");
	const sender = params.object("sender_info");
	addressOf(sender);
	sender.object("contact").neededText("name");
	if (!sender.object("contact").text("mobile")) sender.object("contact").neededText("phone");
	const ebill_infos: DoudianObject[] = [];
	const err_infos: DoudianObject[] = [];
	for (const info of params.objects("order_infos", mostAtOnce)) {
		const order_id = info.neededText("order_id");
		const pack_id = info.text("pack_id") ?? "";
		try {
			const order = orderOf(call, order_id);
			checkReceiver(order, info.object("receiver_info"));
			for (const item of info.objects("items", 100)) {
				item.neededText("item_name");
				item.int("item_count", null, 1, 100_000);
			}
			const track_no = takeNumber(call, order, carrier.ours, pack_id);
			ebill_infos.push({
				order_id,
				pack_id,
				track_no,
				sort_code: "571-01-01",
				company: carrier.code,
				sub_waybill_codes: "",
			});
		} catch (err) {
			if (!(err instanceof DoudianError)) throw err;
			err_infos.push({ order_id, pack_id, err_code: String(err.code), err_msg: err.subMsg });
		}
	}
	return { ebill_infos, err_infos };
};

function takeNumber({ waybills, shop }: SellerCall, order: MarketOrder, carrier: string, packId: string): string {
	const orderId = order.platformOrderId;
	const key = `${orderId}:${packId}:${carrier}`;
	return waybills.take(shop, { orderId, carrier, key });
}

function addressOf(person: Params): Params {
	const address = person.object("address");
	for (const name of ["country_code", "province_name", "district_name", "detail_address"]) address.neededText(name);
	return address;
}

/** A receiver in plain text is refused: ciphertext is passed through as the order tells it. */
function checkReceiver(order: MarketOrder, receiver: Params): void {
	const contact = receiver.object("contact");
	const right =
		addressOf(receiver).text("detail_address") === cipherOf(order, "address") &&
		contact.text("name") === cipherOf(order, "name") &&
		contact.text("mobile") === cipherOf(order, "phone");
	if (!right) throw invalidParam("receiver_info", "收件人信息须为订单密文");
}

/** What a number prints, for the print client. Source: logistics.waybillApply. */
const apply: SellerMethod = (call) => {
	const waybill_infos: DoudianObject[] = [];
	const err_infos: DoudianObject[] = [];
	for (const wish of call.params.objects("waybill_applies", mostAtOnce)) {
		const code = wish.neededText("logistics_code");
		const track_no = wish.neededText("track_no");
		const waybill = numberOf(call, code, track_no);
		if (!waybill || waybill.cancelled) {
			err_infos.push({ track_no, order_id: "", err_code: "1", err_msg: "运单号不存在或已取消" });
			continue;
		}
		const print_data = seal({ platform: "douyin", trackingNo: track_no });
		const sign = signatureOf(print_data);
		waybill_infos.push({ order_id: waybill.orderId, track_no, print_data, sign });
	}
	return { waybill_infos, err_infos };
};

/** A number this seller took of that carrier. */
function numberOf({ waybills, shop }: SellerCall, code: string, trackingNo: string): WaybillNumber | undefined {
	const waybill = waybills.find(shop, trackingNo);
	return waybill && carrierOf(code)?.ours === waybill.carrier ? waybill : undefined;
}

/** Source: logistics.cancelOrder. */
const cancel: SellerMethod = (call) => {
	const waybill = numberOf(call, call.params.neededText("logistics_code"), call.params.neededText("track_no"));
	const success = waybill !== undefined && call.waybills.cancel(call.shop, waybill.trackingNo);
	return { cancel_result: { success } };
};

/** Two standard templates of each carrier. Source: logistics.templateList. */
const templates: SellerMethod = () => ({
	template_data: carriers.map(({ id, code, name }) => ({
		logistics_code: code,
		template_infos: ["一联单", "二联单"].map((kind, at) => ({
			template_id: id * 100 + at,
			template_code: `${code}_${at + 1}`,
			template_name: `${name}${kind}`,
			template_url: `https://print.example/douyin/${code}/${at + 1}.xml`,
			template_type: at + 1,
			version: 1,
			perview_url: "",
		})),
	})),
});

/** Source: logistics.getShopKey; asked by the print client with a query that the seller's system signed. */
const shopKey: SellerMethod = ({ shop }) => ({ key: createHash("md5").update(`print:${shop.shopId}`).digest("hex") });

export const waybillMethods: Readonly<Record<string, SellerMethod>> = {
	"logistics.listShopNetsite": listNetsites,
	"logistics.newCreateOrder": createOrder,
	"logistics.waybillApply": apply,
	"logistics.cancelOrder": cancel,
	"logistics.templateList": templates,
	"logistics.getShopKey": shopKey,
};
