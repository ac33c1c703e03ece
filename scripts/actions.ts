/** The actions of every service of this tree, without starting any. */
import { glob } from "node:fs/promises";
import path from "node:path";
import type { ActionSchema, ServiceSchema } from "moleculer";

const root = path.resolve(import.meta.dirname, "..");

/** By name: "order.list". */
export async function actionsOfTree(): Promise<Map<string, ActionSchema>> {
	const actions = new Map<string, ActionSchema>();
	for await (const file of glob("services/**/*.service.ts", { cwd: root })) {
		const { default: service } = (await import(path.join(root, file))) as { default: ServiceSchema };
		for (const [name, action] of Object.entries(service.actions ?? {})) {
			actions.set(`${service.name}.${name}`, action as ActionSchema);
		}
	}
	return actions;
}
