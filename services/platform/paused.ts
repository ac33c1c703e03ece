import { PaceModel } from "./pace.model.ts";

/** The platform asked for a pause: calls of this kind for the shop wait until then. */
export interface Paused {
	platform: string;
	shopId: string;
	method: string;
	until: string; // ISO
}

const most = 1_000;

export async function pausedNow(nowMs: number): Promise<Paused[]> {
	const paces = await PaceModel.find({ closedUntil: { $gt: nowMs } })
		.limit(most)
		.lean();
	return paces.map(({ _id, closedUntil }) => {
		const [platform = "", , shopId = "", method = ""] = JSON.parse(_id) as string[]; // as calls.ts names a pace
		return { platform, shopId, method, until: new Date(closedUntil).toISOString() };
	});
}
