import { setTimeout as pause } from "node:timers/promises";
import type { ServiceBroker } from "moleculer";
import { env } from "../../config/env.ts";
import { routes } from "../../config/roles.ts";

const patienceMs = 2_000;

export interface Readiness {
	ready: boolean;
	store: boolean; // answers through a service
	nats: boolean | null; // null: the hub runs without it
	missing: string[]; // services of the table of routes that no process offers now
}

/** Whether every route can be answered now. */
export async function readiness(broker: ServiceBroker): Promise<Readiness> {
	const [store, nats, missing] = await Promise.all([
		storeAnswers(broker),
		natsAnswers(broker),
		missingServices(broker),
	]);
	return { ready: store && nats !== false && !missing.length, store, nats, missing };
}

const storeAnswers = (broker: ServiceBroker): Promise<boolean> =>
	broker.call("account.ping", {}, { timeout: patienceMs }).then(
		() => true,
		() => false,
	);

/** What of Moleculer's NATS transporter we use. */
interface NatsTransporter {
	client?: { rtt(): Promise<number> } | null;
}

/** A round trip to the server: the broker itself takes a lost connection for a connected one. */
async function natsAnswers(broker: ServiceBroker): Promise<boolean | null> {
	if (!env.natsUrl) return null;
	const { client } = (broker.transit?.tx ?? {}) as NatsTransporter;
	if (!client) return false;
	const answered = client.rtt().then(
		() => true,
		() => false,
	);
	return Promise.race([answered, pause(patienceMs, false, { ref: false })]);
}

async function missingServices(broker: ServiceBroker): Promise<string[]> {
	const offered: { name: string }[] = await broker.call("$node.actions", { onlyAvailable: true });
	const names = new Set(offered.map(({ name }) => name));
	const missing = routes.map(({ action }) => action).filter((action) => !names.has(action));
	return [...new Set(missing.map((action) => action.slice(0, action.lastIndexOf("."))))];
}
