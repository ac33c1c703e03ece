/** Takes up pushes that somebody left behind or that wait for their time. Called by mixins/due.ts, one taker each. */
import { typeOf } from "../../config/errors.ts";
import { driverOf } from "./dialects.ts";
import type { Connection } from "./driver.ts";
import { errandOf, find } from "./exchange.ts";
import { type Hub, lookAtOrder, lookBefore } from "./look.ts";
import type { Push } from "./push.model.ts";
import { sendStored, store } from "./push.ts";
import { abandoned, afterFind, type Step } from "./push-step.ts";

export async function resume(hub: Hub, push: Push): Promise<void> {
	switch (push.state) {
		case "PENDING":
			return sendStored(hub, push);
		case "SENDING":
			return settle(hub, await store(push, abandoned(new Date())));
		case "IN_DOUBT":
			return settle(hub, push);
		case "PARKED":
			return lookAgain(hub, push);
		default:
			await store(push, { state: push.state, at: null });
	}
}

/** Asks the ERP by our number first; sends again only what it says is not there. */
async function settle(hub: Hub, push: Push | null): Promise<void> {
	if (!push) return;
	const step = await ask(hub, push);
	if (step === "SEND") await sendStored(hub, push);
	else await store(push, step);
}

async function ask(hub: Hub, push: Push): Promise<Step | "SEND"> {
	if (!push.number) return "SEND"; // a document without a number never leaves: sending it says so
	let connection: Connection;
	try {
		connection = await hub.call<Connection>("connection.open", { id: push.connectionId });
	} catch (err) {
		const reason = typeOf(err) ?? (err as Error).message;
		return afterFind(push, { state: "UNKNOWN", reason }, [], new Date());
	}
	const errand = errandOf(driverOf(connection.dialect), connection, performance.now());
	const { found, attempts } = await find(errand, push.kind, push.number, push.document);
	return afterFind(push, found, attempts, new Date());
}

/** What stood in the way may have gone just before the push was parked. */
async function lookAgain(hub: Hub, push: Push): Promise<void> {
	if (push.kind === "order") return offerIfReady(hub, push);
	const { obstacle } = await lookBefore(hub, push);
	if (obstacle?.state === "PARKED" || push.skipped) await store(push, { state: "PARKED", at: null });
	else await store(push, obstacle ?? { state: "PENDING", at: new Date() });
}

/**
 * The order may have been let go just before its push was parked, so that the flow that was told found the push in
 * other hands; or the stored document is outdated. Then the order is offered anew, to be mapped as it is now.
 */
async function offerIfReady(hub: Hub, push: Push): Promise<void> {
	const { obstacle } = await lookAtOrder(hub, push.orderId);
	if (obstacle?.state === "PENDING") throw new Error("the order cannot be looked at");
	if (!obstacle && !push.skipped) await offerAgain(hub, push.orderId);
	await store(push, { state: "PARKED", at: null });
}

async function offerAgain(hub: Hub, orderId: string): Promise<void> {
	try {
		await hub.call("order.repush", { id: orderId });
	} catch (err) {
		if (typeOf(err) !== "ORDER_NOT_READY") throw err; // else it changed once more, and will be offered in its time
	}
}
