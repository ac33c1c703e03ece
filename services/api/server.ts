/** The HTTP server in front of moleculer-web: limits, security headers, and what must not reach it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { hubError } from "../../config/errors.ts";
import { isSecure, overTlsOnly } from "../../mixins/caller.ts";
import { observeRequest } from "./metrics.ts";
import { rateLimiter } from "./rate-limit.ts";
import { addressOf, patternOf, traceIdOf } from "./request.ts";

/** Of one address. Far above what an ERP does; behind a proxy all callers share one. */
const requestLimit = { perSecond: 2_000, burst: 60_000 };

const limits = {
	maxHeaderSize: 16_384,
	headersTimeout: 10_000,
	requestTimeout: 30_000, // a body that comes slower than this is not waited for
	keepAliveTimeout: 30_000,
	connectionsCheckingInterval: 5_000,
};

/** The gateway answers programs: nothing of it is shown, framed or kept by a browser. */
const securityHeaders = new Map([
	["Cache-Control", "no-store"],
	["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
	["Referrer-Policy", "no-referrer"],
	["X-Content-Type-Options", "nosniff"],
]);

export interface Behind {
	/** Once true, requests in hand are still answered, new ones sent elsewhere. */
	isStopping(): boolean;
	handle(req: IncomingMessage, res: ServerResponse): void;
	refuse(req: IncomingMessage, res: ServerResponse, reason: Error): void;
}

export function gatewayServer({ isStopping, handle, refuse }: Behind): Server {
	const allow = rateLimiter(requestLimit);

	return createServer(limits, (req, res) => {
		const startedAt = performance.now();
		res.once("close", () => {
			observeRequest(req.method ?? "", patternOf(req), res.statusCode, (performance.now() - startedAt) / 1_000);
		});
		res.setHeaders(securityHeaders);
		if (isSecure(req)) res.setHeaders(new Map(Object.entries(overTlsOnly)));
		res.setHeader("X-Request-ID", traceIdOf(req));
		delete req.headers["x-correlation-id"]; // moleculer-web would prefer it to the id we just set
		delete req.headers["if-none-match"]; // and would answer 304 to "*", also after a write

		if (isStopping()) {
			res.setHeader("Connection", "close");
			return refuse(req, res, hubError("SERVICE_UNAVAILABLE"));
		}
		const { retryAfterSec } = allow(addressOf(req));
		if (retryAfterSec) refuse(req, res, hubError("TOO_MANY_REQUESTS", undefined, { retryAfterSec }));
		// No other origin is served, so there is no preflight; moleculer-web would run the asked-for route instead.
		else if (req.method === "OPTIONS") refuse(req, res, hubError("METHOD_NOT_ALLOWED"));
		else handle(req, res);
	});
}
