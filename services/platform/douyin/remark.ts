import { hubError } from "../../../config/errors.ts";
import type { Remark } from "../adapter.ts";
import type { Steps } from "../steps.ts";
import { done, writes } from "./call.ts";
import { starOf } from "./statuses.ts";

const method = "order.addOrderRemark";
const mostCharacters = 60;

/**
 * Writes the seller's note and flag over those there are. Without a flag the old one stays.
 * @throws INVALID for a note that is too long and a colour the platform has not
 */
export function remark({ orderNo, text, flag }: Remark): Steps<void> {
	if (Array.from(text).length > mostCharacters) {
		throw hubError("INVALID", `a note has at most ${mostCharacters} characters here`, { field: "text" });
	}
	const star = starOf(flag);
	if (flag !== "" && star === undefined) throw hubError("INVALID", `there is no ${flag} flag here`, { field: "flag" });
	const starred = star === undefined ? { is_add_star: "false" } : { is_add_star: "true", star };
	return writes(method, { order_id: orderNo, remark: text, ...starred }, true, done(method));
}
