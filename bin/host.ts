/** One process of services: those of HUB_SERVICES, or all but the editor. Started by the supervisor. */
import { glob } from "node:fs/promises";
import path from "node:path";
import { ServiceBroker, type ServiceSchema } from "moleculer";
import { env } from "../config/env.ts";
import brokerOptions from "../moleculer.config.ts";
import { seedDemo } from "./demo.ts";

const root = path.resolve(import.meta.dirname, "..");

/** A name selects a service and what stands below it: "platform" selects "platform.taobao". */
const selects = (wanted: string, name: string): boolean => name === wanted || name.startsWith(`${wanted}.`);

async function selectedServices(names: readonly string[] | null): Promise<ServiceSchema[]> {
	const schemas: ServiceSchema[] = [];
	for await (const file of glob("services/**/*.service.ts", { cwd: root })) {
		// Node-RED costs memory and seconds: its module is loaded only where it runs.
		if (file.includes("editor") && !names?.includes("editor")) continue;
		const { default: schema } = (await import(path.join(root, file))) as { default: ServiceSchema };
		if (!names || schema.name === "metrics" || names.some((wanted) => selects(wanted, schema.name)))
			schemas.push(schema);
	}
	const unknown = names?.filter((wanted) => !schemas.some(({ name }) => selects(wanted, name))) ?? [];
	if (unknown.length) throw new Error(`HUB_SERVICES names no service of ours: ${unknown.join(", ")}`);
	return schemas.sort((a, b) => a.name.localeCompare(b.name));
}

const broker = new ServiceBroker(brokerOptions);
// Without its supervisor a process would hold its port and its work beside the next one.
process.once("disconnect", () => process.exit(1));
process.once("SIGTERM", async () => {
	await broker.stop();
	process.exit(0);
});

/** Where this process listens, by the services that do. */
async function addresses(): Promise<Record<string, string>> {
	const found: Record<string, string> = {};
	for (const name of ["api", "editor"]) {
		if (broker.getLocalService(name)) found[name] = (await broker.call<{ url: string }>(`${name}.address`)).url;
	}
	return found;
}

try {
	for (const schema of await selectedServices(env.services)) broker.createService(schema);
	await broker.start();
	const where = await addresses();
	if (env.demoSandbox && where.api) await seedDemo(broker, env.demoSandbox, where.api);
	console.log(`host ${JSON.stringify(where)}`);
} catch (err) {
	console.error((err as Error).message); // the supervisor starts it again, or gives up and says so
	process.exit(1);
}
