import type { Remark } from "../adapter.ts";
import { idNumber } from "../json-text.ts";
import { part, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { resultOf } from "./answer.ts";
import { reads, writes } from "./request.ts";
import { flagCode } from "./statuses.ts";

const readMethod = "jingdong.order.venderRemark.queryByOrderId";
const writeMethod = "jingdong.pop.order.modifyVenderRemark";

/** The colour of an order's remark, as the platform numbers it; "" where there is no remark yet. */
export const remarkFlag = (order_id: bigint): Steps<string> =>
	reads(readMethod, { order_id }, (answer) =>
		text(part(resultOf(readMethod, answer, "venderRemarkQueryResult"), "vender_remark"), "flag"),
	);

/** Text and colour are written together: where the colour shall stay, it is asked for first. 京东 has no "none". */
export function* remark({ orderNo, text: remark, flag: wished }: Remark): Steps<void> {
	const order_id = idNumber("orderNo", orderNo);
	const flag = Number(flagCode(wished) ?? ((yield* remarkFlag(order_id)) || 0));
	yield* writes(
		writeMethod,
		{ repeatable: true },
		{ flag, order_id, remark },
		(answer) => void resultOf(writeMethod, answer, "modifyvenderremark_result"),
	);
}
