import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServiceSchema } from "moleculer";
import ApiGateway, { type IncomingRequest } from "moleculer-web";
import { env } from "../../config/env.ts";
import { ownsModels } from "../../mixins/database.ts";
import { admission, bearerOf } from "./admission.ts";
import { documentation, forgetDocument } from "./documentation.ts";
import { asMiddleware, type Gateway } from "./gateway.ts";
import { answerHook } from "./hooks.ts";
import { KeptModel } from "./idempotency.ts";
import { keepAnswer, replayed } from "./idempotent-writes.ts";
import { answerConsent } from "./oauth.ts";
import { probes } from "./probes.ts";
import { sendProblem } from "./refusal.ts";
import { gatewayServer } from "./server.ts";
import { basePath, tableRoutes, tableSettings } from "./table-routes.ts";

const lingerMs = 1_000; // for connections when the hub stops

/**
 * api: the REST gateway. Its routes are the rows of config/roles.ts; what they do are other services' actions.
 * It keeps nothing but the answers of Idempotency-Keys.
 */
const ApiService: ServiceSchema = {
	name: "api",
	// Started from the last to the first: the port opens when the database is there.
	mixins: [ApiGateway as unknown as ServiceSchema, ownsModels(KeptModel) as ServiceSchema],
	dependencies: ["account"], // without it no request could be let in
	settings: {
		...tableSettings,
		port: env.httpPort,
		ip: env.bind,
		routes: [
			...tableRoutes({ admit: admission({ audience: "hub-api", tokenOf: bearerOf }), replayed, keepAnswer }),
			{
				path: "/",
				mappingPolicy: "restrict",
				bodyParsers: false,
				pathToRegexpOptions: { sensitive: true },
				aliases: Object.fromEntries(
					Object.entries({ ...probes, ...documentation(basePath) }).map(([path, step]) => [path, asMiddleware(step)]),
				),
			},
		],
		onError(this: Gateway, req: IncomingRequest, res: ServerResponse, err: unknown) {
			void sendProblem(this, req, res, err);
		},
	},
	events: {
		"$services.changed"(this: Gateway) {
			forgetDocument(this.broker);
		},
	},
	actions: {
		listAliases: false,
		addRoute: false, // what has no row in the table must not appear, from inside either
		removeRoute: false,
		/** Returns {url}: where the gateway listens, the real port when any free one was asked for. */
		address: {
			visibility: "public",
			handler() {
				const { address, port, family } = (this as unknown as Gateway).server.address() as AddressInfo;
				const everywhere = address === "0.0.0.0" || address === "::";
				const host = everywhere ? "127.0.0.1" : family === "IPv6" ? `[${address}]` : address;
				return { url: `http://${host}:${port}` };
			},
		},
	},
	methods: {
		createServer(this: Gateway) {
			this.server = gatewayServer({
				isStopping: () => this.broker.stopping,
				handle: (req, res) => void this.take(req, res),
				refuse: (req, res, reason) => this.sendError(req, res, reason),
			});
		},
		/** Platforms and sellers' browsers come without a token of ours, and are proved in another way. */
		async take(this: Gateway, req: IncomingMessage, res: ServerResponse): Promise<void> {
			if (await answerHook(this.broker, req, res, `${basePath}/hooks`)) return;
			if (await answerConsent(this.broker, req, res, `${basePath}/oauth/callback`)) return;
			this.httpHandler(req, res);
		},
		/** Replaces moleculer-web's, which logs errors with their data. */
		errorHandler(this: Gateway, req: IncomingMessage, res: ServerResponse, err: unknown) {
			this.sendError(req, res, err);
		},
	},
	async stopped() {
		const { server } = this as unknown as Gateway;
		// The requests in hand have been answered by now; who still holds his connection open gets no say in this.
		setTimeout(() => server.closeAllConnections(), lingerMs).unref();
	},
};

export default ApiService;
