import type { HttpAnswer } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import type { JsonObject } from "../json-text.ts";
import { isRecord, optionalInteger, part, type RawRecord, requiredText, rows, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { ourCarrier, platformCarrier } from "../table.ts";
import type {
	Waybill,
	WaybillAccount,
	WaybillDriver,
	WaybillSender,
	WaybillTemplate,
	WaybillWish,
} from "../waybill.ts";
import { listOf, platformError, successOf } from "./answer.ts";
import { reads, writes } from "./api.ts";
import { waybillCarriers } from "./carriers.ts";
import { orderNo } from "./orders.ts";

const accountsApi = { method: "open.express.subscribe.query", verb: "GET" } as const;
const templatesApi = { method: "open.express.standard.template.list.get", verb: "POST" } as const;
const takeApi = { method: "open.express.ebill.get", verb: "POST" } as const;
const updateApi = { method: "open.express.ebill.update", verb: "POST" } as const;
const cancelApi = { method: "open.express.ebill.cancel", verb: "GET" } as const;

/** Electronic waybills; printed by 快手's own client at `ws://localhost:16888/ks/printer`. */
export const waybills: WaybillDriver = {
	printClient: "kuaishou",
	repeatable: true, // the same order and package code
	accounts,
	templates,
	take,
	printData,
	cancel,
};

const companyCode = (carrier: string): string => platformCarrier(waybillCarriers, carrier);

function* accounts(carrier: string): Steps<WaybillAccount[]> {
	const expressCompanyCode = companyCode(carrier);
	return yield* ask(
		reads(accountsApi, { expressCompanyCode }, (answer) => listOf(accountsApi.method, answer).map(readAccount)),
	);
}

const readAccount = (row: RawRecord): WaybillAccount => ({
	carrier: ourCarrier(waybillCarriers, requiredText(row, "expressCompanyCode")),
	branchCode: text(row, "netSiteCode"),
	branchName: text(row, "netSiteName"),
	accountCode: text(row, "settleAccount"),
	left: text(row, "expressCompanyType") === "1" ? null : optionalInteger(row, "availableQuantity"), // 1: direct, billed later
	sender: rows(row, "senderAddress").map(readSender),
});

const readSender = (row: RawRecord): WaybillSender => ({
	province: text(row, "provinceName"),
	city: text(row, "cityName"),
	district: text(row, "districtName"),
	town: text(row, "streetName"),
	address: text(row, "detailAddress"),
});

function* templates(carrier: string): Steps<WaybillTemplate[]> {
	const expressCompanyCode = companyCode(carrier);
	return yield* ask(
		reads(templatesApi, { expressCompanyCode }, (answer) =>
			listOf(templatesApi.method, answer).map((row) => ({
				id: requiredText(row, "templateCode"),
				name: text(row, "templateName"),
				url: text(row, "templateUrl"),
			})),
		),
	);
}

/** The same order and package code get the same waybill, so asking again changes nothing. */
function* take(order: RawRecord, wish: WaybillWish): Steps<Waybill> {
	const templateUrl = wish.templateUrl || ((yield* templates(wish.carrier))[0]?.url ?? "");
	const request = { ...ebillRequest(order, wish), templateUrl };
	const waybill = yield* ask(reads(takeApi, { getEbillOrderRequest: [request] }, readWaybill));
	return {
		trackingNo: requiredText(waybill, "waybillCode"),
		carrier: wish.carrier,
		platformNo: "",
		printData: requiredText(waybill, "printData"),
	};
}

/** The receiver goes as ciphertext: for its own orders the platform takes nothing else. */
function ebillRequest(order: RawRecord, wish: WaybillWish): JsonObject {
	const address = part(order, "orderAddress");
	const base = part(order, "orderBaseInfo");
	const { sender } = wish;
	return {
		merchantCode: requiredText(base, "sellerOpenId"),
		merchantName: text(base, "sellerNick"),
		expressCompanyCode: companyCode(wish.carrier),
		netSiteCode: wish.branchCode,
		settleAccount: wish.accountCode,
		orderChannel: "KUAI_SHOU", // inferred: the word for its own orders is not documented
		tradeOrderCode: orderNo(order),
		packageCode: String(wish.parcelNo),
		totalPackageQuantity: 1, // each waybill is one parcel; sub-waybills are not asked for
		requestId: `${orderNo(order)}-${wish.carrier}-${wish.parcelNo}`,
		itemList: wish.goods.map(({ title, quantity }) => ({ itemTitle: title, itemQuantity: quantity })),
		senderContract: { name: sender.name, mobile: sender.phone },
		senderAddress: {
			provinceName: sender.province,
			cityName: sender.city,
			districtName: sender.district,
			streetName: sender.town,
			detailAddress: sender.address,
		},
		receiverContract: {
			name: text(address, "encryptedConsignee"),
			mobile: text(address, "encryptedMobile"),
		},
		receiverAddress: {
			provinceName: text(address, "province"),
			cityName: text(address, "city"),
			districtName: text(address, "district"),
			streetName: text(address, "town"),
			detailAddress: text(address, "encryptedAddress"),
		},
	};
}

/** Each of several requests has its own outcome inside a success; there is one. */
function readWaybill(answer: HttpAnswer): RawRecord {
	const [outcome] = listOf(takeApi.method, answer);
	if (!outcome) throw badAnswer(takeApi.method, answer, "no outcome");
	const base = part(outcome, "baseResponse");
	const result = text(base, "result");
	if (result !== "1") throw platformError(takeApi.method, result, base);
	const [waybill] = rows(outcome, "data");
	if (!waybill) throw badAnswer(takeApi.method, answer, "no waybill");
	return waybill;
}

/** A change that changes nothing answers the print data again; there is no API that only reads it. */
function* printData({ trackingNo, carrier }: { trackingNo: string; carrier: string }): Steps<string> {
	const expressCompanyCode = companyCode(carrier);
	return yield* ask(
		reads(updateApi, { waybillCode: trackingNo, expressCompanyCode }, (answer) => {
			const { data } = successOf(updateApi.method, answer);
			const found = (Array.isArray(data) ? data : [data])
				.filter(isRecord)
				.find((row) => text(row, "waybillCode") === trackingNo);
			if (!found) throw badAnswer(updateApi.method, answer, "no waybill");
			return requiredText(found, "printData");
		}),
	);
}

function* cancel({ trackingNo, carrier }: { trackingNo: string; carrier: string }): Steps<void> {
	const expressCompanyCode = companyCode(carrier);
	yield* ask(writes(cancelApi, { expressCompanyCode, waybillCode: trackingNo }));
}
