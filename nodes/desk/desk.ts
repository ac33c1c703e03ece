/**
 * desk: what the dashboard shows, every `everySec` while somebody looks on: `msg.payload` = {at, summary, orders, troubles}.
 * One message for each set of shops that people may see, marked with `msg.shops`.
 */
import type { Node, NodeAPI, NodeDef } from "node-red";
import { hubBroker } from "../hub/broker.ts";
import { shopsKey, type Viewer } from "../hub-dashboard/hub-dashboard.ts";
import { type Seen, troublesOf } from "./troubles.ts";

interface DeskDef extends NodeDef {
	everySec: string | number;
	rows: string | number;
}

interface Page<Row> {
	items: Row[];
}

export default function register(RED: NodeAPI): void {
	function DeskNode(this: Node, def: DeskDef): void {
		RED.nodes.createNode(this, def);
		const everyMs = (Number(def.everySec) || 2) * 1_000;
		const limit = Number(def.rows) || 50;
		let timer: NodeJS.Timeout | undefined;
		let closed = false;

		const read = async (viewer: Viewer): Promise<Record<string, unknown>> => {
			const broker = hubBroker();
			const as = { meta: { actor: `user:${viewer.sub}`, shops: viewer.shops } };
			const list = async <Row>(action: string, params: object): Promise<Row[]> =>
				(await broker.call<Page<Row>, object>(action, params, as)).items;
			const [summary, orders, shops, parkedOrders, failedShipments, ...pushes] = await Promise.all([
				broker.call("order.summary", {}, as),
				list("order.list", { limit }),
				list<Seen["shops"][number]>("shop.list", {}),
				list<Seen["parkedOrders"][number]>("order.list", { erpState: "PARKED", limit }),
				list<Seen["failedShipments"][number]>("shipment.list", { state: "FAILED", limit }),
				...["REJECTED", "IN_DOUBT", "PARKED"].map((state) =>
					list<Seen["pushes"][number]>("erp.list", { state, limit }),
				),
			]);
			const troubles = troublesOf({ shops, pushes: pushes.flat(), parkedOrders, failedShipments });
			return { at: new Date(), summary, orders, troubles };
		};

		const tick = async (): Promise<void> => {
			try {
				const viewers = await hubBroker().call<Viewer[], object>("editor.viewers", {});
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
