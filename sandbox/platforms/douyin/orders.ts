import { late, shift } from "../list-faults.ts";
import type { MarketOrder } from "../market-order.ts";
import { writeMemo } from "../seller-actions.ts";
import { orderOf, type SellerCall, type SellerMethod } from "./call.ts";
import { cipherKinds, kindOf } from "./ciphers.ts";
import type { DoudianObject } from "./envelope.ts";
import { invalidParam, missingParam } from "./errors.ts";
import { orderRecord } from "./order-record.ts";
import type { Params } from "./params.ts";
import { unknownStatus } from "./statuses.ts";

const longestWindowMs = 90 * 24 * 3_600_000;
/** A window that just began in time may be asked for until it is read. */
const graceMs = 3_600_000;
/** Documents disagree between 10 000 and 50 000: the stricter one. */
const deepestRow = 10_000;
const mostCiphers = 50;
const virtualPhone = "18477770000";
const virtualPhoneMs = 14 * 24 * 3_600_000;

/** Orders of a window by the time they were placed or changed; pages start at 0. Source: order.searchList. */
const searchList: SellerMethod = (call) => {
	const { params, market, shop, faults, repeated } = call;
	const size = params.int("size", null, 1, 100);
	const asked = params.int("page", null, 0, deepestRow);
	if ((asked + 1) * size > deepestRow) throw invalidParam("page", `最多查询${deepestRow}条`);
	const window = windowOf(params);
	const orders = late(call, ordersIn(call, window));
	if (window.ascending) orders.reverse();
	const query = `orders:${window.by}:${window.fromMs}:${window.toMs}:${size}:${window.ascending}`;
	const page = repeated.page(call, asked, query, 0);
	const rows = orders.slice(page * size, (page + 1) * size).map((order) => orderRecord(market, shop, order));
	// Pages of one row are asked for to count by: what is wrong with a row would go unseen there.
	if (size > 1 && rows[0] && faults.strike(shop.platform, ["unknown-status"])) rows[0].order_status = unknownStatus;
	const total = orders.length;
	shift(call, orders);
	return { page: asked, size, total, shop_order_list: rows };
};

interface Window {
	by: "create_time" | "update_time";
	fromMs: number;
	toMs: number;
	ascending: boolean;
}

function windowOf(params: Params): Window {
	const kinds = ["create_time", "update_time"] as const;
	const given = kinds.filter((kind) => params.has(`${kind}_start`) || params.has(`${kind}_end`));
	const [by] = given;
	if (!by) throw missingParam("update_time_start");
	if (given.length > 1) throw invalidParam("create_time_start", "只能使用一组时间");
	if ((params.text("order_by") ?? "create_time") !== by) throw invalidParam("order_by", `应为${by}`);
	const fromMs = params.time(`${by}_start`);
	const toMs = params.time(`${by}_end`);
	if (fromMs > toMs) throw invalidParam(`${by}_end`, "结束时间早于开始时间");
	if (toMs - fromMs > longestWindowMs) throw invalidParam(`${by}_start`, "时间跨度超过90天");
	return { by, fromMs, toMs, ascending: params.bool("order_asc", false) };
}

/** Newest first. */
function ordersIn({ market, shop, nowMs }: SellerCall, { by, fromMs, toMs }: Window): MarketOrder[] {
	if (fromMs < nowMs - longestWindowMs - graceMs) throw invalidParam(`${by}_start`, "只能查询90天内的订单");
	const { platform, shopId } = shop;
	return by === "update_time"
		? market.modifiedBetween(platform, shopId, fromMs, toMs)
		: market.placedBetween(platform, shopId, fromMs, toMs);
}

/** Source: order.orderDetail. */
const orderDetail: SellerMethod = (call) => {
	const { params, market, shop, faults } = call;
	const record = orderRecord(market, shop, orderOf(call, params.neededText("shop_order_id")));
	if (faults.strike(shop.platform, ["unknown-status"])) record.order_status = unknownStatus;
	return { shop_order_detail: record };
};

/** The seller's note and flag; the order's time does not move. Source: order.addOrderRemark. */
const addOrderRemark: SellerMethod = (call) => {
	const { params, market } = call;
	const order = orderOf(call, params.neededText("order_id"));
	const remark = params.text("remark") ?? "";
	if (Array.from(remark).length > 60) throw invalidParam("remark", "最多60个字");
	const starred = params.text("is_add_star") ?? "false";
	if (starred !== "true" && starred !== "false") throw invalidParam("is_add_star", "应为true或false");
	const star = starred === "true" ? params.neededText("star") : null;
	if (star !== null && !/^[0-5]$/.test(star)) throw invalidParam("star", "应为0-5");
	writeMemo(market, order, { seller: remark, flag: star === null ? order.memo.flag : Number(star) });
	return {};
};

/** Ciphertexts of orders in plain text, each answered for itself; phones as virtual numbers. Source: order.batchDecrypt. */
const batchDecrypt: SellerMethod = (call) => ({
	decrypt_infos: call.params.objects("cipher_infos", mostCiphers).map((info) => decrypted(call, info)),
	custom_err: { err_code: 0, err_msg: "" },
});

function decrypted(call: SellerCall, info: Params): DoudianObject {
	const order = orderOf(call, info.neededText("auth_id"));
	const cipher_text = info.neededText("cipher_text");
	const asked = { auth_id: order.platformOrderId, cipher_text };
	const kind = kindOf(order, cipher_text);
	if (kind === null) return { ...asked, decrypt_text: "", err_no: 300008, err_msg: "密文与订单不匹配" };
	const { name, mobile, address } = order.receiver;
	const answer = { ...asked, data_type: cipherKinds[kind], is_virtual_tel: false, err_no: 0, err_msg: "" };
	if (kind !== "phone") return { ...answer, decrypt_text: kind === "name" ? name : address };
	const extension = mobile.slice(-4);
	return {
		...answer,
		decrypt_text: `${virtualPhone}-${extension}`,
		is_virtual_tel: true,
		phone_no_a: virtualPhone,
		phone_no_b: extension,
		expire_time: Math.floor((call.nowMs + virtualPhoneMs) / 1000),
	};
}

export const orderMethods: Readonly<Record<string, SellerMethod>> = {
	"order.searchList": searchList,
	"order.orderDetail": orderDetail,
	"order.addOrderRemark": addOrderRemark,
	"order.batchDecrypt": batchDecrypt,
};
