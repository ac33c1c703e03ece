import { once } from "node:events";
import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import path from "node:path";
import express, { type RequestHandler } from "express";
import type { Logger, ServiceBroker, ServiceSchema } from "moleculer";
import RED from "node-red";
import { env, forgetSecrets } from "../../config/env.ts";
import { hubError } from "../../config/errors.ts";
import { natsHosts } from "../../config/nats.ts";
import { egressRule } from "../../mixins/egress.ts";
import { guardSockets } from "../../mixins/egress-guard.ts";
import { lendBroker } from "../../nodes/hub/broker.ts";
import { commsGuard } from "./comms-guard.ts";
import { dashboardGuard, requireSession } from "./dashboard-guard.ts";
import { refusalWords, type Told } from "./deploy-gate.ts";
import { deskRoutes } from "./desk-gateway.ts";
import { deskModules } from "./desk-modules.ts";
import type { FlowNode } from "./flow-files.ts";
import { flowStorage } from "./flow-storage.ts";
import { safeHeaders } from "./headers.ts";
import { loginRoutes } from "./login.ts";
import { isOwnOrigin, offerToken } from "./session.ts";
import { nodeRedSettings } from "./settings.ts";

const repositoryFlows = path.resolve(import.meta.dirname, "../../flows");

interface Running {
	url: string;
	flows(): Promise<FlowNode[]>;
	stop(): Promise<void>;
}

// Node-RED is one per process, and so is this service.
let running: Running | undefined;

/**
 * editor: Node-RED with the hub's nodes, its editor at `/` and the dashboard at `/dashboard`. Runs in a process of its
 * own: flows are code, and an endless loop in one must not stop orders.
 */
const EditorService: ServiceSchema = {
	name: "editor",
	dependencies: ["account"],
	actions: {
		/** Where it listens: {url}. */
		address: {
			visibility: "public",
			params: { $$strict: true },
			handler() {
				if (!running) throw hubError("SERVICE_UNAVAILABLE", "the editor is starting");
				return { url: running.url };
			},
		},
		/** What is deployed: FlowNode[], without credentials. */
		flows: {
			visibility: "public", // for replays
			params: { $$strict: true },
			handler(): Promise<FlowNode[]> {
				if (!running) throw hubError("SERVICE_UNAVAILABLE", "the editor is starting");
				return running.flows();
			},
		},
	},
	async started() {
		running = await startEditor(this.broker, this.logger);
		this.logger.info("editor listening", { url: running.url });
	},
	async stopped() {
		await running?.stop();
		running = undefined;
	},
};

async function startEditor(broker: ServiceBroker, logger: Logger): Promise<Running> {
	lendBroker(broker);
	forgetSecrets();
	// Flows are code: what they may reach is what the hub may, whatever node or function of theirs connects.
	const release = guardSockets(egressRule([...env.egressAllow, ...natsHosts(env.natsUrl)]), (host, port) =>
		logger.warn("connection refused", { host, port }),
	);
	// A promise that a function node leaves to itself would otherwise end the process when it is rejected.
	const survive = (err: unknown): void => logger.error("unhandled rejection in a flow", { reason: String(err) });
	process.on("unhandledRejection", survive);

	const app = express();
	const server = http.createServer(app);
	const sockets = new Set<Socket>();
	server.on("connection", (socket) => {
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
	});
	server.on("upgrade", commsGuard(broker)); // before Node-RED's own listener

	const storage = flowStorage(env.dataDir, repositoryFlows);
	const dashboard = dashboardGuard(broker);
	const tell = (data: Told): unknown => RED.events.emit("comms", { topic: "hub/deploy-doubts", data, retain: false });
	RED.init(server, nodeRedSettings({ broker, logger, storage, dashboard, tell }) as never);
	app.disable("x-powered-by");
	app.use(safeHeaders(env.printUrl), ownPagesOnly, loginRoutes(broker));
	app.use((req, _res, next) => {
		offerToken(req);
		next();
	});
	app.use(refusalWords, RED.httpAdmin);
	app.use(requireSession(broker), deskModules("/desk"), deskRoutes(broker));
	// Whatever flows serve (the dashboard, http-in nodes) is for people who are signed in.
	app.use(requireSession(broker), RED.httpNode);

	await RED.start();
	server.listen(env.editorPort, env.bind);
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;

	return {
		url: `http://${env.bind}:${port}`,
		flows: () => storage.getFlows(),
		async stop() {
			await RED.stop(); // nodes give back what they have in hand
			server.close();
			for (const socket of sockets) socket.destroy();
			process.off("unhandledRejection", survive);
			lendBroker(null);
			release();
		},
	};
}

/** The cookie speaks for the user, so a page from elsewhere must not make the browser send anything that changes things. */
const ownPagesOnly: RequestHandler = (req, res, next) => {
	if (["GET", "HEAD", "OPTIONS"].includes(req.method) || isOwnOrigin(req)) return next();
	res.status(403).end();
};

export default EditorService;
