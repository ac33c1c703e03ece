/** The real Node-RED without editor: the nodes of the hub, flows given as a list, nothing kept. */
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import RED from "node-red";
import type { FlowNode } from "../../editor/flow-files.ts";

/** One per process. `functionSec`: an endless loop of a function node ends after so long. Returns what stops it. */
export async function startNodeRed(flows: readonly FlowNode[], functionSec: number): Promise<() => Promise<void>> {
	const userDir = await mkdtemp(path.join(tmpdir(), "hub-flows-"));
	const nothing = async (): Promise<object> => ({});
	const storageModule = {
		init: nothing,
		getFlows: async () => flows.map((node) => withLimit(node, functionSec)),
		saveFlows: nothing,
		getCredentials: nothing,
		saveCredentials: nothing,
		getSettings: nothing,
		saveSettings: nothing,
		getLibraryEntry: nothing,
		saveLibraryEntry: nothing,
	};
	RED.init(http.createServer(), {
		userDir,
		storageModule,
		nodesDir: [path.resolve(import.meta.dirname, "../../../nodes")],
		// As in the editor (services/editor/settings.ts): no way from a flow to the machine.
		nodesExcludes: ["90-exec.js", "10-file.js", "23-watch.js", "31-tcpin.js", "32-udp.js"],
		functionExternalModules: false,
		externalModules: { autoInstall: false, palette: { allowInstall: false }, modules: { allowInstall: false } },
		credentialSecret: "rig",
		logging: { console: { level: "off" } },
		telemetry: { enabled: false, updateNotification: false },
		disableEditor: true,
		globalFunctionTimeout: functionSec,
	} as never);
	const started = new Promise((resolve) => RED.events.once("flows:started", resolve));
	const stuck = new Promise<never>((_, reject) => {
		RED.events.on("runtime-event", ({ payload }: { payload?: { error?: string; types?: string[] } }) => {
			if (payload?.error === "missing-types") reject(new Error(`unknown nodes: ${payload.types?.join(", ")}`));
		});
	});
	await RED.start();
	await Promise.race([started, stuck]);
	return async () => {
		await RED.stop();
		await rm(userDir, { recursive: true, force: true });
	};
}

/** A function node's own time limit goes before the one of the settings. */
function withLimit(node: FlowNode, functionSec: number): FlowNode {
	const own = node.type === "function" ? Number(node.timeout) : 0;
	return own > functionSec ? { ...node, timeout: functionSec } : node;
}
