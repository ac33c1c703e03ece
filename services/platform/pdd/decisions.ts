import { hubError } from "../../../config/errors.ts";
import type { Decision } from "../../aftersale/aftersale.ts";
import type { Decisions, ReturnAddress } from "../adapter.ts";
import { idNumber, jsonText } from "../json-text.ts";
import { isRecord, part, type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { platformCarrier } from "../table.ts";
import { mustBeTrue } from "./answer.ts";
import { reads, writes } from "./call.ts";
import { companyNames, logisticsIds } from "./carriers.ts";

/**
 * What a seller may answer by API. Refusing is not among it: it is done on the platform's own pages.
 * `raw` is the after-sale as pdd.refund.information.get tells it.
 */
export const decisions: Decisions = {
	actions: {
		AGREE_REFUND: (raw, { note }) =>
			answered("pdd.refund.agree", { ...numbers(raw), operate_desc: note || "同意退款" }),
		*AGREE_RETURN(raw, { note, addressId }) {
			const return_address_id = addressId || (yield* defaultAddress());
			yield* answered("pdd.refund.returngoods.agree", {
				...numbers(raw),
				operate_desc: note || "同意退货",
				return_address_id,
			});
		},
		SHIP_EXCHANGE: shipReplacement,
		SHIP_RESEND: shipReplacement,
	},
	addresses,
};

/** Of an exchange and of a resend alike: 换货补寄 is one process of the platform. */
function shipReplacement(raw: RawRecord, { carrier, trackingNo }: Decision): Steps<void> {
	const method = "pdd.refund.exchange.shipping";
	const request = {
		...numbers(raw),
		shipping_id: idNumber("shipping_id", platformCarrier(logisticsIds, carrier)),
		shipping_name: platformCarrier(companyNames, carrier),
		tracking_number: trackingNo,
	};
	return writes({
		method,
		params: { request: jsonText(request) },
		read: (response) => mustBeTrue(method, part(response, "result"), "succ"),
	});
}

/** Both numbers; the platform wants the after-sale's own as a number. */
const numbers = (raw: RawRecord) => ({
	after_sales_id: idNumber("id", requiredText(raw, "id")),
	order_sn: requiredText(raw, "order_sn"),
});

const answered = (method: string, request: object): Steps<void> =>
	writes({
		method,
		params: { request: jsonText(request) },
		// Some answers carry a result of their own inside, with other names.
		read: ({ result, ...response }) =>
			isRecord(result) ? mustBeTrue(method, result, "succ") : mustBeTrue(method, response, "success"),
	});

function* addresses(): Steps<ReturnAddress[]> {
	return yield* reads({
		method: "pdd.refund.address.list.get",
		params: {},
		read: (payload) => rows(payload, "refund_address_list").map(toAddress),
	});
}

function toAddress(row: RawRecord): ReturnAddress {
	const place = ["province_name", "city_name", "district_name", "refund_address"]
		.map((field) => text(row, field))
		.join("");
	const phone = text(row, "refund_phone") || text(row, "refund_tel");
	return {
		id: requiredText(row, "refund_address_id"),
		text: [text(row, "refund_name"), phone, place].filter(Boolean).join(" "),
		isDefault: ["1", "Y", "true"].includes(text(row, "is_default")),
	};
}

function* defaultAddress(): Steps<string> {
	const all = yield* addresses();
	const chosen = all.find(({ isDefault }) => isDefault);
	if (!chosen) throw hubError("INVALID", "the shop has no default address for returns", { field: "addressId" });
	return chosen.id;
}
