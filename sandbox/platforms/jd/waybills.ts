import { seal } from "../../print/seal.ts";
import { Arguments } from "./arguments.ts";
import { answered, type Call, type Method, neededOrder } from "./call.ts";
import { type JdObject, said } from "./envelope.ts";
import { invalid, JdRefusal } from "./errors.ts";
import { oaidOf } from "./order.ts";

/** The contracts the demo seller has. `direct`: 直营, known by a settlement code; the others by a branch. */
const contracts: readonly { id: number; code: string; carrier: string; name: string; direct: boolean }[] = [
	{ id: 1, code: "SF", carrier: "SF", name: "顺丰速运", direct: true },
	{ id: 2, code: "ZTO", carrier: "ZTO", name: "中通快递", direct: false },
	{ id: 3, code: "YTO", carrier: "YTO", name: "圆通速递", direct: false },
	{ id: 4, code: "STO", carrier: "STO", name: "申通快递", direct: false },
	{ id: 5, code: "YUNDA", carrier: "YUNDA", name: "韵达快递", direct: false },
	{ id: 6, code: "JTSD", carrier: "JTSD", name: "极兔速递", direct: false },
	{ id: 7, code: "EMS", carrier: "EMS", name: "EMS", direct: true },
	{ id: 8, code: "ZGYZZHDD", carrier: "POSTB", name: "邮政快递包裹", direct: true },
	{ id: 9, code: "DBKD", carrier: "DBKD", name: "德邦快递", direct: true },
	{ id: 10, code: "JD", carrier: "JD", name: "京东快递", direct: true },
];
type Contract = (typeof contracts)[number];

const branchOf = ({ code, direct }: Contract): string => (direct ? "" : `${code}-755001`);
const settlementOf = ({ id, direct }: Contract): string => (direct ? `010K${100_000 + id}` : "");

/** Source: jingdong.ldop.alpha.provider.sign.success. */
const signed: Method = (call) =>
	answered("resultInfo", said.waybill, () => {
		const { shop, waybills } = call;
		checkVendor(call, call.args.needed("vendorCode"));
		const data = contracts.map((contract) => ({
			providerId: contract.id,
			providerCode: contract.code,
			providerName: contract.name,
			providerType: contract.direct ? 2 : 1,
			branchCode: branchOf(contract),
			branchName: contract.direct ? "" : `深圳南山${contract.name}网点`,
			settlementCode: settlementOf(contract),
			amount: waybills.left(shop, contract.carrier),
			operationType: 1,
			supportCod: false,
			address: sender,
		}));
		return { data };
	});

const sender = {
	provinceId: 19,
	provinceName: "广东",
	cityId: 1607,
	cityName: "深圳市",
	countryId: 3155,
	countryName: "南山区",
	countrysideId: 62117,
	countrysideName: "粤海街道",
	address: "科苑路15号B座1楼",
};

/** A number for one parcel; the same `vendorOrderCode` gets the same. Source: jingdong.ldop.alpha.waybill.receive. */
const receive: Method = (call) =>
	answered("resultInfo", said.waybill, () => {
		const { shop, waybills } = call;
		const content = Arguments.of(call.args.needed("content"), "content");
		checkVendor(call, content.needed("vendorCode"));
		content.int("waybillType", 1, 1);
		content.int("waybillCount", 1, 1);
		const contract = contractOf(content);
		const order = neededOrder(call, content.id("platformOrderNo"));
		if (content.needed("salePlatform") !== "0010001") throw new JdRefusal("7002", "销售平台不正确");
		for (const name of ["provinceName", "address", "contact", "mobile"]) content.part("fromAddress").needed(name);
		if (content.part("toAddress").text("oaid") !== oaidOf(order)) throw new JdRefusal("7003", "OAID与订单不匹配");
		const key = content.needed("vendorOrderCode");
		const trackingNo = waybills.take(shop, { orderId: order.platformOrderId, carrier: contract.carrier, key });
		return { data: { platformOrderNo: order.platformOrderId, waybillCodeList: [trackingNo] } };
	});

