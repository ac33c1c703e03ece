/** How pushes stand, for the dashboard. Each number is a count along an index: see push.model.ts. */
import { kept } from "../../mixins/kept.ts";
import type { ShopScope } from "../shop/scope.ts";
import type { Hub } from "./look.ts";
import { type Push, PushModel, type PushState, pushStates } from "./push.model.ts";

type Counts = Record<PushState, number>;

export interface ConnectionHealth {
	id: string;
	name: string;
	dialect: string;
	active: boolean; // not switched off
	byState: Counts; // of the documents that came into that state within the last day
	lastOkAt: Date | null; // when the ERP last took one
}

export interface PushSummary {
	byState: Counts;
	connections: ConnectionHealth[];
}

interface ConnectionRow {
	_id: string;
	name: string;
	dialect: string;
	status: string;
}

const lateMs = 24 * 3_600_000;

/** Pages ask again and again. */
const keptMs = 2_000;
const summaries = kept<PushSummary>(keptMs);

/** As it is, or was two seconds ago. */
export const summarisePushes = (hub: Hub, scope: ShopScope): Promise<PushSummary> =>
	summaries(JSON.stringify(scope), () => summarise(hub, scope, new Date()));

async function summarise(hub: Hub, scope: ShopScope, now: Date): Promise<PushSummary> {
	const shops = scope === "*" ? {} : { shopId: { $in: scope } };
	const since = new Date(now.getTime() - lateMs);
	const { items } = await hub.call<{ items: ConnectionRow[] }>("connection.all", {});
	const connections = items.map(async ({ _id: id, name, dialect, status }): Promise<ConnectionHealth> => {
		const ofIt = { connectionId: id, ...shops };
		const [byState, last] = await Promise.all([
			countStates({ ...ofIt, updatedAt: { $gte: since } }),
			PushModel.findOne({ ...ofIt, state: "OK" }, { updatedAt: 1 })
				.sort({ updatedAt: -1 })
				.lean<Push>(),
		]);
		return { id, name, dialect, active: status === "ACTIVE", byState, lastOkAt: last?.updatedAt ?? null };
	});
	return { byState: await countStates(shops), connections: await Promise.all(connections) };
}

async function countStates(filter: object): Promise<Counts> {
	const counts = pushStates.map(
		async (state) => [state, await PushModel.countDocuments({ ...filter, state })] as const,
	);
	return Object.fromEntries(await Promise.all(counts)) as Counts;
}
