/** Who sits at the editor or the dashboard: a token of audience "hub-editor", in a cookie or (editor) in a header. */
import type { IncomingMessage } from "node:http";
import type { ServiceBroker } from "moleculer";

export interface Session {
	sub: string; // user name
	roles: string[];
	shops: "*" | string[];
	exp: number; // seconds since 1970
}

export const audience = "hub-editor";
export const cookieName = "hub_session";
/** How a token reaches Node-RED, from whichever place it came. */
export const tokenHeader = "x-hub-session";

export function cookieToken({ headers }: IncomingMessage): string | undefined {
	const prefix = `${cookieName}=`;
	const pairs = headers.cookie?.split(/;\s*/) ?? [];
	return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}

/** The editor's own sign-in keeps its token in the browser and sends it as a bearer; ours is in the cookie. */
export function offerToken(request: IncomingMessage): void {
	const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
	const token = bearer ?? cookieToken(request);
	if (token) request.headers[tokenHeader] = token;
	else delete request.headers[tokenHeader];
}

export const offeredToken = ({ headers }: IncomingMessage): string | undefined => {
	const token = headers[tokenHeader];
	return typeof token === "string" ? token : undefined;
};

/** `null`: no token, one that is not valid (any more), or a user who is gone. Other failures are thrown. */
export async function sessionOf(broker: ServiceBroker, token: string | undefined): Promise<Session | null> {
	if (!token) return null;
	try {
		const { kind, sub, roles, shops, exp } = await broker.call<Session & { kind: string }, object>("account.verify", {
			token,
			audience,
		});
		return kind === "user" ? { sub, roles, shops, exp } : null;
	} catch (err) {
		if ((err as { code?: number }).code === 401) return null;
		throw err;
	}
}

/** Ends the session of a token. Returns whether there was one. */
export async function signOut(broker: ServiceBroker, token: string, ip: string): Promise<boolean> {
	try {
		const { session } = await broker.call<{ session: string }, object>("account.verify", { token, audience });
		await broker.call("account.logout", {}, { meta: { session, ip } });
		return true;
	} catch (err) {
		if ((err as { code?: number }).code === 401) return false; // it is over already
		throw err;
	}
}

/** A flow is code that runs inside the hub: only these may change one. Everyone else who may sign in can look. */
const mayDeploy = new Set(["admin", "integrator"]);

/** Node-RED's own words: everything, or reading. */
export const permissionsOf = ({ roles }: Session): string => (roles.some((role) => mayDeploy.has(role)) ? "*" : "read");

const localHost = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether the browser is on this machine, where there is no wire to listen to. */
export const isLocal = ({ headers }: IncomingMessage): boolean =>
	localHost.test(URL.parse(`http://${headers.host ?? ""}`)?.hostname ?? "");

/** Whether a page of ours sent the request. A request without Origin comes from no page. */
export function isOwnOrigin({ headers }: IncomingMessage): boolean {
	const { origin, host } = headers;
	return origin === undefined || URL.parse(origin)?.host === host;
}
