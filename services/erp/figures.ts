import { Counter } from "prom-client";
import { counted, type Figure, figure } from "../../mixins/figure.ts";
import { registry } from "../../mixins/registry.ts";
import { PushModel, type PushState } from "./push.model.ts";

const notDone: PushState[] = ["PENDING", "SENDING", "REJECTED", "IN_DOUBT", "PARKED"];

/** Counted when a push comes to it, so a push that was in doubt and then done counts in both. */
export const pushOutcomes = new Counter({
	name: "hub_push_outcomes_total",
	help: "What became of documents for ERPs: done, rejected, doubtful, parked",
	labelNames: ["connection", "kind", "outcome"] as const,
	registers: [registry],
});

export async function pushFigures(): Promise<Figure[]> {
	const rows = await PushModel.aggregate([
		{ $match: { state: { $in: notDone } } },
		{ $group: { _id: { state: "$state", connection: "$connectionId" }, count: { $sum: 1 } } },
	]);
	return [figure("hub_pushes", "Documents for ERPs that are not there yet, by state", counted(rows))];
}
