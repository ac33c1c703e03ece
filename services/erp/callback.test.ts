/** A 奇门 warehouse calls back: the simulator, the gateway, the erp and the shipment service are real. */
import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { env } from "../../config/env.ts";
import type { ErpDocument } from "../../sandbox/erp/document.ts";
import { callbacks } from "../../sandbox/erp/qimen/callbacks.ts";
import { type RunningSandbox, runSandbox } from "../../sandbox/testing/running.ts";
import { startBroker } from "../../test/broker.ts";
import AccountService from "../account/account.service.ts";
import ClientService from "../account/client.service.ts";
import UserService from "../account/user.service.ts";
import ApiService from "../api/api.service.ts";
import AuditService from "../audit/audit.service.ts";
import connectionService from "../connection/connection.service.ts";
import { type Shipment, ShipmentModel } from "../shipment/shipment.model.ts";
import ShipmentService from "../shipment/shipment.service.ts";
import { qimenCase } from "./dialect-cases.ts";
import erpService from "./erp.service.ts";
import { type StrayParcel, StrayParcelModel } from "./read-back.model.ts";
import { readParcelsBack } from "./read-back.ts";

const connectionId = "qimen-test";
const results: { id: string; action: string; quantity?: number; condition: string }[] = [];
const line = (lineId: string) => ({ lineId, erpSku: "CUP-BK-500", quantity: lineId === "1" ? 1 : 2, parts: [] });

/** Every order has three cups, on two lines. */
const neighbours: ServiceSchema[] = [
	{
		name: "order",
		actions: {
			get({ params: { id } }: Context<{ id: string }>) {
				const [platform, shopId, orderNo] = id.split(":");
				const lines = [line("1"), line("2")].map((each) => ({ ...each, status: "WAIT_SHIP", refund: "NONE" }));
				return { _id: id, platform, shopId, orderNo, status: "WAIT_SHIP", ready: true, holds: [], fence: 1, lines };
			},
			list: () => ({ items: [] }),
		},
	},
	{ name: "shop", actions: { get: () => ({ shipMode: "AUTO" }) } },
	{ name: "event", actions: { publish: () => undefined } },
	{
		name: "aftersale",
		actions: {
			get: () => ({ lines: [{ quantity: 1 }] }),
			result: ({ params }: Context<(typeof results)[number]>) => void results.push(params),
		},
	},
];

let sandbox: RunningSandbox;
let broker: ServiceBroker;
let hookUrl: string;
let numbers = 0;

beforeAll(async () => {
	env.adminPassword = "correct horse battery";
	sandbox = await runSandbox();
	broker = await startBroker(
		...neighbours,
		UserService,
		ClientService,
		AuditService,
		AccountService,
		connectionService,
		ShipmentService,
		erpService,
		ApiService,
	);
	const { id, dialect, name, url, settings, secrets } = qimenCase.connection(sandbox.url);
	await broker.call("connection.create", { id, dialect, name, url, settings, secrets });
	hookUrl = `${(await broker.call<{ url: string }>("api.address")).url}/api/v1/hooks/erp/${id}`;
});
afterAll(async () => {
	await broker.stop();
	await sandbox.end();
});
beforeEach(async () => {
	results.length = 0;
	await sandbox.control("POST", "reset", {}); // what a test did not ship is not for the next one
	await sandbox.control("POST", "erp/qimen", { autoShip: false, afterMs: 0, callbackUrl: hookUrl });
});
afterEach(() => sandbox.control("DELETE", "faults"));

/** Pushes an order of three cups; its number. */
async function pushed(revision = 1, number = `6002026010200${String(++numbers).padStart(3, "0")}`): Promise<string> {
	const document = qimenCase.document(revision > 1 ? `${number}-${revision}` : number);
	const wish = { connectionId, kind: "order", orderId: orderIdOf(number), revision, document };
	expect(await broker.call("erp.push", wish)).toMatchObject({ state: "OK" });
	return number;
}
const orderIdOf = (number: string): string => `taobao:shop-1:${number}`;
const ships = (): Promise<unknown> => sandbox.control("POST", "erp/qimen", { autoShip: true });
const strikes = (fault: string): Promise<unknown> =>
	sandbox.control("POST", "faults", { target: "erp/qimen", fault, times: 1 });
const shipmentsOf = (number: string): Promise<Shipment[]> =>
	ShipmentModel.find({ orderId: orderIdOf(number) }).lean<Shipment[]>();
const straysOf = (number: string): Promise<StrayParcel[]> => StrayParcelModel.find({ number }).lean<StrayParcel[]>();

async function documentOf(key: string): Promise<ErpDocument> {
	const rows = await sandbox.truth<ErpDocument>("kind=documents");
	const found = rows.find((row) => row.key === key && row.kind === "order");
	if (!found) throw new Error(`no document ${key}`);
	return found;
}

async function call(query: string, body: string): Promise<string> {
	const answer = await fetch(`${hookUrl}?${query}`, { method: "POST", body });
	expect(answer.status).toBe(200);
	return answer.text();
}

/** Waits until the simulator has been told that its calls were taken. */
const told = (key: string): Promise<{ answer: string; attempts: number; trackingNo: string }> =>
	vi.waitFor(
		async () => {
			const row = (await sandbox.truth("kind=documents")).find((each) => each.key === key);
			expect(row?.shipping).toMatchObject({ state: "done" });
			return row?.shipping ?? { answer: "", attempts: 0, trackingNo: "" };
		},
		{ timeout: 10_000, interval: 30 },
	);

