import type { PlainReceiver, RevealPurpose } from "../adapter.ts";
import { refusedBy } from "../answer.ts";
import { idNumber } from "../json-text.ts";
import { part, type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { resultOf } from "./answer.ts";
import { optionalMoment } from "./fields.ts";
import { reads } from "./request.ts";

const method = "jingdong.jos.order.oaid.decrypt";

/** Why the plain text is asked for, in 京东's numbers. The documentation has no public list of them. */
const scenes: Readonly<Record<RevealPurpose, string>> = { print: "1001", push: "1002", view: "1005", service: "1006" };

/**
 * The receiver behind an order's OAID, with a virtual number where the buyer wants one. The answer is to be used, never
 * kept. Source: jingdong.jos.order.oaid.decrypt; fields as in the official SDK.
 */
export function* reveal(order: RawRecord, purpose: RevealPurpose): Steps<PlainReceiver> {
	const consignee = part(order, "consigneeInfo");
	const orderId = requiredText(order, "orderId");
	const getReceiverInfoListReqVO = {
		appName: "order-hub",
		orderInfos: [{ orderId: idNumber("orderId", orderId), oaid: requiredText(consignee, "oaid") }],
		orderType: "POP",
		scenesType: scenes[purpose],
	};
	return yield* reads(method, { getReceiverInfoListReqVO }, (answer) => {
		const receiver = rows(resultOf(method, answer, "returnType"), "data").find(
			(row) => text(row, "orderId") === orderId,
		);
		if (!receiver) throw refusedBy(method, "the OAID is of an older address");
		return {
			name: text(receiver, "customerName"),
			phone: text(receiver, "consMobilePhone") || text(receiver, "customerPhone"),
			address: withoutRegion(text(receiver, "address"), consignee),
			province: text(consignee, "province"),
			city: text(consignee, "city"),
			district: text(consignee, "county"),
			town: text(consignee, "town"),
			phoneExpiresAt: optionalMoment(receiver, "expiration"),
		};
	});
}

/** "广东深圳市南山区科苑路1号" -> "科苑路1号" */
function withoutRegion(address: string, consignee: RawRecord): string {
	let rest = address;
	for (const field of ["province", "city", "county", "town"]) {
		const name = text(consignee, field);
		if (name !== "" && rest.startsWith(name)) rest = rest.slice(name.length);
	}
	return rest.trim();
}
