import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { AuditModel } from "../audit/audit.model.ts";
import type { FlowNode } from "../editor/flow-files.ts";
import { PushModel } from "../erp/push.model.ts";
import { OrderModel } from "../order/order.model.ts";
import type { Candidates } from "./candidates.ts";
import type { Pushed } from "./push-differing.ts";
import { ReplayModel, ReplayRowModel } from "./replay.model.ts";
import { failLost } from "./replay.ts";
import { genericConnection, mappingText, type ReplayBed, shippedTab, startReplayBed, tabId } from "./testbed.ts";

let bed: ReplayBed;
beforeAll(async () => {
	bed = await startReplayBed();
});
afterAll(() => bed.stop());
afterEach(async () => {
	bed.deployed = await shippedTab();
	await Promise.all([OrderModel.deleteMany({}), ReplayModel.deleteMany({}), ReplayRowModel.deleteMany({})]);
	await PushModel.deleteMany({});
});

const kind = "order";
const generic = (expression: string) => ({ mapping: { expression, kind, connectionId: genericConnection } });

/** The generic mapping with another tax rate on one SKU: what is changed on it goes through to the total. */
async function taxed(): Promise<string> {
	const net = 'erpSku = "TAXED" ? $floor(paidFen * 109 / 113) : paidFen';
	const text = await mappingText("generic/order");
	return text
		.replace('"amount": $yuanText(paidFen)', `"amount": $yuanText(${net})`)
		.replace("$sum($open.paidFen)", `$sum($open.(${net}))`);
}

/** The shipped tab with a node put in between order-get and the mapping. */
async function tabThrough(node: Partial<FlowNode>): Promise<FlowNode[]> {
	const flows = await shippedTab();
	const between = { id: "between", z: tabId, x: 1, y: 1, wires: [["order-to-erp-map"]], ...node } as FlowNode;
	return [...flows.map((each) => (each.id === "order-to-erp-get" ? { ...each, wires: [["between"]] } : each)), between];
}

