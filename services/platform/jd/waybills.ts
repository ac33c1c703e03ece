import { hubError } from "../../../config/errors.ts";
import type { ShopAccess } from "../adapter.ts";
import { badAnswer, refusedBy } from "../answer.ts";
import { idNumber, jsonText } from "../json-text.ts";
import { optionalInteger, part, type RawRecord, requiredText, rows, text, texts } from "../record.ts";
import type { Steps } from "../steps.ts";
import { platformCarrier } from "../table.ts";
import type {
	PrintedWaybill,
	Waybill,
	WaybillAccount,
	WaybillDriver,
	WaybillTemplate,
	WaybillWish,
} from "../waybill.ts";
import { orLater } from "../waybill-print.ts";
import { templateUrlOf } from "../waybill-template.ts";
import { partOf, resultOf } from "./answer.ts";
import { reads, writes } from "./request.ts";
import { type Contract, receiveContent } from "./waybill-content.ts";

const signedMethod = "jingdong.ldop.alpha.provider.sign.success";
const receiveMethod = "jingdong.ldop.alpha.waybill.receive";
const unbindMethod = "jingdong.ldop.alpha.waybill.api.unbind";
const templateMethod = "jingdong.printing.template.getTemplateList";
const dataMethod = "jingdong.printing.printData.pullData";

/** Our carrier codes -> 无界电子面单's. Source: providerCode of the carriers a seller has signed up with. */
const providers: Readonly<Record<string, string>> = {
	SF: "SF",
	ZTO: "ZTO",
	YTO: "YTO",
	STO: "STO",
	YUNDA: "YUNDA",
	EMS: "EMS",
	POSTB: "ZGYZZHDD",
	DBKD: "DBKD",
	JD: "JD",
};

const contracts = (carrier: string): Steps<Contract[]> =>
	reads(
		signedMethod,
		(shop: ShopAccess) => ({ vendorCode: shop.sellerId }),
		(answer) =>
			rows(resultOf(signedMethod, answer, "resultInfo"), "data")
				.filter((row) => text(row, "providerCode") === platformCarrier(providers, carrier))
				.map((row) => ({
					providerId: requiredText(row, "providerId"),
					providerCode: requiredText(row, "providerCode"),
					branchCode: text(row, "branchCode"),
					settlementCode: text(row, "settlementCode"),
					direct: text(row, "providerType") === "2",
					raw: row,
				})),
	);

function* accounts(carrier: string): Steps<WaybillAccount[]> {
	return (yield* contracts(carrier)).map(({ branchCode, settlementCode, raw }) => ({
		carrier,
		branchCode,
		branchName: text(raw, "branchName"),
		accountCode: settlementCode,
		left: optionalInteger(raw, "amount"),
		sender: [senderOf(part(raw, "address"))],
	}));
}

const senderOf = (address: RawRecord): WaybillAccount["sender"][number] => ({
	province: text(address, "provinceName"),
	city: text(address, "cityName"),
	district: text(address, "countryName"), // sic
	town: text(address, "countrysideName"),
	address: text(address, "address"),
});

/** 京东's own templates, then those the seller made of them. */
const templates = (carrier: string): Steps<WaybillTemplate[]> =>
	reads(templateMethod, { param1: { cpCode: platformCarrier(providers, carrier) } }, (answer) => {
		const result = partOf(templateMethod, answer, "returnType");
		mustBePrinted(templateMethod, result);
		const datas = part(result, "datas");
		const standard = rows(datas, "sDatas").flatMap((data) => rows(data, "standardTemplates"));
		const own = rows(datas, "uDatas").flatMap((data) => rows(data, "userStdTemplates"));
		return [
			...standard.map((template) => templateOf(template, "standardTemplate")),
			...own.map((template) => templateOf(template, "userStdTemplate")),
		];
	});

const templateOf = (template: RawRecord, prefix: string): WaybillTemplate => ({
	id: requiredText(template, `${prefix}Id`),
	name: text(template, `${prefix}Name`),
	url: text(template, `${prefix}Url`),
});

/**
 * Takes a number and fetches what the print client needs for it. The seller's own number of the parcel makes a second
 * try the same wish, but whether 京东 answers it with the same number is not documented.
 */
function* take(order: RawRecord, wish: WaybillWish): Steps<Waybill> {
	const { carrier, branchCode, accountCode, orderNo } = wish;
	const contract = (yield* contracts(carrier)).find(
		(each) => (!branchCode || each.branchCode === branchCode) && (!accountCode || each.settlementCode === accountCode),
	);
	if (!contract) throw hubError("INVALID", "there is no such contract with the carrier", { field: "branchCode" });
	const content = (shop: ShopAccess) => ({ content: jsonText(receiveContent(shop, order, contract, wish)) });
	const trackingNo = yield* writes(receiveMethod, { repeatable: false }, content, (answer) => {
		const [code] = texts(part(resultOf(receiveMethod, answer, "resultInfo"), "data"), "waybillCodeList");
		if (code === undefined) throw badAnswer(receiveMethod, answer, "no number");
		return code;
	});
	const platformNo = `${contract.providerId}:${contract.providerCode}:${contract.settlementCode}`;
	const waybill = { trackingNo, carrier, platformNo, orderNo, templateUrl: wish.templateUrl };
	return { trackingNo, carrier, platformNo, printData: yield* orLater(printData(waybill)) };
}

interface Taken {
	trackingNo: string;
	platformNo: string; // provider's number and code, and the settlement code: all that later calls want of the contract
	orderNo: string;
}

/**
 * `tempUrl` and `printData` of the print component's request, as JSON text. Source: jingdong.printing.printData.pullData;
 * the fields are those of the cloud print gateway.
 */
function* printData({ trackingNo, platformNo, orderNo, carrier, templateUrl }: PrintedWaybill): Steps<string> {
	const tempUrl = yield* templateUrlOf({ carrier, templateUrl }, templates);
	const [, cpCode = "", settlementCode = ""] = platformNo.split(":");
	const isJd = cpCode === "JD";
	const number = isJd ? { jdWayBillCode: trackingNo } : { wayBillCode: trackingNo };
	const param1 = {
		cpCode,
		objectId: trackingNo,
		parameters: { [isJd ? "ewCustomerCode" : "eCustomerCode"]: settlementCode },
		wayBillInfos: [{ orderNo, popFlag: 1, ...number }],
	};
	const sealed = yield* reads(dataMethod, { param1 }, (answer) => {
		const result = partOf(dataMethod, answer, "returnType");
		mustBePrinted(dataMethod, result);
		const [data] = rows(result, "prePrintDatas");
		if (!data || text(data, "code") !== "1") throw refusedBy(dataMethod, data ? text(data, "msg") : "no print data");
		return requiredText(data, "perPrintData");
	});
	return JSON.stringify({ tempUrl, printData: [sealed] });
}

/** Printing APIs say "1" for success. */
function mustBePrinted(method: string, result: RawRecord): void {
	const code = text(result, "code");
	if (code !== "1") throw refusedBy(method, text(result, "message"), `code ${code}`);
}

function* cancel({ trackingNo, platformNo }: Taken): Steps<void> {
	const [providerId = "", providerCode = ""] = platformNo.split(":");
	const params = { providerCode, providerId: idNumber("platformNo", providerId), waybillCode: trackingNo };
	yield* writes(
		unbindMethod,
		{ repeatable: true },
		params,
		(answer) => void resultOf(unbindMethod, answer, "resultInfo"),
	);
}

export const waybills: WaybillDriver = {
	printClient: "jd",
	repeatable: false, // not documented
	accounts,
	templates,
	take,
	printData,
	cancel,
};