describe("a parcel that a 奇门 warehouse confirms", () => {
	it("is the whole order when all of it is in there", async () => {
		const number = await pushed();
		await ships();
		const { trackingNo, answer } = await told(number);
		expect(answer).toContain("<flag>success</flag><code>0</code>");
		expect(await shipmentsOf(number)).toMatchObject([{ trackingNo, lines: [], by: `erp:${connectionId}` }]);
	});

	it("is taken once when it is told twice, both at once", async () => {
		const number = await pushed();
		await strikes("callback-twice");
		await ships();
		await told(number);
		expect(await shipmentsOf(number)).toHaveLength(1);
		expect(await straysOf(number)).toEqual([]);
	});

	it.each(["callback-split", "callback-disorder"])("has its own lines, as %s", async (fault) => {
		const number = await pushed();
		await strikes(fault);
		await ships();
		await told(number);
		const lines = (await shipmentsOf(number)).flatMap((each) => each.lines);
		const sum = (id: string): number =>
			lines.reduce((total, { lineId, quantity }) => (lineId === id ? total + quantity : total), 0);
		expect([lines.length, sum("1"), sum("2")]).toEqual([3, 1, 2]);
	});

	it("finds its lines beside another one that comes at the same moment", async () => {
		const number = await pushed();
		const document = await documentOf(number);
		const parts = callbacks.shipped(document, "callback-split", Date.now()).flat();
		await Promise.all([...parts, ...parts].map(({ query, body }) => call(query, body)));
		const lines = (await shipmentsOf(number)).flatMap((each) => each.lines.map(({ lineId }) => lineId));
		expect(lines.sort()).toEqual(["1", "2", "2"]);
		expect(await straysOf(number)).toEqual([]);
	});

	it("with goods that are not of the order is put aside, and said to be taken", async () => {
		const number = await pushed();
		await strikes("callback-wrong-line");
		await ships();
		await told(number);
		expect(await shipmentsOf(number)).toEqual([]);
		expect(await straysOf(number)).toMatchObject([{ reason: expect.stringContaining("NOT-OF-THIS-ORDER") }]);
	});

	it("is not taken when it is forged, and is when the right call comes", async () => {
		const number = await pushed();
		await strikes("callback-forged");
		await ships();
		const { attempts } = await told(number);
		expect(attempts).toBe(2);
		expect(await shipmentsOf(number)).toHaveLength(1);
	});

	it("that comes after its order was cancelled is put aside, also when the order is there anew", async () => {
		const number = await pushed();
		const cancel = qimenCase.documents?.cancel?.(number) ?? {};
		const wish = { connectionId, kind: "cancel", orderId: orderIdOf(number), document: cancel };
		expect(await broker.call("erp.push", wish)).toMatchObject({ state: "OK" });
		await strikes("callback-late");
		await pushed(2, number);
		await ships();
		const [late, anew] = [await told(number), await told(`${number}-2`)];
		expect(await straysOf(number)).toMatchObject([
			{ trackingNo: late.trackingNo, reason: expect.stringContaining(`anew as ${number}-2`) },
		]);
		expect(await shipmentsOf(number)).toMatchObject([{ trackingNo: anew.trackingNo }]);
		await readParcelsBack(broker); // strays are offered again
		expect(await straysOf(number)).toHaveLength(1);
		expect(await shipmentsOf(number)).toHaveLength(1);
	});

	it("of a number that is not ours is refused, in words, and an old call without", async () => {
		const stranger = { ...(await documentOf(await pushed())), key: "700" };
		const confirm = (at: number): Promise<string> => {
			const [request] = callbacks.shipped(stranger, null, at).flat();
			return call(request?.query ?? "", request?.body ?? "");
		};
		expect(await confirm(Date.now())).toContain("no order of the number 700");
		const late = await confirm(Date.now() - 11 * 60_000);
		expect(late).toContain("<flag>failure</flag><code>HOOK_LATE</code>");
		expect(late).not.toContain("700");
		expect(await StrayParcelModel.countDocuments({ number: "700" })).toBe(0);
	});
});

describe("goods that a 奇门 warehouse confirms to be back", () => {
	it("are the after-sale's, once for each telling", async () => {
		const number = await pushed();
		const aftersaleId = `taobao:shop-1:A${number}`;
		const document = qimenCase.documents?.aftersale?.(`A${number}`, number) ?? {};
		const wish = { connectionId, kind: "aftersale", orderId: orderIdOf(number), aftersaleId, document };
		expect(await broker.call("erp.push", wish)).toMatchObject({ state: "OK" });
		for (let time = 0; time < 2; time += 1) {
			const outcome = await sandbox.control("POST", "erp/qimen/returns", { key: `A${number}` });
			expect(outcome.answer).toContain("<flag>success</flag>");
		}
		const said = { id: aftersaleId, action: "received", condition: "good", note: "" };
		expect(results).toEqual([said, said]); // not two pieces: the after-sale knows that it has been told
	});
});

it("an ERP that does not call has no such address, nor has an unknown connection", async () => {
	const call = async (id: string) => {
		const answer = await fetch(hookUrl.replace(connectionId, id), { method: "POST", body: "x" });
		return [answer.status, ((await answer.json()) as { type: string }).type];
	};
	await broker.call("connection.create", {
		id: "plain",
		dialect: "generic",
		name: "plain",
		url: sandbox.url,
		settings: { shopNo: "S" },
		secrets: { key: "k", secret: "s" },
	});
	expect(await call("plain")).toEqual([404, "NOT_FOUND"]);
	expect(await call("nobody")).toEqual([404, "CONNECTION_MISSING"]);
});
