import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "./fresh.ts";
import {
	differences,
	eventually,
	freshDir,
	type Hub,
	placeOrders,
	progress,
	removeDir,
	signIn,
	startHub,
} from "./hub.ts";
import { introduce } from "./introduce.ts";
import { type Nats, startNats } from "./nats.ts";

const orders = 60;
const split = [
	"shop,pull,platform",
	"order,sku,rule,audit,aftersale,product,stock,alert,alertChannel,event,erp,connection,shipment,waybill,feed,export,report",
	"account,user,client,secret,view,system,api,editor,replay",
];

describe("the hub over NATS in three processes", () => {
	let dir: string;
	let nats: Nats;
	let database: FreshDatabase;
	let sandbox: Hub;
	let hubs: Hub[];
	let front: Hub;

	beforeAll(async () => {
		dir = await freshDir();
		[nats, database] = await Promise.all([startNats(), freshDatabase()]);
		sandbox = await startHub(dir, {}, "sandbox");
		const common = { MONGO_URL: database.url, NATS_URL: nats.url, HUB_MASTER_KEY: randomBytes(32).toString("base64") };
		hubs = await Promise.all(
			split.map((services, index) => startHub(`${dir}/${index}`, { ...common, HUB_SERVICES: services }, "serve")),
		);
		front = hubs[2] as Hub;
		const api = await signIn(front);
		// The processes know of each other a little after each is ready.
		await eventually(
			() => api.get("/shops"),
			() => true,
			30_000,
			"the shops at the gateway",
		);
		await introduce({ ...front, sandbox: sandbox.sandbox }, api);
	}, 180_000);
	afterAll(async () => {
		await Promise.all([...hubs, sandbox].map(({ process }) => process.stop()));
		await nats.stop();
		await database.drop();
		await removeDir(dir);
	});

	it("ends as on one machine, with nats-server away for a while in the middle", async () => {
		await placeOrders(sandbox, orders, 31);
		await eventually(
			() => progress(sandbox),
			({ documents }) => documents > 5,
			60_000,
			"the work under way",
		);
		await nats.kill();
		await pause(5_000); // the outage itself
		await nats.restart();
		await eventually(
			() => progress(sandbox),
			({ shipped, documents }) => shipped === orders && documents === orders,
			120_000,
			"every order in the ERP and shipped",
		);
		expect(await differences(sandbox)).toEqual([]);
	}, 240_000);
});
