import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Context, ServiceSchema } from "moleculer";
import ApiGateway, { type IncomingRequest } from "moleculer-web";
import { env } from "../../config/env.ts";
import { type Route, routes } from "../../config/roles.ts";
import { ownsModels } from "../../mixins/database.ts";
import { admission } from "./admission.ts";
import { jsonBody, readLargeBody } from "./body.ts";
import { documentation, forgetDocument } from "./documentation.ts";
import { checkPrecondition, etagOf, showsResource } from "./etag.ts";
import { asMiddleware, type Gateway, type Step } from "./gateway.ts";
import { answerHook } from "./hooks.ts";
import { KeptModel } from "./idempotency.ts";
import { keepAnswer, replayed } from "./idempotent-writes.ts";
import { answerConsent } from "./oauth.ts";
import { paramsOf } from "./params.ts";
import { probes } from "./probes.ts";
import { sendProblem } from "./refusal.ts";
import { gatewayServer } from "./server.ts";

export const basePath = "/api/v1";
const lingerMs = 1_000; // for connections when the hub stops

const admit = admission();

/** Requests whose answer shows one thing. */
const tagged = new WeakSet<IncomingMessage>();

/** What happens to a request of a route, in this order; then its action is called with `req.$params`. */
function stepsOf(route: Route): Step[] {
	const steps: Step[] = [
		async (req, res) => {
			await admit(route, req, res);
			if (route.bodyMb) await readLargeBody(route.bodyMb, req, res);
			req.$params = paramsOf(route, req);
			await checkPrecondition(route, req, res);
			if (showsResource(route)) tagged.add(req);
			if (route.status) res.statusCode = route.status;
			return false;
		},
	];
	if (route.method === "POST" && route.path.startsWith("/erp/")) steps.push(replayed);
	return steps;
}

/** moleculer-web's word for rows of the table whose bodies are read in the same way. */
function tableRoutes(name: string, rows: readonly Route[], bodyParsers: object | false): object {
	return {
		name,
		path: basePath,
		mappingPolicy: "restrict",
		mergeParams: false, // what comes from where is for paramsOf to see
		pathToRegexpOptions: { sensitive: true },
		bodyParsers,
		aliases: Object.fromEntries(
			rows.map((route) => [`${route.method} ${route.path}`, [...stepsOf(route).map(asMiddleware), route.action]]),
		),
		async onAfterCall(
			ctx: Context<unknown, { $location?: string }>,
			_route: unknown,
			req: IncomingRequest,
			res: ServerResponse,
			data: unknown,
		) {
			const id = (data as { _id?: unknown } | null)?._id;
			if (res.statusCode === 201) ctx.meta.$location = `${req.parsedUrl}/${encodeURIComponent(String(id))}`;
			if (tagged.has(req) && data) res.setHeader("ETag", etagOf(data));
			await keepAnswer(req, res.statusCode, data);
			return data;
		},
	};
}

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
		$secureSettings: ["routes"], // functions mean nothing to other processes
		port: env.httpPort,
		ip: env.bind,
		logRequest: null,
		logRequestParams: null,
		logResponse: null,
		logRouteRegistration: null,
		etag: false,
		qsOptions: { depth: 0, parameterLimit: 50, arrayLimit: 200 },
		routes: [
			tableRoutes(
				"table",
				routes.filter(({ bodyMb }) => !bodyMb),
				{ json: jsonBody(1) },
			),
			tableRoutes(
				"uploads",
				routes.filter(({ bodyMb }) => bodyMb),
				false, // read in a step of their own
			),
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
