import type { SellerMethod } from "./call.ts";

const book = [
	{ id: "1000000000000000101", detail: "仓前街道示例路1号", isDefault: false },
	{ id: "1000000000000000102", detail: "仓前街道示例路2号退货组", isDefault: true },
] as const;

export const addressIds: readonly string[] = book.map(({ id }) => id);

/** The seller's addresses; the misspelt names are the platform's own, pages start at 1. Source: address.list. */
const list: SellerMethod = ({ params, shop }) => {
	const page = params.int("page_no", 1, 1, 1000);
	const size = params.int("page_size", 20, 1, 100);
	const address_list = book.slice((page - 1) * size, page * size).map(({ id, detail, isDefault }) => ({
		address_id: BigInt(id),
		reciever_name: shop.name,
		receiver_provinc: "浙江省",
		receiver_city: "杭州市",
		receiver_district: "余杭区",
		receiver_street: "仓前街道",
		receiver_detail: detail,
		is_default: isDefault ? 1 : 0,
		is_send_default: isDefault ? 0 : 1,
	}));
	return { total: book.length, address_list };
};

export const addressMethods: Readonly<Record<string, SellerMethod>> = { "address.list": list };
