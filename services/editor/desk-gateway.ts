/** The gateway's routes for the dashboard's pages, on the editor's own origin: there the session's cookie is the token. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler } from "express";
import type { ServiceBroker, ServiceSchema } from "moleculer";
import ApiGateway, { type IncomingRequest } from "moleculer-web";
import { routes } from "../../config/roles.ts";
import { admission } from "../api/admission.ts";
import type { Gateway } from "../api/gateway.ts";
import { sendProblem } from "../api/refusal.ts";
import { traceIdOf } from "../api/request.ts";
import { basePath, tableRoutes, tableSettings } from "../api/table-routes.ts";
import { audience, cookieToken } from "./session.ts";

/** Signing in and out is done by the pages for it, and some routes are for programs alone. */
const forPeople = routes.filter(({ roles }) => roles !== "anyone" && roles.length);

const deskGateway: ServiceSchema = {
	name: "deskGateway",
	mixins: [ApiGateway as unknown as ServiceSchema],
	settings: {
		...tableSettings,
		server: false,
		routes: tableRoutes({ admit: admission({ audience, tokenOf: cookieToken }) }, forPeople),
		onError(this: Gateway, req: IncomingRequest, res: ServerResponse, err: unknown) {
			void sendProblem(this, req, res, err);
		},
	},
	actions: { listAliases: false, addRoute: false, removeRoute: false },
	methods: {
		/** Replaces moleculer-web's, which logs errors with their data. */
		errorHandler(this: Gateway, req: IncomingMessage, res: ServerResponse, err: unknown) {
			this.sendError(req, res, err);
		},
	},
};

/** Answers what is below /api/v1. Requests that change something have been seen to come from our own pages. */
export function deskRoutes(broker: ServiceBroker): RequestHandler {
	const gateway = broker.createService(deskGateway) as Gateway;
	return (req, res, next) => {
		if (!req.path.startsWith(`${basePath}/`)) return next();
		res.set("Cache-Control", "no-store");
		res.set("X-Request-ID", traceIdOf(req));
		delete req.headers["x-correlation-id"]; // moleculer-web would prefer it to the id we just set
		delete req.headers["if-none-match"]; // and would answer 304 to "*", also after a write
		gateway.httpHandler(req, res);
	};
}
