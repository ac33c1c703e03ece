import { hubError } from "../../../config/errors.ts";
import { badAnswer, refusedBy } from "../answer.ts";
import type { JsonObject } from "../json-text.ts";
import { part, type RawRecord, requiredText, rows, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { ourCarrier, platformCarrier } from "../table.ts";
import type {
	PrintedWaybill,
	Waybill,
	WaybillAccount,
	WaybillDriver,
	WaybillSender,
	WaybillTemplate,
	WaybillWish,
} from "../waybill.ts";
import { orLater } from "../waybill-print.ts";
import { templateUrlOf } from "../waybill-template.ts";
import { recordOf, rowsOf } from "./answer.ts";
import { reads, writes } from "./call.ts";
import { carriers } from "./carriers.ts";
import { ciphersOf } from "./order-reader.ts";
import { sellerRequest, signedQuery } from "./request.ts";

const accountsMethod = "logistics.listShopNetsite";
const takeMethod = "logistics.newCreateOrder";
const printMethod = "logistics.waybillApply";
const templatesMethod = "logistics.templateList";
const keyMethod = "logistics.getShopKey";
const cancelMethod = "logistics.cancelOrder";

const directlyRun = "1"; // such carriers sell no numbers in advance

export const waybills: WaybillDriver = {
	printClient: "douyin",
	repeatable: false, // not documented
	accounts,
	templates,
	take,
	printData,
	cancel,
};

function accounts(carrier: string): Steps<WaybillAccount[]> {
	const params = { logistics_code: platformCarrier(carriers, carrier) };
	return reads(accountsMethod, params, (answer) => rowsOf(accountsMethod, answer, "netsites").map(readAccount));
}

function readAccount(row: RawRecord): WaybillAccount {
	const left = text(row, "amount");
	const unlimited = text(row, "company_type") === directlyRun || !/^\d+$/.test(left);
	return {
		carrier: ourCarrier(carriers, text(row, "company")),
		branchCode: text(row, "netsite_code"),
		branchName: text(row, "netsite_name"),
		accountCode: "",
		left: unlimited ? null : Number(left),
		sender: rows(row, "sender_address").map(
			(address): WaybillSender => ({
				province: text(address, "province_name"),
				city: text(address, "city_name"),
				district: text(address, "district_name"),
				town: text(address, "street_name"),
				address: text(address, "detail_address"),
			}),
		),
	};
}

function templates(carrier: string): Steps<WaybillTemplate[]> {
	const code = platformCarrier(carriers, carrier);
	return reads(templatesMethod, {}, (answer) =>
		rowsOf(templatesMethod, answer, "template_data")
			.filter((row) => text(row, "logistics_code") === code)
			.flatMap((row) => rows(row, "template_infos"))
			.map((row) => ({
				id: requiredText(row, "template_id"),
				name: text(row, "template_name"),
				url: text(row, "template_url"),
			})),
	);
}

/**
 * Takes a number for one parcel, and what it prints. The receiver's ciphertext goes along as it came. Whether a second
 * call gets the same number is not documented, so it is not repeated in doubt.
 */
function* take(order: RawRecord, wish: WaybillWish): Steps<Waybill> {
	const code = platformCarrier(carriers, wish.carrier);
	const templateURL = yield* templateUrlOf(wish, templates);
	const params = { logistics_code: code, sender_info: senderOf(wish), order_infos: [parcelOf(order, wish)] };
	const trackingNo = yield* writes(takeMethod, params, false, (answer) => {
		const data = recordOf(takeMethod, answer);
		refuseWhatFailed(takeMethod, rows(data, "err_infos")); // also under the code of success
		const [taken] = rows(data, "ebill_infos");
		if (!taken) throw badAnswer(takeMethod, answer, "no waybill");
		return requiredText(taken, "track_no");
	});
	const printData = yield* orLater(apply(code, trackingNo, templateURL));
	return { trackingNo, carrier: wish.carrier, platformNo: "", printData };
}

const senderOf = ({ sender }: WaybillWish): JsonObject => ({
	address: {
		country_code: "CHN",
		province_name: sender.province,
		city_name: sender.city,
		district_name: sender.district,
		street_name: sender.town,
		detail_address: sender.address,
	},
	contact: { name: sender.name, mobile: sender.phone },
});

function parcelOf(order: RawRecord, wish: WaybillWish): JsonObject {
	const ciphers = ciphersOf(order);
	const address = part(order, "post_addr");
	const region = (level: string): string => text(part(address, level), "name");
	return {
		order_id: wish.orderNo,
		...(wish.parcelNo > 1 && { pack_id: String(wish.parcelNo) }),
		receiver_info: {
			address: {
				country_code: "CHN",
				province_name: region("province"),
				city_name: region("city"),
				district_name: region("town"),
				street_name: region("street"),
				detail_address: ciphers.address,
			},
			contact: { name: ciphers.name, mobile: ciphers.phone },
		},
		items: wish.goods.map(({ title, quantity }) => ({ item_name: title, item_count: quantity })),
		...(wish.weightGram !== null && { total_weight: String(wish.weightGram) }),
		...((wish.branchCode || wish.accountCode) && {
			net_info: { net_code: wish.branchCode || undefined, monthly_account: wish.accountCode || undefined },
		}),
	};
}

/** What the print client decrypts with the shop's key. */
interface Applied {
	encryptedData: string;
	signature: string;
}

const applyParams = (code: string, trackingNo: string): JsonObject => ({
	waybill_applies: [{ logistics_code: code, track_no: trackingNo }],
});

const apply = (code: string, trackingNo: string, templateURL: string): Steps<string> =>
	reads(printMethod, applyParams(code, trackingNo), (answer) =>
		JSON.stringify({ ...readApplied(rowsIn(recordOf(printMethod, answer))), templateURL }),
	);

function rowsIn(data: RawRecord): RawRecord[] {
	refuseWhatFailed(printMethod, rows(data, "err_infos"));
	return rows(data, "waybill_infos");
}

function readApplied([row]: RawRecord[]): Applied {
	if (!row) throw hubError("PLATFORM_BAD_RESPONSE", `${printMethod}: no waybill`);
	return { encryptedData: requiredText(row, "print_data"), signature: requiredText(row, "sign") };
}

/**
 * For printing now: with `params`, by which the print client fetches the shop's key from the platform. That call is
 * signed for ten minutes and carries the token, so it is made when it is needed and kept nowhere.
 */
function* printData({ trackingNo, carrier, templateUrl }: PrintedWaybill): Steps<string> {
	const code = platformCarrier(carriers, carrier);
	const templateURL = yield* templateUrlOf({ carrier, templateUrl }, templates);
	let params = "";
	const applied = yield* ask<Applied>({
		method: printMethod,
		repeatable: true,
		request: (shop, now) => {
			params = signedQuery(shop, keyMethod, now);
			return sellerRequest(shop, printMethod, applyParams(code, trackingNo), now);
		},
		read: (answer) => readApplied(rowsIn(recordOf(printMethod, answer))),
	});
	return JSON.stringify({ ...applied, templateURL, params });
}

function cancel({ trackingNo, carrier }: { trackingNo: string; carrier: string }): Steps<void> {
	const params = { logistics_code: platformCarrier(carriers, carrier), track_no: trackingNo };
	return writes(cancelMethod, params, false, (answer) => {
		const { success } = part(recordOf(cancelMethod, answer), "cancel_result");
		if (success !== true) throw refusedBy(cancelMethod, `${cancelMethod}: success is not true`);
	});
}

/** @throws PLATFORM_REFUSED with the platform's words, when it took nothing */
function refuseWhatFailed(method: string, failures: RawRecord[]): void {
	const [first] = failures;
	if (!first) return;
	throw refusedBy(method, text(first, "err_msg"), `err_code ${text(first, "err_code")}`);
}
