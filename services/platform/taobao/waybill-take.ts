import { hubError } from "../../../config/errors.ts";
import type { ShopAccess } from "../adapter.ts";
import { type RawRecord, requiredText, text, wrappedList } from "../record.ts";
import type { Step } from "../steps.ts";
import { platformCarrier } from "../table.ts";
import type { Waybill, WaybillWish } from "../waybill.ts";
import { payloadOf } from "./answer.ts";
import { carriers } from "./carriers.ts";
import { tradeId } from "./order-reader.ts";
import { topRequest } from "./request.ts";

const method = "cainiao.waybill.ii.get";

/**
 * A number for one parcel. The receiver goes as the platform masks it, with its OAID: no plain text is needed. The
 * same trade and parcel get the same number. Source: cainiao.waybill.ii.get.
 */
export const takeWaybill = (trade: RawRecord, wish: WaybillWish): Step<Waybill> => ({
	method,
	repeatable: false,
	request(shop, now) {
		const request = JSON.stringify(requestOf(shop, trade, wish));
		return topRequest(shop, method, { param_waybill_cloud_print_apply_new_request: request }, now);
	},
	read(answer) {
		const [waybill] = wrappedList(payloadOf(method, answer), "modules", "waybill_cloud_print_response");
		if (!waybill) throw hubError("PLATFORM_BAD_RESPONSE", `${method}: no waybill`);
		return {
			trackingNo: requiredText(waybill, "waybill_code"),
			carrier: wish.carrier,
			platformNo: "",
			printData: requiredText(waybill, "print_data"),
		};
	},
});

function requestOf(shop: ShopAccess, trade: RawRecord, wish: WaybillWish): object {
	const { name, phone, address, ...region } = wish.sender;
	const parcel = `${tradeId(trade)}-${wish.parcelNo}`;
	return {
		cp_code: platformCarrier(carriers, wish.carrier),
		customer_code: wish.accountCode || undefined,
		branch_code: wish.branchCode || undefined,
		need_encrypt: true,
		sender: { name, mobile: phone, address: { ...region, detail: address } },
		trade_order_info_dtos: [
			{
				object_id: parcel,
				order_info: { order_channels_type: channelOf(trade), trade_order_list: [tradeId(trade)] },
				package_info: {
					id: parcel,
					items: wish.goods.map(({ title, quantity }) => ({ name: title, count: quantity })),
					weight: wish.weightGram ?? undefined,
				},
				recipient: recipientOf(trade),
				template_url: wish.templateUrl,
				user_id: shop.sellerId,
			},
		],
	};
}

/** A shop of 天猫 says so in its lines. */
const channelOf = (trade: RawRecord): string =>
	wrappedList(trade, "orders", "order").some((row) => text(row, "seller_type") === "B") ? "TM" : "TB";

const recipientOf = (trade: RawRecord): object => ({
	name: text(trade, "receiver_name"),
	mobile: text(trade, "receiver_mobile"),
	phone: text(trade, "receiver_phone") || undefined,
	address: {
		province: text(trade, "receiver_state"),
		city: text(trade, "receiver_city"),
		district: text(trade, "receiver_district"),
		town: text(trade, "receiver_town"),
		detail: text(trade, "receiver_address"),
	},
	oaid: requiredText(trade, "oaid"),
	tid: tradeId(trade),
});
