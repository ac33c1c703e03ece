import type { SellerMethod } from "./call.ts";
import type { XhsObject } from "./envelope.ts";

/** Where the seller's goods go back to. Invented. */
export const sellerAddresses: readonly {
	id: number;
	name: string;
	phone: string;
	detail: string;
	isDefault: boolean;
}[] = [
	{ id: 900001, name: "星河仓", phone: "13900000001", detail: "仓前街道示例路1号", isDefault: true },
	{ id: 900002, name: "星河二仓", phone: "13900000002", detail: "五常街道示例路2号", isDefault: false },
];

const place = { provinceName: "浙江省", cityName: "杭州市", districtName: "余杭区" };

/** Source: common.getAddressRecord. */
const list: SellerMethod = ({ args }) => {
	const pageIndex = args.int("pageIndex", 1, 1_000);
	const pageSize = args.int("pageSize", 1, 200);
	const shown = sellerAddresses.slice((pageIndex - 1) * pageSize, pageIndex * pageSize);
	return {
		sellerAddressRecordList: shown.map(({ id, name, phone, detail, isDefault }) => ({
			...place,
			sellerAddressRecordId: id,
			contactName: name,
			phone,
			address: detail,
			fullAddress: `${Object.values(place).join("")}${detail}`,
			aftersaleDefault: isDefault,
			deliveryDefault: isDefault,
			active: true,
			version: 1,
		})),
		total: sellerAddresses.length,
	};
};

/** The address as an after-sale shows it, once goods may go there. */
export function returnAddress(): XhsObject {
	const [first] = sellerAddresses;
	const { provinceName: province, cityName: city, districtName: county } = place;
	return {
		...{ province, city, county, town: "", street: first?.detail },
		...{ phone: first?.phone, name: first?.name, fullAddress: `${province}${city}${county}${first?.detail}` },
	};
}

export const addressMethods: Readonly<Record<string, SellerMethod>> = { "common.getAddressRecord": list };
