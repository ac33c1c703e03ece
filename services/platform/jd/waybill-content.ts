import type { ShopAccess } from "../adapter.ts";
import { idNumber } from "../json-text.ts";
import { part, type RawRecord, text } from "../record.ts";
import type { WaybillWish } from "../waybill.ts";

/** A contract with a carrier, as 京东 tells it. */
export interface Contract {
	providerId: string;
	providerCode: string;
	branchCode: string;
	settlementCode: string;
	direct: boolean; // 直营: known by a settlement code; else 加盟: known by a branch
	raw: RawRecord;
}

/**
 * What `jingdong.ldop.alpha.waybill.receive` takes as the JSON text `content`. The receiver goes by the OAID: 京东 knows
 * the plain text itself. Source: 无界电子面单, receive.
 */
export function receiveContent(shop: ShopAccess, order: RawRecord, contract: Contract, wish: WaybillWish): object {
	const { orderNo, parcelNo, sender, goods, weightGram } = wish;
	const { providerCode, branchCode, settlementCode, direct } = contract;
	return {
		waybillType: 1,
		waybillCount: 1,
		providerId: idNumber("providerId", contract.providerId),
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
	provinceId: areaId(consignee, "provinceId"),
	provinceName: text(consignee, "province"),
	cityId: areaId(consignee, "cityId"),
	cityName: text(consignee, "city"),
	countryId: areaId(consignee, "countyId"),
	countryName: text(consignee, "county"),
	countrysideId: areaId(consignee, "townId"),
	countrysideName: text(consignee, "town"),
	address: text(consignee, "fullAddress"), // masked
	contact: text(consignee, "fullname"),
	mobile: text(consignee, "mobile"),
	oaid: text(consignee, "oaid"),
});

/** 0 where the order does not tell it. */
const areaId = (consignee: RawRecord, field: string): bigint => idNumber(field, text(consignee, field) || "0");
