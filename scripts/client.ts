/** The typed client of the gateway: from this tree's services, or from what a running hub offers. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type OpenApi, openApi } from "../services/api/openapi/document.ts";
import type { ActionRules } from "../services/api/openapi/operation.ts";
import { basePath } from "../services/api/table-routes.ts";
import { actionsOfTree } from "./actions.ts";
import { clientSource } from "./client-source.ts";

async function documentOfTree(): Promise<OpenApi> {
	const actions = await actionsOfTree();
	return openApi((action) => actions.get(action)?.params as ActionRules | undefined, basePath);
}

async function documentOf(hub: string): Promise<OpenApi> {
	const response = await fetch(new URL("/api/openapi.json", hub));
	if (!response.ok) throw new Error(`${hub} answered ${response.status}`);
	return (await response.json()) as OpenApi;
}

/**
 * Writes it into the folder. Returns the path of the file.
 * @param from a running hub, "http://127.0.0.1:3000"; left out: this tree
 * @throws where services of the hub are away: their operations would be missing
 */
export async function makeClient(to: string, from?: string): Promise<string> {
	const document = from ? await documentOf(from) : await documentOfTree();
	const missing = document["x-missing"];
	if (missing.length) throw new Error(`these services are away: ${missing.join(", ")}`);
	await mkdir(to, { recursive: true });
	const file = path.join(to, "order-hub.ts");
	await writeFile(file, clientSource(document));
	return file;
}
