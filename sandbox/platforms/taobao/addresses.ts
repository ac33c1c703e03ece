import type { SellerMethod } from "./call.ts";
import { list } from "./envelope.ts";
import { invalid, TopError } from "./errors.ts";

/** The demo seller's addresses: where parcels leave from, and where returns go. Invented. */
const places = [
	{ contact_id: 1_000_001, addr: "仓前街道示例路1号", get_def: true, cancel_def: false },
	{ contact_id: 1_000_002, addr: "仓前街道示例路2号退货仓", get_def: false, cancel_def: true },
];

/** All addresses, or the default one for a purpose. Source: taobao.logistics.address.search. */
const search: SellerMethod = ({ args, shop }) => {
	const kind = args.text("rdef") ?? "all";
	const wanted = {
		all: places,
		no_def: places.filter((place) => !place.get_def && !place.cancel_def),
		get_def: places.filter((place) => place.get_def),
		cancel_def: places.filter((place) => place.cancel_def),
	};
	if (!Object.hasOwn(wanted, kind)) throw invalid("rdef", "取值不在范围内");
	const addresses = wanted[kind as keyof typeof wanted].map((place) => ({
		...place,
		contact_name: shop.name,
		province: "浙江省",
		city: "杭州市",
		country: "余杭区", // so the district is called
		zip_code: "311100",
		mobile_phone: "13900000000",
		send_def: place.get_def,
	}));
	return { addresses: list("address_result", addresses) };
};

/** Goods come back to one of the seller's addresses, or nowhere. */
export function mustBeAddress(contactId: string): void {
	if (!places.some(({ contact_id }) => String(contact_id) === contactId)) {
		throw new TopError(15, "isv.address-not-exist", "退货地址不存在");
	}
}

export const addressMethods: Readonly<Record<string, SellerMethod>> = { "taobao.logistics.address.search": search };
