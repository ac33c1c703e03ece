import path from "node:path";
import type { Logger, ServiceBroker } from "moleculer";
import { env, masterKeys } from "../../config/env.ts";
import type { DashboardGuard } from "./dashboard-guard.ts";
import { checkDeploy, type Told } from "./deploy-gate.ts";
import { credentialSecret, resealed } from "./flow-credentials.ts";
import { type FlowNode, toFiles } from "./flow-files.ts";
import type { FlowStorage } from "./flow-storage.ts";
import { permissionsOf, sessionOf, tokenHeader } from "./session.ts";

const root = path.resolve(import.meta.dirname, "../..");

interface Parts {
	broker: ServiceBroker;
	logger: Logger;
	storage: FlowStorage;
	dashboard: DashboardGuard;
	/** Tells everybody who has the editor open of a deploy that is not right; see deploy-gate.ts. */
	tell(told: Told): void;
}

/** Node-RED's settings: what flows may do, who may change them, where they are kept. */
export function nodeRedSettings({ broker, logger, storage, dashboard, tell }: Parts): object {
	const secrets = masterKeys().map(credentialSecret);
	return {
		httpAdminRoot: "/",
		httpNodeRoot: "/",
		userDir: path.join(env.dataDir, "node-red"),
		nodesDir: [path.join(root, "nodes")],
		storageModule: {
			...storage,
			async getCredentials() {
				const stored = await storage.getCredentials();
				const fresh = resealed(stored, secrets);
				if (fresh !== stored) await storage.saveCredentials(fresh);
				return fresh;
			},
			async saveFlows(flows: FlowNode[], user?: { username: string }) {
				await checkDeploy(flows, { production: env.production, logger, tell });
				await noteDeploy(broker, await storage.getFlows(), flows, user?.username);
				await storage.saveFlows(flows);
				logger.info("flows deployed", { by: user?.username ?? "", nodes: flows.length });
			},
		},
		credentialSecret: secrets[0],
		contextStorage: { default: { module: "memory" } }, // nothing that cannot be lost
		logging: {
			hub: {
				level: env.logLevel === "info" ? "warn" : env.logLevel,
				metrics: false,
				audit: false,
				handler: () => logTo(logger),
			},
		},
		telemetry: { enabled: false, updateNotification: false },
		diagnostics: { enabled: false, ui: false },

		// A flow is code, and these are the ways from it to the machine that no flow of ours needs.
		nodesExcludes: ["90-exec.js", "10-file.js", "23-watch.js", "31-tcpin.js", "32-udp.js"],
		functionExternalModules: false,
		functionGlobalContext: {},
		exportGlobalContextKeys: false,
		functionTimeout: 5, // what the editor proposes for a new function node
		globalFunctionTimeout: 5, // what ends an endless loop
		externalModules: {
			autoInstall: false,
			palette: { allowInstall: false, allowUpdate: false, allowUpload: false },
			modules: { allowInstall: false },
		},

		adminAuth: adminAuth(broker),
		dashboard,
		nodeCloseTimeout: 4_000, // a deploy or a stop waits so long for a node that does not let go
		editorTheme: {
			tours: false,
			page: { title: "OrderHub 订单集成枢纽" },
			header: { title: "OrderHub 订单集成枢纽", image: null },
			logout: { redirect: "/logout" },
			palette: { catalogues: [], categories: ["order_hub", "subflows", "common", "function"] },
			projects: { enabled: false },
			multiplayer: { enabled: false },
		},
	};
}

/** Into the audit, before it is done: who deploys, and which files of flows are other ones afterwards. */
async function noteDeploy(
	broker: ServiceBroker,
	before: readonly FlowNode[],
	after: readonly FlowNode[],
	username: string | undefined,
): Promise<void> {
	if (username === undefined) return; // Node-RED itself, at its start
	const [old, now] = [toFiles(before), toFiles(after)];
	const changed = [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name));
	const ref = changed.join(", ").slice(0, 300) || "nothing changed";
	await broker.call("audit.record", { what: "flow.deploy", ref }, { meta: { actor: `user:${username}` } });
}

/** A line of Node-RED's log, or of a node's. */
interface LogLine {
	level: number;
	type?: string; // of the node
	id?: string;
	msg: unknown;
}

/** Node-RED's levels: 10 fatal, 20 error, 30 warn, 40 info, 50 debug, 60 trace. */
function logTo(logger: Logger): (line: LogLine) => void {
	const write = { 10: logger.fatal, 20: logger.error, 30: logger.warn, 40: logger.info, 50: logger.debug } as const;
	return ({ level, type, id, msg }) => {
		const text = msg instanceof Error ? msg.message : typeof msg === "string" ? msg : JSON.stringify(msg);
		const log = write[level as keyof typeof write] ?? logger.trace;
		if (type) log.call(logger, text, { node: type, id });
		else log.call(logger, text);
	};
}

/** The hub's own users. A token is checked with the account service on every use. */
function adminAuth(broker: ServiceBroker): object {
	return {
		type: "credentials",
		users: async () => null, // Node-RED's own tokens are not used
		authenticate: async () => null, // login.ts answers the form
		async tokens(token: string) {
			const session = await sessionOf(broker, token);
			return session && { username: session.sub, permissions: permissionsOf(session), shops: session.shops };
		},
		tokenHeader,
	};
}
