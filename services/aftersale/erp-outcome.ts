/** What an ERP made of the document of an after-sale. Takes effect once, however often it is told. */
import type { HubEvent } from "../../mixins/event.ts";
import { changeAftersale } from "./change.ts";
import { aftersaleEvent } from "./events.ts";
import type { AftersaleErp, AftersaleErpState } from "./hub-part.ts";

const outcomes = {
	"hub.push.done": { state: "OK", verb: "pushed" },
	"hub.push.rejected": { state: "REJECTED", verb: "push-rejected" },
	"hub.push.doubtful": { state: "IN_DOUBT", verb: "push-doubtful" },
	"hub.push.parked": { state: "PARKED", verb: "push-parked" },
} as const satisfies Record<string, { state: AftersaleErpState; verb: string }>;

/** What flows to an ERP start from. */
const toldToErp = ["hub.aftersale.created", "hub.aftersale.changed"];

interface PushOutcome {
	kind: string;
	aftersaleId: string;
	connectionId: string;
	docNo: string;
	reason: string;
	version: number; // the push's turn
}

export const recordErpOutcome = (event: HubEvent): Promise<void> =>
	event.subject === "hub.delivery.parked" ? recordGivenUp(event) : recordPush(event);

/** A flow gave it up before the ERP was told of it at all. */
async function recordGivenUp({ at, body, traceId }: HubEvent): Promise<void> {
	const { aftersaleId, subject, consumer, reason } = body as Record<string, string | undefined>;
	const isOfFlow = consumer?.startsWith("flow-") && toldToErp.includes(subject ?? "");
	if (!aftersaleId || !isOfFlow) return;
	await changeAftersale(aftersaleId, ({ erp: known }) => {
		if (known.state !== "NONE") return null; // it came through after all, or the ERP has an earlier state of it
		const erp: AftersaleErp = { ...known, state: "PARKED", reason: reason ?? "", at: new Date(at) };
		const cause = { by: `flow:${consumer}`, traceId };
		return { set: { erp }, events: (next) => [aftersaleEvent("push-parked", next, cause, { erp: "PARKED", reason })] };
	});
}

async function recordPush({ subject, at, body, traceId }: HubEvent): Promise<void> {
	const outcome = outcomes[subject as keyof typeof outcomes];
	if (!outcome) throw new Error(`no outcome is known for ${subject}`);
	const { kind, aftersaleId, connectionId, docNo, reason, version: turn } = body as unknown as PushOutcome;
	if (kind !== "aftersale") return;
	const erp: AftersaleErp = { state: outcome.state, connectionId, docNo, reason, at: new Date(at), turn };
	await changeAftersale(aftersaleId, ({ erp: known }) => {
		// Events may overtake each other; an after-sale is told anew as it changes, so the latest word counts.
		if (known.connectionId === connectionId && known.turn >= turn) return null;
		const cause = { by: `erp:${connectionId}`, traceId };
		const facts = { erp: outcome.state, docNo, ...(reason && { reason }) };
		return { set: { erp }, events: (next) => [aftersaleEvent(outcome.verb, next, cause, facts)] };
	});
}
