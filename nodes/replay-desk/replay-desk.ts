/**
 * replay-desk: the editor's side panel in which flows are tried over stored orders before they are deployed. This is its
 * server part: what the panel asks goes to the replay service in the name of whoever sits there.
 */
import express, { type Request } from "express";
import type { NodeAPI } from "node-red";
import { hubBroker } from "../hub/broker.ts";
import { metaOf, replies } from "../hub/replies.ts";

const call = (req: Request, action: string, params: object): Promise<unknown> =>
	hubBroker().call(action, params, { meta: metaOf(req), timeout: 100_000 });

export default function plugin(RED: NodeAPI): void {
	RED.plugins.registerPlugin("replay-desk", { type: "order-hub" } as never);

	const read = RED.auth.needsPermission("flows.read");
	// A revision that is not deployed is code: only who may deploy it may have it run.
	const run = [RED.auth.needsPermission("flows.write"), express.json({ limit: "8mb" })];
	const { httpAdmin } = RED;
	httpAdmin.get(
		"/hub/replays",
		read,
		replies((req) => call(req, "replay.list", { limit: 1 })),
	);
	httpAdmin.get(
		"/hub/replays/:id",
		read,
		replies((req) => call(req, "replay.get", { id: req.params.id })),
	);
	httpAdmin.post(
		"/hub/replays",
		run,
		replies((req) => call(req, "replay.start", req.body)),
	);
	httpAdmin.post(
		"/hub/replays/:id/cancel",
		run,
		replies((req) => call(req, "replay.cancel", { id: req.params.id })),
	);
	httpAdmin.post(
		"/hub/replays/:id/push",
		run,
		replies((req) => call(req, "replay.push", { ...req.body, id: req.params.id })),
	);
}
