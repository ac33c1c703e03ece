import { hubError } from "../../../config/errors.ts";
import type { PlainReceiver, RevealPurpose } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { optionalTime, type RawRecord, requiredText, text, wrappedList } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { tradeId } from "./order-reader.ts";
import { reads } from "./request.ts";

const method = "taobao.top.oaid.decrypt";

/** What the platform is told of the purpose: it counts and checks by it. Source: taobao.top.oaid.decrypt. */
const scenes: Readonly<Record<RevealPurpose, string>> = {
	print: "1004", // a waybill of any other carrier: those taken through the platform need no plain text
	push: "1007", // to whom the goods are sent from
	view: "1006",
	service: "2002",
};

/** The receiver of a trade in plain text, mostly with a virtual number. */
export function* reveal(trade: RawRecord, purpose: RevealPurpose): Steps<PlainReceiver> {
	const query = { oaid: requiredText(trade, "oaid"), tid: tradeId(trade), scene: scenes[purpose] };
	return yield* ask(
		reads(method, { query_list: JSON.stringify([query]) }, (payload, answer) => {
			const [receiver] = wrappedList(payload, "receiver_list", "receiver");
			if (!receiver) throw badAnswer(method, answer, "no receiver");
			if (receiver.matched === false) throw hubError("PLATFORM_REFUSED", "the address has changed meanwhile");
			return readReceiver(receiver);
		}),
	);
}

const readReceiver = (receiver: RawRecord): PlainReceiver => ({
	name: text(receiver, "name"),
	phone: text(receiver, "mobile") || text(receiver, "phone"),
	address: text(receiver, "address_detail"),
	province: text(receiver, "state"),
	city: text(receiver, "city"),
	district: text(receiver, "district"),
	town: text(receiver, "town"),
	phoneExpiresAt: receiver.privacy_protection === true ? optionalTime(receiver, "secret_no_expire_time") : null,
});
