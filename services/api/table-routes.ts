/** The rows of config/roles.ts as moleculer-web's routes. The gateway serves them, and the editor to its own pages. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "moleculer";
import type { IncomingRequest } from "moleculer-web";
import { type Route, routes } from "../../config/roles.ts";
import type { Admit } from "./admission.ts";
import { jsonBody, readLargeBody } from "./body.ts";
import { checkPrecondition, etagOf, showsResource } from "./etag.ts";
import { asMiddleware, type Step } from "./gateway.ts";
import { paramsOf } from "./params.ts";

export const basePath = "/api/v1";

/** Who is let in, and what else is done with a write before and after its action. */
export interface Door {
	admit: Admit;
	/** Gives an answer that was given before; returns false where there is none. */
	replayed?: Step;
	keepAnswer?(req: IncomingMessage, status: number, data: unknown): Promise<void>;
}

/** Requests whose answer shows one thing. */
const tagged = new WeakSet<IncomingMessage>();

/** What happens to a request of a route, in this order; then its action is called with `req.$params`. */
function stepsOf(route: Route, { admit, replayed }: Door): Step[] {
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
	if (replayed && route.method === "POST" && route.path.startsWith("/erp/")) steps.push(replayed);
	return steps;
}

/** moleculer-web's word for rows of the table whose bodies are read in the same way. */
function routesOf(name: string, rows: readonly Route[], bodyParsers: object | false, door: Door): object {
	return {
		name,
		path: basePath,
		mappingPolicy: "restrict",
		mergeParams: false, // what comes from where is for paramsOf to see
		pathToRegexpOptions: { sensitive: true },
		bodyParsers,
		aliases: Object.fromEntries(
			rows.map((route) => [`${route.method} ${route.path}`, [...stepsOf(route, door).map(asMiddleware), route.action]]),
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
			await door.keepAnswer?.(req, res.statusCode, data);
			return data;
		},
	};
}

export function tableRoutes(door: Door, rows: readonly Route[] = routes): object[] {
	const uploads = rows.filter(({ bodyMb }) => bodyMb);
	const others = rows.filter(({ bodyMb }) => !bodyMb);
	return [
		routesOf("table", others, { json: jsonBody(1) }, door),
		routesOf("uploads", uploads, false, door), // read in a step of their own
	];
}

/** What both ways of serving them have in common. */
export const tableSettings = {
	$secureSettings: ["routes"], // functions mean nothing to other processes
	logRequest: null,
	logRequestParams: null,
	logResponse: null,
	logRouteRegistration: null,
	etag: false,
	qsOptions: { depth: 0, parameterLimit: 50, arrayLimit: 200 },
};
