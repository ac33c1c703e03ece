import { hubError } from "../../../config/errors.ts";
import type { MemoFlag } from "../../order/order.ts";
import type { Remark } from "../adapter.ts";
import type { Steps } from "../steps.ts";
import { mustBeTrue } from "./answer.ts";
import { sets } from "./call.ts";

const method = "pdd.order.note.update";

/** Number and name of a colour: both are sent, or none. Names have three characters at most. */
const tags: Partial<Record<MemoFlag, [tag: string, name: string]>> = {
	red: ["1", "红色"],
	yellow: ["2", "黄色"],
	green: ["3", "绿色"],
	blue: ["4", "蓝色"],
	purple: ["5", "紫色"],
};

/** The whole note. Without a flag the colour stays as it was: there is none for "none". @throws INVALID for other colours */
export function remark({ orderNo, text, flag }: Remark): Steps<void> {
	const [tag, tag_name] = tags[flag] ?? [];
	if (flag !== "" && !tag) throw hubError("INVALID", `there is no ${flag} flag here`, { field: "flag" });
	return sets({
		method,
		params: { order_sn: orderNo, note: text, ...(tag && tag_name && { tag, tag_name }) },
		read: (response) => mustBeTrue(method, response, "success"),
	});
}
