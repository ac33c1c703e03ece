/** What the gateway answers of pushes, and what may be done about one. Pure. */
import type { Found } from "../../services/erp/driver.ts";
import type { PushRow, PushView } from "../../services/erp/push-desk.ts";
import type { PushSummary } from "../../services/erp/push-summary.ts";
import type { AsJson } from "../as-json.ts";

export type Row = AsJson<PushRow> & { _id: string };
export type Push = AsJson<PushView> & { _id: string };
export type Summary = AsJson<PushSummary>;
export type Health = Summary["connections"][number];

export interface Verified {
	found: Found;
	push: Push;
}

export const pushActions = ["retry", "verify", "skip"] as const;
export type PushAction = (typeof pushActions)[number];

/** As services/erp/push-desk.ts takes them. */
const rules: Readonly<Record<PushAction, (push: Row) => boolean>> = {
	retry: ({ state }) => state !== "OK" && state !== "SENDING",
	verify: ({ number }) => number !== "",
	skip: ({ state, skipped }) => state !== "OK" && state !== "SENDING" && !skipped,
};

export const allowed = <Each extends Row>(pushes: readonly Each[], action: PushAction): Each[] =>
	pushes.filter((push) => rules[action](push));

/** How well an ERP does: by what became of the documents of the last day. */
export function mood({ active, byState }: Health): "off" | "quiet" | "good" | "doubtful" | "bad" {
	if (!active) return "off";
	if (byState.REJECTED) return "bad";
	if (byState.IN_DOUBT || byState.PENDING || byState.PARKED) return "doubtful";
	return byState.OK ? "good" : "quiet";
}

/** The document as it is read: indented. */
export const pretty = (document: unknown): string => JSON.stringify(document, null, 2);