function contractOf(content: Arguments): Contract {
	const id = content.int("providerId", 1, 1e9);
	const contract = contracts.find((each) => each.id === id && each.code === content.needed("providerCode"));
	if (!contract) throw new JdRefusal("7001", "承运商未签约");
	const given = contract.direct ? content.text("settlementCode") : content.text("branchCode");
	if (given !== (contract.direct ? settlementOf(contract) : branchOf(contract))) {
		throw new JdRefusal("7004", contract.direct ? "财务结算编码不正确" : "网点编码不正确");
	}
	return contract;
}

function checkVendor({ shop }: Call, vendorCode: string): void {
	if (vendorCode !== shop.sellerId) throw invalid("vendorCode", "不是授权商家");
}

/** Source: jingdong.ldop.alpha.waybill.api.unbind. */
const unbind: Method = (call) =>
	answered("resultInfo", said.waybill, () => {
		const { args, shop, waybills } = call;
		const trackingNo = args.needed("waybillCode");
		const contract = contracts.find(({ id }) => id === args.int("providerId", 1, 1e9));
		const waybill = waybills.find(shop, trackingNo);
		if (!waybill || contract?.carrier !== waybill.carrier) throw new JdRefusal("7005", "运单号不存在");
		if (!waybills.cancel(shop, trackingNo)) throw new JdRefusal("7006", "运单已出库，不能解绑");
	});

/** Source: jingdong.printing.template.getTemplateList. */
const templates: Method = ({ args }) =>
	answered("returnType", said.printing, () => {
		const cpCode = args.part("param1").needed("cpCode");
		const url = (name: string): string => `https://template.example/jd/${cpCode}/${name}`;
		const standard = {
			standardTemplateId: 101,
			standardTemplateName: "一联单 76×130",
			standardTemplateUrl: url("76x130"),
		};
		const own = {
			userStdTemplateId: 9001,
			userStdTemplateName: "店铺自定义",
			userStdTemplateUrl: url("own"),
			keys: [],
		};
		return {
			datas: {
				sDatas: [{ cpCode, standardTemplates: [{ ...standard, standardWaybillType: "1" }] }],
				uDatas: [{ cpCode, userStdTemplates: [own] }],
			},
		};
	});

/** What the print client is given: sealed, so nobody in between can read a receiver. Source: …printData.pullData. */
const printData: Method = (call) =>
	answered("returnType", said.printing, () => {
		const wish = call.args.part("param1");
		const cpCode = wish.needed("cpCode");
		const objectId = wish.needed("objectId");
		const prePrintDatas = wish.parts("wayBillInfos").map((info) => printOne(call, cpCode, info));
		return { objectId, prePrintDatas };
	});

function printOne({ shop, waybills }: Call, cpCode: string, info: Arguments): JdObject {
	info.int("popFlag", 0, 1);
	const trackingNo = info.needed(cpCode === "JD" ? "jdWayBillCode" : "wayBillCode");
	const waybill = waybills.find(shop, trackingNo);
	const carrier = contracts.find(({ code }) => code === cpCode)?.carrier;
	const isKnown = waybill && !waybill.cancelled && waybill.carrier === carrier;
	if (!isKnown || waybill.orderId !== info.needed("orderNo")) {
		return { code: "0", msg: "运单号不存在", wayBillNo: trackingNo };
	}
	const perPrintData = seal({ platform: "jd", trackingNo });
	return { code: "1", msg: "成功", wayBillNo: trackingNo, packageCode: `${trackingNo}-1-1-`, perPrintData };
}

export const waybillMethods: Readonly<Record<string, Method>> = {
	"jingdong.ldop.alpha.provider.sign.success": signed,
	"jingdong.ldop.alpha.waybill.receive": receive,
	"jingdong.ldop.alpha.waybill.api.unbind": unbind,
	"jingdong.printing.template.getTemplateList": templates,
	"jingdong.printing.printData.pullData": printData,
};
