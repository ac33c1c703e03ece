/** All services of the hub but the editor, in one process behind the real gateway. */
import { glob } from "node:fs/promises";
import path from "node:path";
import type { ActionParams, ServiceSchema } from "moleculer";
import { env } from "../config/env.ts";
import type { Tokens } from "../services/account/account.service.ts";
import { startBroker } from "./broker.ts";

const root = path.resolve(import.meta.dirname, "..");
const admin = { username: "admin", password: "correct horse battery" };

export interface Services {
	url: string; // of the gateway
	broker: Awaited<ReturnType<typeof startBroker>>;
	paramsOf(action: string): ActionParams;
	tokenOfAdmin(): Promise<string>;
	stop(): Promise<void>;
}

/** The editor runs flows, which are programs: it has a process of its own always. Others hear that nothing is deployed. */
const elsewhere = "services/editor/editor.service.ts";
const noFlows: ServiceSchema = { name: "editor", actions: { flows: () => [] } };

export async function startServices(): Promise<Services> {
	env.adminPassword = admin.password;
	const schemas: ServiceSchema[] = [];
	for await (const file of glob("services/**/*.service.ts", { cwd: root })) {
		if (file === elsewhere) continue;
		schemas.push(((await import(path.join(root, file))) as { default: ServiceSchema }).default);
	}
	const broker = await startBroker(...schemas, noFlows);
	const { url } = await broker.call<{ url: string }>("api.address");
	const actions = broker.registry.getActionList({ withEndpoints: false }) as {
		name: string;
		action?: { params?: ActionParams };
	}[];
	const params = new Map(actions.map(({ name, action }) => [name, action?.params ?? {}]));
	return {
		url,
		broker,
		paramsOf: (action) => params.get(action) ?? {},
		tokenOfAdmin: async () => (await broker.call<Tokens, object>("account.login", admin)).token,
		stop: () => broker.stop(),
	};
}
