import { hubError } from "../../config/errors.ts";
import type { HubContext } from "../../mixins/actor.ts";
import type { ShopScope } from "../shop/scope.ts";
import { type Alert, AlertModel } from "./alert.model.ts";
import { settleOwn } from "./reconcile.ts";

/** @throws NOT_FOUND, out of reach too; CONFLICT for one that is over, or that nobody raised */
export async function settleByHand(ctx: HubContext<unknown>, id: string, scope: ShopScope): Promise<Alert> {
	const alert = await alertOf(id, scope);
	if (alert.kind !== "flow.raised")
		throw hubError("CONFLICT", "the alert goes by itself when its cause is gone", { id });
	if (alert.state !== "OPEN") throw over(id);
	await ctx.call("audit.record", { what: "alert.settle", ref: id });
	if (!(await settleOwn(id, new Date()))) throw over(id);
	return alertOf(id, scope);
}

async function alertOf(id: string, scope: ShopScope): Promise<Alert> {
	const alert = await AlertModel.findById(id, { outbox: 0 }).lean<Alert>();
	if (!alert || (scope !== "*" && !scope.includes(alert.ref.shopId ?? ""))) {
		throw hubError("NOT_FOUND", `alert ${id}`, { id });
	}
	return alert;
}

const over = (id: string): Error => hubError("CONFLICT", "the alert is over already", { id });
