import { hubError } from "../../../config/errors.ts";
import type { RefusalReason } from "../adapter.ts";
import { type RawRecord, requiredText, text, wrappedList } from "../record.ts";

/** Source: taobao.refund.refusereason.get; tmall.exchange.refusereason.get. */
export const reasonFields = "reason_id,reason_text,reason_tips";

/** No field says whether a picture must come along; the tips ask for one in words. */
export const readReasons = (payload: RawRecord, list: string): RefusalReason[] =>
	wrappedList(payload, list, "reason").map((row) => ({
		code: requiredText(row, "reason_id"),
		text: text(row, "reason_text"),
		needsProof: text(row, "reason_tips").includes("凭证"),
	}));

/** The words for the buyer that go with every refusal. @throws INVALID */
export function wordsOf(note: string): string {
	if (note.length >= 2 && note.length <= 200) return note;
	throw hubError("INVALID", "a refusal takes 2 to 200 characters for the buyer", { field: "note" });
}
