import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "express";
import type { ServiceBroker } from "moleculer";
import type { Viewer } from "../../nodes/hub-dashboard/hub-dashboard.ts";
import { cookieToken, isOwnOrigin, type Session, sessionOf } from "./session.ts";
import { watchSession } from "./session-watch.ts";

/** The part of a socket.io socket that is used here. */
interface DashboardSocket {
	request: IncomingMessage;
	data: { user?: Viewer };
	conn: { once(event: "close", listener: () => void): void };
	disconnect(close: boolean): void;
}

/** Dashboard 2's own settings: who gets its pages and who its socket. */
export interface DashboardGuard {
	maxHttpBufferSize: number;
	middleware: RequestHandler[];
	ioMiddleware: ((socket: DashboardSocket, next: (err?: Error) => void) => void)[];
}

/** Lets in who is signed in. A connection ends with its session. */
export function dashboardGuard(broker: ServiceBroker): DashboardGuard {
	async function admit(socket: DashboardSocket): Promise<void> {
		const token = isOwnOrigin(socket.request) ? cookieToken(socket.request) : undefined;
		const session = await sessionOf(broker, token);
		if (!token || !session) throw new Error("not signed in");
		const viewer = viewerOf(session);
		socket.data.user = viewer;
		const unwatch = watchSession(broker, token, session, {
			over: () => socket.disconnect(true),
			changed: (now) => Object.assign(viewer, viewerOf(now)), // a role may have been taken away
		});
		// The connection's own event: Dashboard 2 removes every listener of the socket's "disconnect" at a deploy.
		socket.conn.once("close", unwatch);
	}
	return {
		maxHttpBufferSize: 100_000,
		middleware: [hideDebugging, requireSession(broker)],
		ioMiddleware: [(socket, next) => void admit(socket).then(() => next(), next)],
	};
}

const viewerOf = ({ sub, roles, shops }: Session): Viewer => ({ sub, roles, shops });

/** Dashboard 2 shows the last message of any node under `_debug`, also those meant for other people. */
const hideDebugging: RequestHandler = (req, res, next) => {
	if (req.path.includes("/_debug/")) res.status(404).end();
	else next();
};

/** Pages lead to the sign-in, anything else is refused. */
export function requireSession(broker: ServiceBroker): RequestHandler {
	return async (req, res, next) => {
		try {
			if (await sessionOf(broker, cookieToken(req))) return next();
			if (req.method === "GET" && req.headers.accept?.includes("text/html"))
				return res.redirect(303, `/login?next=${encodeURIComponent(req.originalUrl)}`);
			res.status(401).end();
		} catch (err) {
			next(err);
		}
	};
}
