import { pending } from "../../mixins/outbox.ts";
import { type Alert, type AlertKind, AlertModel, type Trouble } from "./alert.model.ts";

/**
 * Makes the open alerts of these kinds the troubles there are: new ones are raised, those that are over closed. Safe to
 * repeat and from several processes. @returns whether anything was news
 */
export async function reconcile(
	kinds: readonly AlertKind[],
	troubles: readonly Trouble[],
	now: Date,
): Promise<boolean> {
	const open = await AlertModel.find({ kind: { $in: kinds }, state: "OPEN" }, { outbox: 0 }).lean<Alert[]>();
	const known = new Map(open.map((alert) => [alert._id, alert]));
	let news = false;
	for (const trouble of troubles) {
		const before = known.get(trouble.key);
		known.delete(trouble.key);
		if (before) await refresh(before, trouble);
		else news = (await raise(trouble, now)) || news;
	}
	for (const over of known.values()) news = (await close(over, now)) || news;
	return news;
}

/** Raises a trouble that nothing looks after but who raises it. Open already, it gets its latest words. @returns whether it is news */
export async function raiseOwn(trouble: Trouble, now: Date): Promise<boolean> {
	if (await raise(trouble, now)) return true;
	const { key: _id, level, ref, reason } = trouble;
	await AlertModel.updateOne({ _id, state: "OPEN" }, { $set: { level, ref, reason } });
	return false;
}

/** @returns whether it was open */
export async function settleOwn(_id: string, now: Date): Promise<boolean> {
	const alert = await AlertModel.findOne({ _id, state: "OPEN" }, { outbox: 0 }).lean<Alert>();
	return alert !== null && close(alert, now);
}

async function refresh({ _id, reason }: Alert, trouble: Trouble): Promise<void> {
	if (reason !== trouble.reason) await AlertModel.updateOne({ _id }, { $set: { reason: trouble.reason } });
}

async function raise({ key: _id, ...trouble }: Trouble, now: Date): Promise<boolean> {
	const event = pending("hub.alert.raised", { alertId: _id, ...trouble }, "");
	const change = {
		$set: { ...trouble, state: "OPEN", since: now, until: null },
		$inc: { times: 1 },
		$push: { outbox: event },
	};
	try {
		const closed = { _id, state: { $ne: "OPEN" as const } };
		const { matchedCount, upsertedCount } = await AlertModel.updateOne(closed, change, { upsert: true });
		return matchedCount + upsertedCount > 0;
	} catch (err) {
		if ((err as { code?: number }).code === 11000) return false; // another process raised it at the same moment
		throw err;
	}
}

async function close({ _id, kind, level, ref, reason }: Alert, now: Date): Promise<boolean> {
	const event = pending("hub.alert.closed", { alertId: _id, kind, level, ref, reason }, "");
	const change = { $set: { state: "CLOSED", until: now }, $push: { outbox: event } };
	return (await AlertModel.updateOne({ _id, state: "OPEN" }, change)).matchedCount > 0;
}
