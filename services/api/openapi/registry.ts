import type { ServiceBroker } from "moleculer";
import { type OpenApi, openApi } from "./document.ts";
import type { ActionRules } from "./operation.ts";

interface Offered {
	name: string;
	action?: { params?: ActionRules };
}

/** The document of what the hub's processes offer now, this one and the others. */
export async function openApiOf(broker: ServiceBroker, basePath: string): Promise<OpenApi> {
	const offered: Offered[] = await broker.call("$node.actions", { onlyAvailable: true });
	const rules = new Map(offered.map(({ name, action }) => [name, action?.params ?? {}]));
	return openApi((action) => rules.get(action), basePath);
}
