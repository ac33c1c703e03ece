/** The start of every HTTP call to what others name: an ERP, a platform. */
import http from "node:http";
import https from "node:https";
import { type Decide, guardedDial } from "./egress.ts";

// A server that closes an idle connection just as we write to it looks the same as one that took the request and
// died: both are in doubt, and nothing here tries again. Idle connections are dropped early so that it is rare.
const idleMs = 4_000;
const options = { keepAlive: true, maxSockets: 64, timeout: idleMs, scheduling: "lifo" } as const;
const agents = { "http:": new http.Agent(options), "https:": new https.Agent(options) };

/**
 * A request that dials only what `decide` allows; its error then is one of `isEgressRefused`. Follows no redirect, so
 * that what is checked is what is asked. Connections are kept and used again.
 * @throws what `guardedDial` throws; TypeError for a URL of another kind, or a header that cannot be sent
 */
export function outsideCall(
	url: URL,
	{ method, headers }: { method: string; headers: Record<string, string> },
	decide: Decide,
): http.ClientRequest {
	const secure = url.protocol === "https:";
	const agent = secure ? agents["https:"] : agents["http:"];
	return (secure ? https : http).request(url, { method, headers, agent, ...guardedDial(url, decide) });
}
