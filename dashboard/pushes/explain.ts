/** A push in plain words: why it is where it is, and what helps. Pure but for the language. */
import { holds } from "../../config/words.ts";
import { actorName } from "../actor.ts";
import { inWords, told, type Words } from "../language.ts";
import type { Row } from "./push.ts";
import { reasons } from "./words.ts";

const held = (names: string): string =>
	names
		.split(", ")
		.map((name) => (Object.hasOwn(holds, name) ? told(holds[name as keyof typeof holds]) : name))
		.join("、");

/** "SKIPPED: user:amy: why" */
function givenUp(text: string): string {
	const [, by = text, why = ""] = /^(\w+:[^:]*)(?:: (.*))?$/s.exec(text) ?? [];
	return [actorName(by), why].filter(Boolean).join(" · ");
}

const details: Readonly<Record<string, (rest: string) => string>> = { ORDER_HELD: held, SKIPPED: givenUp };

/** Our codes in words; what an ERP said as it said it. */
export function reasonWords(reason: string): string {
	const [, code = "", rest = ""] = /^([A-Z_]+)(?:: (.*))?$/s.exec(reason) ?? [];
	const words = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
	if (!words) return reason;
	const more = details[code]?.(rest) ?? rest;
	return more ? `${told(words)} · ${more}` : told(words);
}

const steps: Readonly<Record<string, Words>> = {
	OK: ["ERP 已收到，无需处理。", "The ERP has it: nothing to do."],
	PENDING: ["集成枢纽会自动再发，也可以立即重发。", "The hub sends it again by itself; you may send it now."],
	SENDING: ["正在发送，稍候即有结果。", "It is being sent; its outcome comes by itself."],
	REJECTED: [
		"按 ERP 的说明在 ERP 或订单里改好（常见：SKU、仓库、库存、客户），再点重发。",
		"Put right what the ERP names, there or in the order (often: SKU, warehouse, stock, customer), then send it again.",
	],
	IN_DOUBT: [
		"不知道 ERP 是否已收到。集成枢纽会用我方单号查证，查清前不会重复发送；请不要在 ERP 手工补录。",
		"Nobody knows whether the ERP has it. The hub asks by our number and never sends it twice; do not enter it by hand meanwhile.",
	],
	PARKED: [
		"发送前被拦下。原因解除后订单会自动重新推送；确认没问题也可以重发。",
		"It was stopped before it was sent. Once the cause is gone the order is pushed by itself; you may also send it now.",
	],
	SKIPPED: [
		"已由人放弃，集成枢纽不再推送。重发会恢复推送（先向 ERP 查证）。",
		"A person gave it up, so the hub leaves it. Sending it again takes it up, asking the ERP first.",
	],
	ORDER_HELD: [
		"先在订单中心解除拦截，订单会自动推送。",
		"Release the order in the order centre; it is then pushed by itself.",
	],
	ORDER_ELSEWHERE: [
		"订单在另一 ERP 连接。先在那边取消，再重发。",
		"Another ERP connection has the order: cancel it there, then send it again.",
	],
};

export function nextStep({ state, skipped, reason }: Pick<Row, "state" | "skipped" | "reason">): string {
	if (state !== "PARKED") return inWords(steps[state] as Words);
	const cause = skipped ? "SKIPPED" : (reason.split(":")[0] ?? "");
	return inWords((steps[cause] ?? steps.PARKED) as Words);
}
