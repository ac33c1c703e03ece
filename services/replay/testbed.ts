/** Stored orders, two ERP connections, the shipped order tab as what is deployed, and the replay service. For tests. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ServiceSchema } from "moleculer";
import ConnectionService from "../connection/connection.service.ts";
import type { FlowNode } from "../editor/flow-files.ts";
import { genericCase, qimenCase } from "../erp/dialect-cases.ts";
import ErpService from "../erp/erp.service.ts";
import { type Desk, startDesk } from "../order/desk.testbed.ts";
import { OrderModel } from "../order/order.model.ts";
import type { StoredLine } from "../order/order.ts";
import type { Replay } from "./replay.model.ts";
import ReplayService from "./replay.service.ts";
import type { ShownRow } from "./replay.ts";

export const tabId = "order-to-erp";
export const day = "2026-01-02";
export const period = { from: new Date(`${day}T00:00:00Z`), to: new Date("2026-01-03T00:00:00Z") };
export const genericConnection = "generic-test";

export interface ReplayBed extends Desk {
	/** What the editor says is deployed. */
	deployed: FlowNode[];
	/** Starts a replay of the orders of the day and waits for its end. */
	replay(params: object): Promise<Replay>;
	rows(id: string, cause?: string): Promise<ShownRow[]>;
	/** Stores `count` orders of that day, of one line each, as `change` makes the line. Returns their ids. */
	store(count: number, change?: (line: StoredLine) => Partial<StoredLine>): Promise<string[]>;
}

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string): Promise<string> => readFile(path.join(root, file), "utf8");

export const mappingText = (name: string): Promise<string> => read(`config/mappings/erp/${name}.jsonata`);

/** The shipped tab of orders, with the configuration nodes. */
export async function shippedTab(): Promise<FlowNode[]> {
	const files = await Promise.all(["flows/order-to-erp.json", "flows/global.json"].map(read));
	return files.flatMap((text) => JSON.parse(text) as FlowNode[]);
}

const batch = 500;

export async function startReplayBed(): Promise<ReplayBed> {
	const bed = { deployed: await shippedTab() };
	const editor: ServiceSchema = { name: "editor", actions: { flows: () => bed.deployed } };
	const desk = await startDesk(ConnectionService, ErpService, ReplayService, editor);
	for (const { connection } of [qimenCase, genericCase])
		await desk.call("connection.create", connection("http://127.0.0.1:9"));
	await desk.call("connection.create", { ...qimenCase.connection("http://127.0.0.1:9"), id: "qimen-demo" });
	const sample = await OrderModel.findById(await desk.save()).lean();
	if (!sample) throw new Error("the sample order was not stored");
	await OrderModel.deleteOne({ _id: sample._id });
	let last = 0;

	return Object.assign(bed, desk, {
		async replay(params: object) {
			const { _id: id } = await desk.call<Replay>("replay.start", { ...period, ...params });
			for (;;) {
				const replay = await desk.call<Replay>("replay.get", { id });
				if (replay.state !== "RUNNING") return replay;
				await pause(50);
			}
		},
		async rows(id: string, cause?: string) {
			const page = await desk.call<{ items: ShownRow[] }>("replay.rows", { id, limit: 200, ...(cause && { cause }) });
			return page.items;
		},
		async store(count: number, change: (line: StoredLine) => Partial<StoredLine> = () => ({})) {
			const ids: string[] = [];
			for (let at = 0; at < count; at += batch) {
				const orders = Array.from({ length: Math.min(batch, count - at) }, () => {
					last += 1;
					const orderNo = String(9_000_000_000 + last);
					const placedAt = new Date(period.from.getTime() + last * 1_000);
					const lines = sample.lines.map((line) => ({ ...line, lineId: orderNo, ...change(line) }));
					const _id = `taobao:taobao-demo:${orderNo}`;
					return { ...sample, _id, orderNo, placedAt, lines, numbers: [orderNo], outbox: [] };
				});
				await OrderModel.insertMany(orders, { ordered: false });
				ids.push(...orders.map(({ _id }) => _id));
			}
			return ids;
		},
	});
}