describe("replay", { timeout: 180_000 }, () => {
	it("finds no difference between a revision and itself, and nothing goes out", async () => {
		await bed.store(300);
		const replay = await bed.replay({ candidate: { deployed: tabId } });
		expect(replay).toMatchObject({
			state: "DONE",
			progress: { done: 300, total: 300 },
			same: 300,
			different: 0,
			rejected: 0,
			failed: 0,
			causes: [],
			network: { attempts: 0, connections: 0 },
		});
		expect(replay.candidate.hash).toBe(replay.baseline.hash);
	});

	it("offers the deployed tabs that take orders, the mapping files and the connections", async () => {
		bed.deployed = [...(await shippedTab()), { id: "stock", type: "tab", label: "stock" } as FlowNode];
		const { tabs, mappings, connections } = await bed.call<Candidates>("replay.candidates", {});
		expect(tabs).toEqual([{ id: tabId, label: expect.stringContaining("ERP"), enabled: true }]);
		expect(mappings).toContain("generic/order");
		expect(connections).toContainEqual({ id: genericConnection, name: expect.any(String), dialect: "generic" });
	});

	it("finds exactly the orders of a changed tax rule, and one cause", async () => {
		const plain = await bed.store(260);
		const taxedIds = await bed.store(40, () => ({ erpSku: "TAXED", outerSku: "TAXED" }));
		const replay = await bed.replay({
			candidate: generic(await taxed()),
			baseline: generic(await mappingText("generic/order")),
		});
		expect(replay).toMatchObject({ state: "DONE", same: plain.length, different: taxedIds.length, rejected: 0 });
		expect(replay.causes).toMatchObject([
			{
				title: { en: "Amounts or quantities of order@generic-test change: lines[].amount, total" },
				count: 40,
				changeFen: -40 * 256, // 7205 -> 6949 each
				examples: [{ path: "lines[0].amount", before: "72.05", after: "69.49" }, {}, {}, {}, {}],
			},
		]);
		const rows = await bed.rows(replay._id, replay.causes[0]?.key);
		expect(rows.map(({ orderId }) => orderId)).toEqual(taxedIds);
		expect(rows[0]).toMatchObject({ changeFen: -256, causes: [replay.causes[0]?.key] });
	});

	it("tells what else a flow would do, with each order", async () => {
		await bed.store(4);
		const hold = { type: "hold", hub: "order-hub", reason: "MANUAL", note: "", wires: [["order-to-erp-map"], []] };
		const replay = await bed.replay({ candidate: { flows: await tabThrough(hold) } });
		expect(replay).toMatchObject({ state: "DONE", different: 4, failed: 0 });
		expect(replay.causes).toMatchObject([{ count: 4, title: { en: expect.stringContaining("order.hold") } }]);
	});

	it("says that the ERP would refuse a document which lost a field", async () => {
		await bed.store(3);
		const text = await mappingText("generic/order");
		const replay = await bed.replay({
			candidate: generic(text.replace('"shopNo": cfg.shopNo,', "")),
			baseline: generic(text),
		});
		expect(replay).toMatchObject({ different: 3, rejected: 3 });
		expect(replay.causes.map(({ title }) => title.en)).toEqual(["order@generic-test would be rejected: shopNo"]);
	});

	it("tells what a revision makes where nothing is deployed yet, and what the ERP would refuse of it", async () => {
		await bed.store(3);
		const text = await mappingText("generic/order");
		const good = await bed.replay({ candidate: generic(text) });
		expect(good).toMatchObject({ baseline: { label: "nothing" }, different: 3, rejected: 0 });
		expect(good.causes).toMatchObject([{ count: 3, title: { en: expect.stringContaining("order@generic-test") } }]);
		const bad = await bed.replay({ candidate: generic(text.replace('"shopNo": cfg.shopNo,', "")) });
		expect(bad).toMatchObject({ different: 3, rejected: 3 });
		expect(bad.causes.map(({ title }) => title.en).join()).toContain("would be rejected: shopNo");
	});

	it("groups what a mapping fails with, of the orders that it fails with", async () => {
		await bed.store(5);
		await bed.store(2, () => ({ erpSku: "ODD" }));
		const text = await mappingText("generic/order");
		const failing = text.replace('"sku": erpSku', '"sku": erpSku = "ODD" ? $error("no unit") : erpSku');
		const replay = await bed.replay({ candidate: generic(failing), baseline: generic(text) });
		expect(replay).toMatchObject({ same: 5, different: 2, failed: 2 });
		expect(replay.causes).toMatchObject([{ count: 2, title: { en: expect.stringContaining("no unit") } }]);
	});

	it("keeps a tab with an http-request from going out, and says so of each order", async () => {
		let reached = 0;
		const canary = net.createServer((socket) => {
			reached += 1;
			socket.destroy();
		});
		canary.listen(0, "127.0.0.1");
		await once(canary, "listening");
		const { port } = canary.address() as AddressInfo;
		await bed.store(10);
		const asks = { type: "http request", method: "GET", ret: "txt", url: `http://127.0.0.1:${port}/`, senderr: false };
		const replay = await bed.replay({ candidate: { flows: await tabThrough(asks) } });
		expect(replay).toMatchObject({
			state: "DONE",
			different: 10,
			failed: 10,
			network: { attempts: 10, connections: 0 },
		});
		expect(replay.network.targets).toEqual([`127.0.0.1:${port}`]);
		expect(replay.causes).toMatchObject([{ count: 10, title: { en: expect.stringContaining("nothing goes out") } }]);
		expect(reached).toBe(0);
		canary.close();
	});

	it("reports by themselves the orders with which a flow loops, never settles or throws, and goes on with the others", async () => {
		await bed.store(10);
		const func = `const last = msg.payload.orderNo.at(-1);
			if (last === "1") for (;;) {}
			if (last === "2") return void setTimeout(() => { for (;;) {} }, 1);
			if (last === "3") return;
			if (last === "4") throw new Error("no such unit");
			return msg;`;
		const replay = await bed.replay({ candidate: { flows: await tabThrough({ type: "function", func, outputs: 1 }) } });
		expect(replay).toMatchObject({ state: "DONE", reason: "", same: 6, different: 4, failed: 4 });
		const words = replay.causes.map(({ count, title }) => `${count} ${title.en}`).sort();
		expect(words).toEqual([
			"1 The flow now does not end: the flow did not settle the event in time",
			expect.stringMatching(/^1 The flow now does not end: the flow hung or crashed/),
			expect.stringMatching(/^1 The flow now fails: function: Script execution timed out/),
			"1 The flow now fails: function: no such unit",
		]);
	});

	it("compares with what the ERP was given, of the order as it was then", async () => {
		const [first = "", second = ""] = await bed.store(3);
		const { mapping } = generic(await mappingText("generic/order"));
		const own = await bed.replay({ candidate: { mapping }, baseline: "pushed" });
		expect(own).toMatchObject({ state: "DONE", different: 3, leftOut: 0 }); // ready, and the ERP has nothing of them
		for (const id of [first, second]) {
			const total = id === first ? "72.05" : "99.99";
			const { orderNo, placedAt } = (await OrderModel.findById(id).lean()) as { orderNo: string; placedAt: Date };
			const document = { orderNo, placedAt: placedAt.toISOString(), total };
			await PushModel.create({
				_id: `${genericConnection}:order:${id}`,
				connectionId: genericConnection,
				kind,
				orderId: id,
				orderNo,
				state: "OK",
				document,
				createdAt: new Date(),
			});
		}
		const bare = {
			...mapping,
			expression: '{ "orderNo": order.orderNo, "placedAt": order.placedAt, "total": "72.05" }',
		};
		const replay = await bed.replay({ candidate: { mapping: bare }, baseline: "pushed", orderIds: [first, second] });
		expect(replay).toMatchObject({ state: "DONE", same: 1, different: 1 });
		expect(replay.causes).toMatchObject([
			{ examples: [{ orderId: second, path: "total", before: "99.99", after: "72.05" }] },
		]);
	});

	it("pushes only the orders of a cause, once what was tried is deployed, and audits it", async () => {
		await bed.store(3);
		const [fresh = "", there = ""] = await bed.store(2, () => ({ erpSku: "TAXED" }));
		await OrderModel.updateOne({ _id: there }, { "erp.state": "OK", "erp.connectionId": "qimen-demo" });
		const text = (await mappingText("qimen/order")).replace(
			'"itemName": title',
			'"itemName": erpSku = "TAXED" ? "x" : title',
		);
		const inline = (node: FlowNode): FlowNode =>
			node.type === "jsonata-map" ? { ...node, source: "inline", expression: text } : node;
		const flows = bed.deployed.map(inline);
		const replay = await bed.replay({ candidate: { flows } });
		const [cause] = replay.causes;
		expect(replay).toMatchObject({ different: 2 });
		const push = { id: replay._id, cause: cause?.key };
		await expect(bed.call("replay.push", push)).rejects.toMatchObject({ type: "CONFLICT" });

		bed.deployed = flows.map((node) => ({ ...node, x: 1 })); // where a node stands does not matter
		const pushed = await bed.call<Pushed>("replay.push", push);
		expect(pushed).toMatchObject({ done: 2, failed: 0, after: null });
		await vi.waitFor(async () => {
			const told = await Promise.all([fresh, there].map((id) => bed.timeline(id, 1)));
			expect(told.map(([entry]) => entry)).toMatchObject([
				{ what: "order.ready", change: { again: true } },
				{ what: "order.changed", change: { again: true } },
			]);
		});
		expect(await AuditModel.find({ what: "replay.push" }).lean()).toMatchObject([
			{ ref: replay._id, purpose: cause?.key, actor: "user:li" },
		]);
	});

	it("tells of each order that cannot be pushed why", async () => {
		const [held = ""] = await bed.store(1, () => ({ erpSku: "TAXED" }));
		const flows = bed.deployed.map((node) =>
			node.type === "jsonata-map" ? { ...node, source: "inline", expression: '{ "none": 1 }' } : node,
		);
		const replay = await bed.replay({ candidate: { flows } });
		bed.deployed = flows;
		await bed.call("order.hold", { id: held });
		const pushed = await bed.call<Pushed>("replay.push", { id: replay._id });
		expect(pushed.results).toMatchObject([
			{ id: held, ok: false, type: "ORDER_NOT_READY", detail: expect.stringContaining("MANUAL") },
		]);
	});

	it("tells no ERP of a change of an order that it has not got", async () => {
		const [id = ""] = await bed.store(1);
		await expect(bed.call("order.retell", { id })).rejects.toMatchObject({ type: "ORDER_NOT_READY" });
	});

	it("is seen by whom some shops are kept from only where he started it", async () => {
		await bed.store(2);
		const { _id: id } = await bed.replay({ candidate: { deployed: tabId } });
		const limited = { meta: { actor: "user:ivy", shops: ["another"] } };
		await expect(bed.broker.call("replay.get", { id }, limited)).rejects.toMatchObject({ type: "NOT_FOUND" });
		await expect(bed.broker.call("replay.cancel", { id }, limited)).rejects.toMatchObject({ type: "NOT_FOUND" });
		expect(await bed.broker.call("replay.list", {}, limited)).toMatchObject({ items: [] });
		await ReplayModel.updateOne({ _id: id }, { $set: { by: "user:ivy" } });
		expect(await bed.broker.call("replay.list", {}, limited)).toMatchObject({ items: [{ _id: id }] });
	});

	it("stops when it is cancelled", async () => {
		await bed.store(1_000);
		const { _id: id } = await bed.call<{ _id: string }>("replay.start", {
			from: new Date("2026-01-01T00:00:00Z"),
			to: new Date("2026-02-01T00:00:00Z"),
			candidate: { deployed: tabId },
		});
		await expect(
			bed.call("replay.start", { orderIds: ["taobao:x:1"], candidate: { deployed: tabId } }),
		).rejects.toMatchObject({
			type: "CONFLICT",
		});
		expect(await bed.call("replay.cancel", { id })).toMatchObject({ state: "CANCELLED" });
		await expect(bed.call("replay.cancel", { id })).rejects.toMatchObject({ type: "CONFLICT" });
	});

	it("is called failed when the process that ran it is gone", async () => {
		const at = new Date(Date.now() - 60_000);
		const name = { label: "x", hash: "x" };
		await ReplayModel.create({
			_id: "lost",
			state: "RUNNING",
			by: "user:li",
			at,
			beatAt: at,
			candidate: name,
			baseline: name,
		});
		await failLost();
		expect(await bed.call("replay.get", { id: "lost" })).toMatchObject({
			state: "FAILED",
			reason: expect.stringContaining("start it again"),
		});
	});

	it.each([
		["neither a period nor orders", { from: undefined, candidate: { deployed: tabId } }, "from and to"],
		["a tab that is not there", { candidate: { deployed: "none" } }, "no tab none"],
		["no revision", { candidate: {} }, "a revision is"],
		[
			"a mapping file that is not there",
			{ candidate: { mapping: { file: "qimen/none", kind, connectionId: "x" } } },
			"qimen/none",
		],
	])("refuses %s", async (_name, params, words) => {
		await expect(bed.replay(params)).rejects.toMatchObject({
			type: "INVALID",
			message: expect.stringContaining(words),
		});
	});
});
