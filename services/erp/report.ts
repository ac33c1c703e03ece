/** Pushes in numbers, for charts and the workbench. */
import type { ShopScope } from "../shop/scope.ts";
import { PushModel, type PushState } from "./push.model.ts";

/** What became of the documents that were first pushed in an hour, as it is now. */
export interface HourOutcomes {
	at: string; // ISO: when the hour begins
	outcome: Outcome;
	pushes: number;
}

export const outcomes = ["OK", "REJECTED", "IN_DOUBT", "PARKED"] as const satisfies readonly PushState[];
export type Outcome = (typeof outcomes)[number];

const inScope = (scope: ShopScope): object => (scope === "*" ? {} : { shopId: { $in: scope } });

/** Reads every push of the stretch: ask for a day at most. */
export async function outcomesByHour(
	{ from, to }: { from: Date; to: Date },
	scope: ShopScope,
): Promise<HourOutcomes[]> {
	const hour = { $dateToString: { date: "$createdAt", format: "%Y-%m-%dT%H:00:00.000Z" } };
	const rows = await PushModel.aggregate<{ _id: { at: string; outcome: Outcome }; pushes: number }>([
		{ $match: { createdAt: { $gte: from, $lt: to }, state: { $in: [...outcomes] }, ...inScope(scope) } },
		{ $group: { _id: { at: hour, outcome: "$state" }, pushes: { $sum: 1 } } },
	]);
	return rows.map(({ _id, pushes }) => ({ ..._id, pushes }));
}

/** By state, of those that are not there: each is a count in an index. */
export async function countUndone(scope: ShopScope): Promise<Record<Exclude<Outcome, "OK">, number>> {
	const count = (state: PushState): Promise<number> =>
		PushModel.countDocuments({ state, skipped: false, ...inScope(scope) }).exec();
	const [REJECTED, IN_DOUBT, PARKED] = await Promise.all([count("REJECTED"), count("IN_DOUBT"), count("PARKED")]);
	return { REJECTED, IN_DOUBT, PARKED };
}
