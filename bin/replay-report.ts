/** A replay as text for a terminal. Pure. */
import type { Cause } from "../services/replay/causes.ts";
import type { Pushed } from "../services/replay/push-differing.ts";
import type { Replay } from "../services/replay/replay.model.ts";

const yuan = (fen: number): string => `${fen > 0 ? "+" : ""}${(fen / 100).toFixed(2)}`;
const value = (part: unknown): string => (part === undefined || part === null ? "nothing" : JSON.stringify(part));
const orders = (count: number): string => `${count} ${count === 1 ? "order" : "orders"}`;

export const progressLine = ({ progress: { done, total }, different }: Replay): string =>
	`${done} of ${orders(total)}, ${different} different`;

export function reportOf(replay: Replay): string {
	const { candidate, baseline, state, reason, network, causes } = replay;
	const { same, different, rejected, failed, leftOut } = replay;
	const targets = network.targets.length ? `: ${network.targets.join(", ")}` : "";
	return [
		`replay ${replay._id}: ${candidate.label} beside ${baseline.label}: ${state}${reason ? `, ${reason}` : ""}`,
		`  ${same} same, ${different} different, ${leftOut} left out`,
		`  of the candidate, ${rejected} would be rejected and ${failed} are not brought to an end`,
		`  network: ${network.attempts} attempts${targets}, ${network.connections} connections`,
		...causes.flatMap((cause) => causeLines(replay._id, cause)),
	].join("\n");
}

function causeLines(id: string, { key, title, count, changeFen, examples }: Cause): string[] {
	const change = changeFen ? `, ${yuan(changeFen)} yuan in all` : "";
	return [
		"",
		`${orders(count)}: ${title.en}${change}`,
		`  push only these: hub replay --id ${id} --push ${key}`,
		...examples.map(
			({ orderId, path, before, after }) => `  ${orderId}  ${path}${path && ": "}${value(before)} → ${value(after)}`,
		),
	];
}

export const pushedLines = ({ results }: Pushed): string[] =>
	results.filter(({ ok }) => !ok).map(({ id, type, detail }) => `  ✗ ${id}: ${detail ?? type}`);
