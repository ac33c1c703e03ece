import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { ServiceBroker } from "moleculer";
import { isOwnOrigin, offeredToken, offerToken, sessionOf } from "./session.ts";
import { watchSession } from "./session-watch.ts";

/** Where Node-RED's own WebSocket is: it carries what debug nodes print, so orders too. */
const commsPath = "/comms";

/**
 * The listener for upgrades, before Node-RED's own. Node-RED would open its socket to anybody, wait for a token for as
 * long as it takes, and never ask again: here the token must be there from the start, and the connection ends with it.
 */
export function commsGuard(broker: ServiceBroker) {
	return (request: IncomingMessage, socket: Duplex): void => {
		if (isOwnOrigin(request)) offerToken(request);
		if (request.url?.split("?")[0] !== commsPath) return; // the dashboard has a guard of its own
		const token = offeredToken(request);
		if (!token || !isOwnOrigin(request)) return void socket.destroy();
		let unwatch = (): void => undefined;
		socket.once("close", () => unwatch());
		const over = (): unknown => socket.destroy();
		sessionOf(broker, token).then((session) => {
			if (!session) over();
			else if (!socket.destroyed) unwatch = watchSession(broker, token, session, { over });
		}, over);
	};
}
