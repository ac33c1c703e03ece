import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Service } from "moleculer";
import type { GatewayResponse, IncomingRequest } from "moleculer-web";

/** moleculer-web's service, as far as we use it. */
export interface Gateway extends Service {
	server: Server;
	aliases: { method: string; fullPath: string; re: RegExp }[];
	sendError(req: IncomingMessage, res: ServerResponse, err: unknown): void;
	httpHandler(req: IncomingMessage, res: ServerResponse): void;
	take(req: IncomingMessage, res: ServerResponse): Promise<void>; // ours: what is no route goes before it
}

/** One thing done with a request before its action is called. Returns true when it has given the answer itself. */
export type Step = (this: Gateway, req: IncomingRequest, res: GatewayResponse) => Promise<boolean>;
type Next = (err?: unknown) => void;

export const asMiddleware = (step: Step) =>
	function (this: Gateway, req: IncomingRequest, res: GatewayResponse, next: Next): void {
		step.call(this, req, res).then((answered) => {
			if (!answered) next();
		}, next);
	};
