import { beijing } from "../../beijing.ts";
import { ownOrder } from "../shop-call.ts";
import type { SellerCall, SellerMethod } from "./call.ts";
import { list, type TopObject } from "./envelope.ts";
import { invalid, tradeNotExist } from "./errors.ts";
import { fieldsIn, jsonArgument, textOf } from "./json-argument.ts";
import { oaidOf } from "./trade.ts";

const scenes = new Set(["1001", "1002", "1003", "1004", "1005", "1006", "1007", "2001", "2002"]);
const mostAtOnce = 20;
const secretNumberMs = 14 * 24 * 3_600_000;

/**
 * The receiver behind an OAID, with a virtual phone number. `matched` is false for an OAID of an older address: the
 * caller reads the trade again. Source: taobao.top.oaid.decrypt.
 */
const decrypt: SellerMethod = (call) => {
	const receivers = queriesOf(call).map((query) => receiver(call, query));
	return { receiver_list: list("receiver", receivers) };
};

interface Query {
	oaid: string;
	tid: string;
}

function receiver(call: SellerCall, { oaid, tid }: Query): TopObject {
	const order = ownOrder(call, tid);
	if (!order) throw tradeNotExist();
	if (oaid !== oaidOf(order)) return { oaid, tid, matched: false };
	const { name, mobile, province, city, district, town, address } = order.receiver;
	return {
		oaid,
		tid,
		name,
		mobile: `18477770000-${mobile.slice(-4)}`,
		state: province,
		city,
		district,
		town,
		address_detail: address,
		country: "中国",
		matched: true,
		privacy_protection: true,
		secret_no_expire_time: beijing(call.nowMs + secretNumberMs),
	};
}

/** `query_list`: JSON text, at most 20 of {oaid, tid, scene}; tid and scene may be numbers or text. */
function queriesOf({ args }: SellerCall): Query[] {
	const queries = jsonArgument(args, "query_list");
	if (!Array.isArray(queries) || queries.length === 0 || queries.length > mostAtOnce) {
		throw invalid("query_list", `应为1-${mostAtOnce}个对象的JSON数组`);
	}
	return queries.map((query: unknown) => {
		const { oaid, tid, scene } = fieldsIn(query);
		if (typeof oaid !== "string" || oaid === "") throw invalid("query_list", "缺少oaid");
		if (!/^\d{1,19}$/.test(textOf(tid))) throw invalid("query_list", "缺少tid");
		if (!scenes.has(textOf(scene))) throw invalid("query_list", "scene不在范围内");
		return { oaid, tid: textOf(tid) };
	});
}

export const privacyMethods: Readonly<Record<string, SellerMethod>> = { "taobao.top.oaid.decrypt": decrypt };
