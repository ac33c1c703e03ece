import { createHash } from "node:crypto";
import { hubError } from "../../../config/errors.ts";
import { badAnswer, refusedBy } from "../answer.ts";
import { idNumber, type JsonObject } from "../json-text.ts";
import { optionalInteger, part, type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { ourCarrier, platformCarrier } from "../table.ts";
import type {
	Waybill,
	WaybillAccount,
	WaybillDriver,
	WaybillSender,
	WaybillTemplate,
	WaybillWish,
} from "../waybill.ts";
import { carriers } from "./carriers.ts";
import { productRows } from "./lines.ts";
import { reads, writes } from "./request.ts";

const base = "/channels/ec/logistics/ewaybill/biz";
const createPath = `${base}/order/create`;
const cancelPath = `${base}/order/cancel`;
const printPath = `${base}/print/get`;
const inUse = 3; // `status` of an account
const mostAccounts = 100;

/**
 * Electronic waybills of 微信. Its own word for a waybill is a number we choose, so that the same parcel asked for again is
 * known to the platform as the same. Source: the logistics/ewaybill/biz calls of the shop API.
 */
export const waybills: WaybillDriver = {
	printClient: "weixin", // listens at ws://127.0.0.1:12705
	repeatable: true, // by the number that we choose
	*accounts(carrier) {
		return (yield* accountRows(carrier)).map(toAccount);
	},
	templates,
	take,
	*printData({ carrier, platformNo, templateUrl }) {
		const template = templateUrl || (yield* defaultTemplate(carrier));
		return yield* printInfo(platformNo, template);
	},
	*cancel({ carrier, trackingNo, platformNo }) {
		const waybill = { ewaybill_order_id: platformNo, waybill_id: trackingNo };
		const answer = yield* writes(cancelPath, {
			...waybill,
			delivery_id: platformCarrier(carriers, carrier),
		});
		refuseIfSaid(cancelPath, answer);
	},
};

function* take(order: RawRecord, wish: WaybillWish): Steps<Waybill> {
	const deliveryId = platformCarrier(carriers, wish.carrier);
	const account = (yield* accountRows(wish.carrier)).find((row) => isWished(row, wish));
	if (!account) throw hubError("PLATFORM_REFUSED", "the carrier has no such waybill account in this shop");
	const number = waybillNumber(wish);
	const template = wish.templateUrl || (yield* defaultTemplate(wish.carrier));
	const answer = yield* writes(createPath, {
		ewaybill_order_id: number,
		delivery_id: deliveryId,
		site_code: wish.branchCode,
		ewaybill_acct_id: requiredText(account, "acct_id"),
		shop_id: text(account, "shop_id"),
		template_id: template,
		sender: senderOf(wish),
		receiver: receiverOf(order),
		ec_order_list: [
			{ ec_order_id: idNumber("order_id", requiredText(order, "order_id")), goods_list: goodsOf(order, wish) },
		],
		...(wish.weightGram === null ? {} : { ext_info: { package_weight_g: wish.weightGram } }),
	});
	refuseIfSaid(createPath, answer);
	const trackingNo = text(answer, "waybill_id");
	if (trackingNo === "") throw hubError("PLATFORM_BAD_RESPONSE", `${createPath}: no waybill_id`);
	return {
		trackingNo,
		carrier: wish.carrier,
		platformNo: number,
		printData: text(answer, "print_info") || (yield* printInfo(number, template)),
	};
}

/** A uint64 as text, as the platform wants it: always the same for a parcel of an order. */
function waybillNumber({ orderNo, parcelNo }: WaybillWish): string {
	const digest = createHash("sha256").update(`${orderNo}:${parcelNo}`).digest();
	return String(digest.readBigUInt64BE() >> 1n); // within int64 too
}

/** The carrier's words may come with errcode 0. */
function refuseIfSaid(method: string, answer: RawRecord): void {
	const said = text(answer, "delivery_error_msg");
	if (said !== "") throw refusedBy(method, said);
}

const senderOf = ({ sender }: WaybillWish): JsonObject => ({
	name: sender.name,
	mobile: sender.phone,
	province: sender.province,
	city: sender.city,
	county: sender.district,
	street: sender.town,
	address: sender.address,
});

/** Masked, as the order shows it: the platform knows the rest. */
function receiverOf(order: RawRecord): JsonObject {
	const address = part(part(part(order, "order_detail"), "delivery_info"), "address_info");
	return {
		name: text(address, "user_name"),
		mobile: text(address, "tel_number"),
		province: text(address, "province_name"),
		city: text(address, "city_name"),
		county: text(address, "county_name"),
		street: "",
		address: text(address, "detail_info"),
	};
}

/** With the platform's numbers where the wish names goods of the order. They are JSON numbers of up to 19 digits. */
function goodsOf(order: RawRecord, { goods }: WaybillWish): JsonObject[] {
	return goods.map(({ title, quantity }) => {
		const row = productRows(order).find((each) => text(each, "title") === title);
		const ids = row && {
			product_id: idNumber("product_id", requiredText(row, "product_id")),
			sku_id: idNumber("sku_id", requiredText(row, "sku_id")),
		};
		return { good_name: title, good_count: quantity, ...ids };
	});
}

const accountRows = (carrier: string): Steps<RawRecord[]> => {
	const page = { offset: 0, limit: mostAccounts };
	const body = { delivery_id: platformCarrier(carriers, carrier), status: inUse, need_balance: true, ...page };
	return reads(`${base}/account/get`, body, (payload) => rows(payload, "account_list"));
};

/** Carriers that run their own branches have no site. */
const isWished = (row: RawRecord, { accountCode, branchCode }: WaybillWish): boolean =>
	(accountCode === "" || text(row, "acct_id") === accountCode) &&
	(branchCode === "" || text(part(row, "site_info"), "site_code") === branchCode);

function toAccount(row: RawRecord): WaybillAccount {
	const site = part(row, "site_info");
	return {
		carrier: ourCarrier(carriers, text(row, "delivery_id")),
		branchCode: text(site, "site_code"),
		branchName: text(site, "site_name"),
		accountCode: text(row, "acct_id"),
		left: optionalInteger(row, "available"),
		sender: senders(part(site, "address")),
	};
}

function senders(address: RawRecord): WaybillSender[] {
	const sender: WaybillSender = {
		province: text(address, "province"),
		city: text(address, "city"),
		district: text(address, "county"),
		town: text(address, "street"),
		address: text(address, "address"),
	};
	return sender.province === "" ? [] : [sender];
}

/** Templates have no address of their own here: their number stands for it. */
function* templates(carrier: string): Steps<WaybillTemplate[]> {
	return (yield* templatesOf(carrier)).flatMap((row) =>
		rows(row, "template_list").map((template) => {
			const id = requiredText(template, "template_id");
			return { id, name: text(template, "template_name"), url: id };
		}),
	);
}

function* templatesOf(carrier: string): Steps<RawRecord[]> {
	const deliveryId = platformCarrier(carriers, carrier);
	return yield* reads(`${base}/template/get`, { delivery_id: deliveryId }, (payload) =>
		rows(payload, "total_template").filter((row) => text(row, "delivery_id") === deliveryId),
	);
}

function* defaultTemplate(carrier: string): Steps<string> {
	const [row] = yield* templatesOf(carrier);
	return row ? text(row, "default_template_id") : "";
}

const printInfo = (number: string, template: string): Steps<string> =>
	reads(printPath, { ewaybill_order_id: number, template_id: template }, (payload, answer) => {
		const info = text(payload, "print_info");
		if (info === "") throw badAnswer(printPath, answer, "no print data");
		return info;
	});
