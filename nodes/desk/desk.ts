/**
 * desk: what the dashboard shows, while somebody looks on. First output, every `everySec`: `msg.payload` =
 * {at, summary, orders, troubles, platforms}, one message for each set of shops that people may see, marked with
 * `msg.shops`; `platforms` are their names. Second output, every minute, the same for everyone: {platforms}, what they
 * can do.
 */
import type { Node, NodeAPI, NodeDef } from "node-red";
import { platforms } from "../../config/platforms.ts";
import type { PlatformView } from "../../services/platform/platform.service.ts";
import { hubBroker } from "../hub/broker.ts";
import { shopsKey, type Viewer } from "../hub-dashboard/hub-dashboard.ts";
import { type Seen, shownAlerts, troublesOf } from "./troubles.ts";

interface DeskDef extends NodeDef {
	everySec: string | number;
	rows: string | number;
}

interface Page<Row> {
	items: Row[];
}

/** It changes when a part of the hub comes or goes. */
const platformsEveryMs = 60_000;

const platformNames = Object.fromEntries(Object.entries(platforms).map(([name, { zh, en }]) => [name, { zh, en }]));

export default function register(RED: NodeAPI): void {
	function DeskNode(this: Node, def: DeskDef): void {
		RED.nodes.createNode(this, def);
		const everyMs = (Number(def.everySec) || 2) * 1_000;
		const limit = Number(def.rows) || 50;
		let timer: NodeJS.Timeout | undefined;
		let closed = false;
		let platformsAskedAt = 0;

		const read = async (viewer: Viewer): Promise<Record<string, unknown>> => {
			const broker = hubBroker();
			const as = { meta: { actor: `user:${viewer.sub}`, shops: viewer.shops } };
			const list = async <Row>(action: string, params: object): Promise<Row[]> =>
				(await broker.call<Page<Row>, object>(action, params, as)).items;
			const lists = async <Row>(action: string, queries: object[]): Promise<Row[]> =>
				(await Promise.all(queries.map((query) => list<Row>(action, query)))).flat();
			const pushStates = ["REJECTED", "IN_DOUBT", "PARKED"].map((state) => ({ state, limit }));
			// Each kind for itself: many of one must not hide the others.
			const alertKinds = shownAlerts.map((kind) => ({ state: "OPEN", kind, limit }));
			const [summary, orders, shops, parkedOrders, failedShipments, pushes, alerts] = await Promise.all([
				broker.call("order.summary", {}, as),
				list("order.list", { limit }),
				list<Seen["shops"][number]>("shop.list", {}),
				list<Seen["parkedOrders"][number]>("order.list", { erpState: "PARKED", limit }),
				list<Seen["failedShipments"][number]>("shipment.list", { state: "FAILED", limit }),
				lists<Seen["pushes"][number]>("erp.list", pushStates),
				lists<Seen["alerts"][number]>("alert.list", alertKinds),
			]);
			const troubles = troublesOf({ shops, pushes, parkedOrders, failedShipments, alerts });
			return { at: new Date(), summary, orders, troubles, platforms: platformNames };
		};

		const tellPlatforms = async (): Promise<void> => {
			platformsAskedAt = Date.now();
			try {
				const { items } = await hubBroker().call<Page<PlatformView>, object>("platform.list", {});
				if (!closed) this.send([null, { payload: { platforms: items } }]);
			} catch (err) {
				this.warn((err as Error).message); // asked again in a minute
			}
		};

		const tick = async (): Promise<void> => {
			try {
				const viewers = await hubBroker().call<Viewer[], object>("editor.viewers", {});
				// Not waited for: orders and troubles must not come late because a platform's process hangs.
				if (viewers.length && Date.now() - platformsAskedAt >= platformsEveryMs) void tellPlatforms();
				const oneOfEach = new Map(viewers.map((viewer) => [shopsKey(viewer.shops), viewer]));
				for (const [shops, viewer] of oneOfEach) this.send({ shops, payload: await read(viewer) });
				this.status(viewers.length ? { fill: "green", shape: "dot", text: "desk.status.live" } : {});
			} catch (err) {
				this.status({ fill: "red", shape: "ring", text: "desk.status.failed" });
				this.warn((err as Error).message);
			}
			if (!closed) timer = setTimeout(tick, everyMs);
		};

		RED.events.once("flows:started", tick);
		this.on("close", () => {
			closed = true;
			clearTimeout(timer);
			RED.events.off("flows:started", tick);
		});
	}
	RED.nodes.registerType("desk", DeskNode);
}
