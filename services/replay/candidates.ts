/** What a person can choose to try over stored orders without an editor: what is deployed, and what the repository has. */
import type { HubContext } from "../../mixins/actor.ts";
import { mappingNames } from "../../nodes/jsonata-map/mapping-files.ts";
import type { ConnectionView } from "../connection/connection.ts";
import type { AskFlows } from "./revision.ts";
import { takesOrders } from "./tab.ts";

export interface Candidates {
	tabs: { id: string; label: string; enabled: boolean }[]; // that take events of orders
	mappings: string[]; // files: "<dialect>/<name>"
	connections: { id: string; name: string; dialect: string }[];
}

/** @throws SERVICE_UNAVAILABLE while the editor is away */
export async function listCandidates(ctx: HubContext<unknown>, deployed: AskFlows): Promise<Candidates> {
	const [flows, mappings, { items }] = await Promise.all([
		deployed(),
		mappingNames(),
		ctx.call<{ items: ConnectionView[] }, object>("connection.all", {}),
	]);
	return {
		tabs: flows
			.filter(({ id, type }) => type === "tab" && takesOrders(flows, id))
			.map(({ id, label, disabled }) => ({ id, label: String(label || id), enabled: !disabled })),
		mappings,
		connections: items.map(({ _id, name, dialect }) => ({ id: _id, name, dialect })),
	};
}
