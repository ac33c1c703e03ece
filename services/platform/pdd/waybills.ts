import type { ShopAccess } from "../adapter.ts";
import { badAnswer, refusedBy } from "../answer.ts";
import { idNumber, jsonText } from "../json-text.ts";
import { optionalInteger, part, type RawRecord, requiredText, rows, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { platformCarrier } from "../table.ts";
import type {
	Waybill,
	WaybillAccount,
	WaybillDriver,
	WaybillSender,
	WaybillTemplate,
	WaybillWish,
} from "../waybill.ts";
import { templateUrlOf } from "../waybill-template.ts";
import { mustBeTrue, payloadOf } from "./answer.ts";
import { reads, writes } from "./call.ts";
import { wpCodes } from "./carriers.ts";
import { ciphersOf, noReceiver } from "./ciphers.ts";
import { shopRequest } from "./request.ts";

const searchMethod = "pdd.waybill.search";
const templateMethod = "pdd.cloudprint.stdtemplates.get";
const takeMethod = "pdd.waybill.get";
const queryMethod = "pdd.waybill.query.by.waybillcode";
const cancelMethod = "pdd.waybill.cancel";

/** The seller's token must come from the waybill authorisation page, which may be another account than the shop's. */
export const waybills: WaybillDriver = {
	printClient: "pdd",
	repeatable: false, // not documented
	accounts,
	templates,
	take,
	printData: ({ trackingNo, carrier }) =>
		reads({
			method: queryMethod,
			params: {
				param_list: jsonText([
					{ object_id: trackingNo, waybill_code: trackingNo, wp_code: platformCarrier(wpCodes, carrier) },
				]),
			},
			read(payload) {
				const found = rows(payload, "modules").map((module) => part(module, "waybill_cloud_print_response"));
				const waybill = found.find((each) => text(each, "waybill_code") === trackingNo);
				if (!waybill) throw refusedBy(queryMethod, "the platform has no such waybill");
				return requiredText(waybill, "print_data");
			},
		}),
	cancel: ({ trackingNo, carrier }) =>
		writes({
			method: cancelMethod,
			params: { waybill_code: trackingNo, wp_code: platformCarrier(wpCodes, carrier) },
			read: (payload) => mustBeTrue(cancelMethod, payload, "cancel_result"),
		}),
};

function accounts(carrier: string): Steps<WaybillAccount[]> {
	const wpCode = platformCarrier(wpCodes, carrier);
	return reads({
		method: searchMethod,
		params: { wp_code: wpCode },
		read: (payload) =>
			rows(payload, "waybill_apply_subscription_cols")
				.filter((subscription) => text(subscription, "wp_code") === wpCode)
				.flatMap((subscription) => rows(subscription, "branch_account_cols"))
				.map((branch) => toAccount(carrier, branch)),
	});
}

const toAccount = (carrier: string, branch: RawRecord): WaybillAccount => ({
	carrier,
	branchCode: text(branch, "branch_code"),
	branchName: text(branch, "branch_name"),
	accountCode: "",
	left: optionalInteger(branch, "quantity"),
	sender: rows(branch, "shipp_address_cols").map(toSender),
});

const toSender = (row: RawRecord): WaybillSender => ({
	province: text(row, "province"),
	city: text(row, "city"),
	district: text(row, "district"),
	town: text(row, "town"),
	address: text(row, "detail"),
});

function templates(carrier: string): Steps<WaybillTemplate[]> {
	const wpCode = platformCarrier(wpCodes, carrier);
	return reads({
		method: templateMethod,
		params: { wp_code: wpCode },
		read: (payload) =>
			rows(part(payload, "result"), "datas")
				.filter((data) => text(data, "wp_code") === wpCode)
				.flatMap((data) => rows(data, "standard_templates"))
				.map((row) => ({
					id: requiredText(row, "standard_template_id"),
					name: text(row, "standard_template_name"),
					url: requiredText(row, "standard_template_url"),
				})),
	});
}

/** The receiver goes to the carrier as the platform's own ciphertext: nobody decrypts for a waybill. */
function* take(order: RawRecord, wish: WaybillWish): Steps<Waybill> {
	const templateUrl = yield* templateUrlOf(wish, templates);
	return yield* ask({
		method: takeMethod,
		repeatable: false,
		request: (shop, now) => {
			const wishes = jsonText(takeRequest(shop, order, wish, templateUrl));
			return shopRequest(shop, takeMethod, { param_waybill_cloud_print_apply_new_request: wishes }, now);
		},
		read(answer) {
			const [module] = rows(payloadOf(takeMethod, answer), "modules");
			if (!module) throw badAnswer(takeMethod, answer, "no waybill");
			return {
				trackingNo: requiredText(module, "waybill_code"),
				carrier: wish.carrier,
				platformNo: "",
				printData: requiredText(module, "print_data"),
			};
		},
	});
}

function takeRequest(shop: ShopAccess, order: RawRecord, wish: WaybillWish, templateUrl: string): object {
	const { name, phone, address } = ciphersOf(order);
	if (!name || !phone || !address) throw refusedBy(takeMethod, noReceiver);
	const { sender, orderNo } = wish;
	const id = `${orderNo}-${wish.parcelNo}`; // the same for every try for one parcel
	const place = { province: sender.province, city: sender.city, district: sender.district, detail: sender.address };
	return {
		wp_code: platformCarrier(wpCodes, wish.carrier),
		need_encrypt: true,
		sender: {
			address: { ...place, ...(sender.town && { town: sender.town }) },
			name: sender.name,
			mobile: sender.phone,
		},
		trade_order_info_dtos: [
			{
				object_id: id,
				order_info: { order_channels_type: "PDD", trade_order_list: [orderNo] },
				package_info: {
					id,
					items: wish.goods.map(({ title, quantity }) => ({ count: quantity, name: title })),
					...(wish.weightGram !== null && { weight: wish.weightGram }),
				},
				recipient: {
					address: {
						province: text(order, "province"),
						city: text(order, "city"),
						district: text(order, "town"),
						detail: address,
					},
					name,
					mobile: phone,
				},
				template_url: templateUrl,
				user_id: idNumber("sellerId", shop.sellerId),
			},
		],
	};
}
