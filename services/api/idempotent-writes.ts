/** Ties Idempotency-Keys to requests: claimed before the action, settled with its answer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "moleculer";
import type { IncomingRequest } from "moleculer-web";
import type { CallMeta } from "../account/identity.ts";
import { type Answer, type Claim, claimKey, isFinal, release, settle } from "./idempotency.ts";

const claims = new WeakMap<IncomingMessage, Claim>();

/** Gives the kept answer of the request's key; returns false when there is none, and the write is to be done. */
export async function replayed(req: IncomingRequest, res: ServerResponse): Promise<boolean> {
	const key = req.headers["idempotency-key"];
	if (key === undefined) return false;
	const { actor = "" } = (req.$ctx as Context<unknown, CallMeta>).meta;
	const { method = "", parsedUrl: path, $params: body } = req;
	const found = await claimKey({ actor, key: String(key), method, path, body });
	if (found.claim) {
		claims.set(req, found.claim);
		return false;
	}
	const { status, body: text } = found.answer;
	const type = status < 400 ? "application/json" : "application/problem+json";
	res.writeHead(status, { "Content-Type": `${type}; charset=utf-8`, "Idempotency-Replayed": "true" }).end(text);
	return true;
}

export async function keepAnswer(req: IncomingMessage, status: number, data: unknown): Promise<void> {
	const claim = claims.get(req);
	if (claim) await settle(claim, { status, body: JSON.stringify(data ?? null) });
}

export async function keepProblem(req: IncomingMessage, answer: Answer): Promise<void> {
	const claim = claims.get(req);
	if (claim) await (isFinal(answer.status) ? settle(claim, answer) : release(claim));
}
