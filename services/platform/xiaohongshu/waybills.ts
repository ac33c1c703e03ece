import { hubError } from "../../../config/errors.ts";
import type { HttpAnswer } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { optionalInteger, part, type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { ourCarrier, platformCarrier } from "../table.ts";
import type { WaybillAccount, WaybillDriver, WaybillSender, WaybillTemplate, WaybillWish } from "../waybill.ts";
import { payloadOf, platformError } from "./answer.ts";
import { done, reads, writes } from "./call.ts";
import { carriers } from "./carriers.ts";

const accountsMethod = "express.queryEbillSubscribes";
const templatesMethod = "express.queryEbillTemplates";
const takeMethod = "express.createEbillOrders";
const queryMethod = "express.queryEbillOrder";
const cancelMethod = "express.cancelEbillOrder";

/** The platform's own waybills; 1 are the old ones of 菜鸟, whose templates do not fit. */
const billVersion = 2;
const direct = "1"; // carriers that run their own branches: numbers are not counted

export const waybills: WaybillDriver = {
	printClient: "xiaohongshu",
	repeatable: false, // refused, or another number
	*accounts(carrier) {
		const params = { cpCode: platformCarrier(carriers, carrier), needUsage: true, billVersion };
		return yield* reads(accountsMethod, params, (answer) =>
			rows(payloadOf(accountsMethod, answer, "subscribeList"), "subscribeList").map(readAccount),
		);
	},
	templates,
	*take(order, wish) {
		const templateId = yield* templateOf(wish);
		// A repetition is refused or gets another number: nothing promises the same one.
		return yield* writes(takeMethod, orderOf(order, wish, templateId), (answer) => ({
			...readTaken(answer),
			carrier: wish.carrier,
			platformNo: "",
		}));
	},
	*printData({ carrier, trackingNo }) {
		const params = { cpCode: platformCarrier(carriers, carrier), waybillCode: trackingNo, billVersion };
		return yield* reads(queryMethod, params, (answer) => printContents(payloadOf(queryMethod, answer, "printData")));
	},
	*cancel({ carrier, trackingNo }) {
		const params = { cpCode: platformCarrier(carriers, carrier), waybillCode: trackingNo, billVersion };
		yield* writes(cancelMethod, params, done(cancelMethod));
	},
};

function readAccount(row: RawRecord): WaybillAccount {
	const isDirect = text(row, "cpType") === direct;
	return {
		carrier: ourCarrier(carriers, requiredText(row, "cpCode")),
		branchCode: text(row, "branchCode"),
		branchName: text(row, "branchName"),
		accountCode: text(row, "customerCode"),
		left: isDirect ? null : optionalInteger(part(row, "usage"), "quantity"),
		sender: rows(row, "senderAddressList").map((sender) => readSender(part(sender, "address"))),
	};
}

const readSender = (address: RawRecord): WaybillSender => ({
	province: text(address, "province"),
	city: text(address, "city"),
	district: text(address, "district"),
	town: text(address, "town"),
	address: text(address, "detail"),
});

function* templates(carrier: string): Steps<WaybillTemplate[]> {
	const params = { cpCode: platformCarrier(carriers, carrier), billVersion };
	return yield* reads(templatesMethod, params, (answer) =>
		rows(payloadOf(templatesMethod, answer, "templateList"), "templateList").map((row) => ({
			id: requiredText(row, "id"),
			name: text(row, "templateName"),
			url: text(row, "standardTemplateUrl"),
		})),
	);
}

/** Waybills are made for a template by its number: that of the wished address, else the carrier's first. */
function* templateOf({ carrier, templateUrl }: WaybillWish): Steps<string> {
	const known = yield* templates(carrier);
	const template = templateUrl === "" ? known[0] : known.find(({ url }) => url === templateUrl);
	if (!template) throw hubError("INVALID", "the carrier has no such template", { field: "templateUrl" });
	return template.id;
}

/** One parcel a call, as the platform advises. The receiver goes by the order's key: no name, phone or address is sent. */
function orderOf(order: RawRecord, wish: WaybillWish, templateId: string): RawRecord {
	const { orderNo, sender, parcelNo } = wish;
	const { name, phone: mobile, province, city, district, town, address: detail } = sender;
	const objectId = `${orderNo}-${parcelNo}`;
	return {
		cpCode: platformCarrier(carriers, wish.carrier),
		branchCode: wish.branchCode,
		customerCode: wish.accountCode,
		sellerName: text(order, "shopName") || name,
		billVersion,
		sender: { name, mobile, address: { province, city, district, town, detail } },
		tradeOrderInfoList: [
			{
				objectId,
				templateId,
				orderInfo: { orderChannelsType: "XIAO_HONG_SHU", tradeOrderList: [orderNo], xhsOrderId: orderNo },
				packageInfo: {
					id: objectId,
					items: wish.goods.map(({ title, quantity }) => ({ name: title, count: quantity })),
					...(wish.weightGram !== null && { weight: wish.weightGram }),
				},
				recipient: { openAddressId: text(order, "openAddressId") },
			},
		],
	};
}

/** Each parcel of a call succeeds or fails by itself. */
function readTaken(answer: HttpAnswer): { trackingNo: string; printData: string } {
	const [taken] = rows(payloadOf(takeMethod, answer, "wayBillList"), "wayBillList");
	if (!taken) throw badAnswer(takeMethod, answer, "no waybill");
	if (taken.success === false) throw platformError(takeMethod, text(taken, "errorCode"), text(taken, "errorMsg"));
	const trackingNo = text(taken, "waybillCode");
	if (trackingNo === "") throw badAnswer(takeMethod, answer, "no waybillCode");
	return { trackingNo, printData: printContents(taken) };
}

/**
 * The `contents` of the print client's document: the carrier's part, then the seller's own where there is one. Both are
 * JSON texts of the platform and stay so to the letter.
 */
const printContents = (bill: RawRecord): string =>
	`[${[text(bill, "printData"), text(bill, "customerPrintData")].filter(Boolean).join(",")}]`;
