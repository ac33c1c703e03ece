import type { ShopAccess } from "../adapter.ts";
import { part, type RawRecord, text } from "../record.ts";
import type { WaybillWish } from "../waybill.ts";
import type { Contract } from "./waybills.ts";

/**
 * What `jingdong.ldop.alpha.waybill.receive` takes as the JSON text `content`. The receiver goes by the OAID: 京东 knows
 * the plain text itself. Source: 无界电子面单, receive.
 */
export function receiveContent(shop: ShopAccess, order: RawRecord, contract: Contract, wish: WaybillWish): object {
	const { orderNo, parcelNo, sender, goods, weightGram } = wish;
	const { providerId, providerCode, branchCode, settlementCode, direct } = contract;
	return {
		waybillType: 1,
		waybillCount: 1,
		providerId,
		providerCode,
		...(direct ? { settlementCode } : { branchCode }),
		salePlatform: "0010001", // 京东 itself
		platformOrderNo: orderNo,
		vendorCode: shop.sellerId,
		vendorName: shop.sellerId,
		vendorOrderCode: `${orderNo}-${parcelNo}`,
		weight: (weightGram ?? 0) / 1_000, // kg
		volume: 0,
		goodsName: goods
			.map(({ title, quantity }) => `${title}×${quantity}`)
			.join(",")
			.slice(0, 200),
		payType: 0,
		goodsMoney: 0,
		shouldPayMoney: 0,
		needGuarantee: false,
		guaranteeMoney: 0,
		receiveTimeType: 0,
		fromAddress: {
			provinceName: sender.province,
			cityName: sender.city,
			countryName: sender.district,
			countrysideName: sender.town,
			address: sender.address,
			contact: sender.name,
			mobile: sender.phone,
		},
		toAddress: receiver(part(order, "consigneeInfo")),
	};
}

const receiver = (consignee: RawRecord): object => ({
	provinceId: Number(text(consignee, "provinceId")),
	provinceName: text(consignee, "province"),
	cityId: Number(text(consignee, "cityId")),
	cityName: text(consignee, "city"),
	countryId: Number(text(consignee, "countyId")),
	countryName: text(consignee, "county"),
	countrysideId: Number(text(consignee, "townId")),
	countrysideName: text(consignee, "town"),
	address: text(consignee, "fullAddress"), // masked
	contact: text(consignee, "fullname"),
	mobile: text(consignee, "mobile"),
	oaid: text(consignee, "oaid"),
});
