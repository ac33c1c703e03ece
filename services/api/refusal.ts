import type { ServerResponse } from "node:http";
import type { IncomingRequest } from "moleculer-web";
import { hubError } from "../../config/errors.ts";
import type { Gateway } from "./gateway.ts";
import { keepProblem } from "./idempotent-writes.ts";
import { languageOf, problemOf } from "./problem.ts";
import { patternOf, traceIdOf } from "./request.ts";

/** The end of every request that failed, wherever it failed. */
export async function sendProblem(
	gateway: Gateway,
	req: IncomingRequest,
	res: ServerResponse,
	thrown: unknown,
): Promise<void> {
	const err = otherMethods(gateway, req, res, thrown);
	const traceId = traceIdOf(req);
	const language = languageOf(req.headers["accept-language"]);
	const { status, headers, problem } = problemOf(err, language, traceId, req.$action?.name);
	if (status >= 500) {
		const { message: reason, stack } = err as Error;
		const route = `${req.method} ${patternOf(req)}`;
		gateway.logger.error("request failed", { traceId, route, type: problem.type, reason, stack });
	}
	const body = JSON.stringify(problem);
	await keepProblem(req, { status, body }).catch((cause: Error) => {
		// The caller gets his answer all the same; the key's claim runs out by itself.
		gateway.logger.warn("idempotency key not settled", { traceId, reason: cause.message });
	});
	if (!res.headersSent) res.writeHead(status, headers);
	res.end(body);
}

/** An address that exists, but not with this method, is told from one that does not exist. */
function otherMethods(gateway: Gateway, req: IncomingRequest, res: ServerResponse, err: unknown): unknown {
	const unrouted = (err as { type?: string } | null)?.type === "NOT_FOUND" && !req.$alias;
	if (!unrouted) return err;
	const methods = gateway.aliases.filter(({ re }) => re.test(req.parsedUrl)).map(({ method }) => method);
	if (!methods.length) return err;
	res.setHeader("Allow", methods.join(", "));
	return hubError("METHOD_NOT_ALLOWED");
}
