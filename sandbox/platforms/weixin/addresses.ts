import type { SellerMethod } from "./call.ts";
import type { WxObject } from "./envelope.ts";
import { badArgument } from "./errors.ts";

/** The seller's addresses; the second is where returns go unless another is named. */
const addresses: readonly { id: string; detail: string; isReturn: boolean }[] = [
	{ id: "1000000000000000001", detail: "仓前街道示例路1号", isReturn: false },
	{ id: "1000000000000000002", detail: "仓前街道示例路2号退货仓", isReturn: true },
];

export const isAddress = (id: string): boolean => addresses.some((each) => each.id === id);

/** Source: merchant/address/list. */
const list: SellerMethod = ({ body }) => {
	const offset = body.int("offset", 0, 10_000);
	const limit = body.int("limit", 1, 50);
	return { address_id_list: addresses.slice(offset, offset + limit).map(({ id }) => id) };
};

/** Source: merchant/address/get. */
const get: SellerMethod = ({ body, shop }) => {
	const id = body.anyId("address_id");
	const found = addresses.find((each) => each.id === id);
	if (!found) throw badArgument("address_id");
	const address_info: WxObject = {
		user_name: shop.name,
		tel_number: "13900000000",
		province_name: "浙江省",
		city_name: "杭州市",
		county_name: "余杭区",
		detail_info: found.detail,
	};
	return {
		address_detail: {
			address_id: id,
			address_info,
			landline: "",
			remark: "",
			send_addr: !found.isReturn,
			recv_addr: found.isReturn,
			default_send: !found.isReturn,
			default_recv: found.isReturn,
		},
	};
};

export const addressMethods: Readonly<Record<string, SellerMethod>> = {
	"/channels/ec/merchant/address/list": list,
	"/channels/ec/merchant/address/get": get,
};
