import type { Service, ServiceSchema } from "moleculer";
import type { HubContext } from "./actor.ts";

type Params = Record<string, unknown>;

/** Who answers for what is done: people, programs and the flows that people wired. Rules and platforms are the hub itself. */
const answers = /^(user|client|flow):/;

/**
 * Actions that must be answered for, each with what it is done to, from its params. It is written into the audit before
 * it is done: what cannot be traced does not happen. Only the names of the params given are kept, no values: among them
 * are secrets. What the hub does by itself is not written.
 */
export function audited(actions: Record<string, (params: Params) => unknown>): Partial<ServiceSchema> {
	const before = Object.entries(actions).map(([action, refOf]) => [
		action,
		async function (this: Service, ctx: HubContext<Params>): Promise<void> {
			if (!answers.test(String(ctx.meta.actor ?? ""))) return;
			const purpose = Object.keys(ctx.params)
				.filter((name) => name !== "id" && ctx.params[name] !== undefined)
				.join(", ");
			const ref = String(refOf(ctx.params)).slice(0, 300);
			await ctx.call("audit.record", { what: `${this.name}.${action}`, ref, purpose: purpose.slice(0, 200) });
		},
	]);
	return { hooks: { before: Object.fromEntries(before) } };
}
