import { hubError } from "../../../config/errors.ts";
import type { Remark } from "../adapter.ts";
import { idNumber } from "../json-text.ts";
import { ask, type Steps } from "../steps.ts";
import { writes } from "./api.ts";
import { flagCodes } from "./statuses.ts";

const api = { method: "open.seller.order.note.add", verb: "POST" } as const;
const longest = 200; // characters

/** Adds a note: it becomes the newest, which is the one in force, so a repetition changes nothing that counts. */
export function* remark({ orderNo, text, flag }: Remark): Steps<void> {
	const flagCode = flagCodes[flag];
	if (flagCode === undefined) throw hubError("INVALID", `the platform has no flag ${flag}`, { field: "flag" });
	if ([...text].length > longest) throw hubError("INVALID", `at most ${longest} characters`, { field: "text" });
	yield* ask({
		...writes(api, { orderId: idNumber("orderId", orderNo), note: text, flag: flagCode }),
		repeatable: true,
	});
}
