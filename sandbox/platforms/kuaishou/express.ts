import { seal, signatureOf } from "../../print/seal.ts";
import { ownOrder } from "../shop-call.ts";
import type { Arguments } from "./arguments.ts";
import { done, get, type Method, post, type SellerCall } from "./call.ts";
import { carriers } from "./carriers.ts";
import type { KsObject, Payload } from "./envelope.ts";
import { invalid, KsError, orderNotFound, refused } from "./errors.ts";
import { plainOf } from "./privacy.ts";

const sender = {
	provinceName: "浙江省",
	cityName: "杭州市",
	districtName: "余杭区",
	streetName: "仓前街道",
	detailAddress: "示例路1号发货仓",
};

/** Contracts with companies; this seller has one with each. Source: open.express.subscribe.query. */
function subscriptions({ args, shop, waybills }: SellerCall): Payload {
	const wanted = args.has("expressCompanyCode") ? companyOf(args) : null;
	const rows = carriers
		.filter(({ ebill }) => wanted === null || ebill === wanted)
		.map(({ ebill, name }) => ({
			expressCompanyCode: ebill,
			expressCompanyType: ebill === "SF" || ebill === "JD" ? 1 : 2, // direct, or by branches that sell numbers
			netSiteCode: ebill === "SF" || ebill === "JD" ? "" : `${ebill}001`,
			netSiteName: ebill === "SF" || ebill === "JD" ? "" : `${name}余杭网点`,
			settleAccount: ebill === "SF" || ebill === "JD" ? "5710000001" : "",
			availableQuantity: waybills.left(shop, ebill),
			senderAddress: [sender],
		}));
	return { data: rows };
}

/** Source: open.express.standard.template.list.get. */
function templates({ args }: SellerCall): Payload {
	const wanted = args.has("expressCompanyCode") ? companyOf(args) : null;
	const rows = carriers
		.filter(({ ebill }) => wanted === null || ebill === wanted)
		.map(({ ebill, name }) => ({
			templateName: `${name}一联单`,
			templateUrl: `https://templates.example/${ebill}/76x130`,
			templateCode: `${ebill}-76x130`,
			waybillType: 1,
			expressCompanyCode: ebill,
		}));
	return { data: rows };
}

/** Each of up to ten requests has its own outcome, inside a success. Source: open.express.ebill.get. */
function take(call: SellerCall): Payload {
	const outcomes = call.args.list("getEbillOrderRequest", 10).map((wish): KsObject => {
		const requestId = wish.words("requestId");
		try {
			return { requestId, baseResponse: { result: 1, success: true, message: "" }, data: [takeOne(call, wish)] };
		} catch (err) {
			if (!(err instanceof KsError)) throw err;
			return { requestId, baseResponse: { result: err.result, success: false, message: err.message }, data: [] };
		}
	});
	return { data: outcomes };
}

function takeOne(call: SellerCall, wish: Arguments): KsObject {
	const { shop, waybills } = call;
	if (wish.words("merchantCode") !== shop.sellerId) throw invalid("merchantCode", "应为商家openId");
	wish.words("merchantName");
	const company = companyOf(wish);
	const orderId = wish.words("tradeOrderCode");
	if (orderId.length > 32) throw invalid("tradeOrderCode", "不能超过32个字符");
	const order = ownOrder(call, orderId);
	if (!order) throw orderNotFound();
	const packageCode = wish.words("packageCode");
	const templateUrl = wish.words("templateUrl");
	for (const item of wish.list("itemList", 100)) {
		item.words("itemTitle");
		item.int("itemQuantity", 1, 100_000);
	}
	wish.part("senderContract").words("name");
	wish.part("senderAddress").words("detailAddress");
	const receiver = wish.part("receiverContract");
	const address = wish.part("receiverAddress");
	const ciphers = [receiver.words("name"), receiver.words("mobile"), address.words("detailAddress")];
	if (ciphers.some((cipher) => plainOf(cipher, orderId) === null)) throw refused("快手订单收件信息必须为密文");
	const key = `${orderId}:${packageCode}:${company}`;
	const trackingNo = waybills.take(shop, { orderId, carrier: company, key });
	return waybillRecord(trackingNo, templateUrl);
}

/** Answers the print data anew. Source: open.express.ebill.update. */
function update(call: SellerCall): Payload {
	const { waybillCode, company } = takenOf(call);
	return { data: [waybillRecord(waybillCode, `https://templates.example/${company}/76x130`)] };
}

/** Gives the number back. Source: open.express.ebill.cancel. */
function cancel(call: SellerCall): Payload {
	const { waybillCode } = takenOf(call);
	if (!call.waybills.cancel(call.shop, waybillCode)) throw refused("面单已揽收，不能取消");
	return done;
}

function takenOf({ args, shop, waybills }: SellerCall): { waybillCode: string; company: string } {
	const waybillCode = args.words("waybillCode");
	const company = companyOf(args);
	if (waybills.find(shop, waybillCode)?.carrier !== company) throw refused("面单不存在");
	return { waybillCode, company };
}

/** What the print client is given: the receiver stays encrypted in it. */
function waybillRecord(waybillCode: string, templateURL: string): KsObject {
	const encryptedData = seal({ platform: "kuaishou", trackingNo: waybillCode });
	const signature = signatureOf(encryptedData);
	const shared = { signature, key: "sandbox", ver: "1.0" };
	return {
		waybillCode,
		parentWaybillCode: "",
		printData: JSON.stringify({ encryptedData, ...shared, templateURL }),
		signature,
		key: shared.key,
		version: shared.ver,
		waybillPackageCode: "",
	};
}

function companyOf(args: Arguments): string {
	const code = args.words("expressCompanyCode");
	if (!carriers.some(({ ebill }) => ebill === code)) throw invalid("expressCompanyCode", "快递公司不存在");
	return code;
}

export const expressMethods: Readonly<Record<string, Method>> = {
	"open.express.subscribe.query": get(subscriptions),
	"open.express.standard.template.list.get": post(templates),
	"open.express.ebill.get": post(take),
	"open.express.ebill.update": post(update),
	"open.express.ebill.cancel": get(cancel),
};
