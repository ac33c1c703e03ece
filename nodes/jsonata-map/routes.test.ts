import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import express, { type RequestHandler } from "express";
import type { NodeAPI } from "node-red";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { helperDocs } from "../../config/mappings/helper-docs.ts";
import type { Booking } from "../../services/erp/judgement.ts";
import { platformOrder } from "../../services/order/order.sample.ts";
import { lendBroker } from "../hub/broker.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { readCases, readMapping } from "./mapping-files.ts";
import { mappingRoutes } from "./routes.ts";

/** Stands in for Node-RED's own check: the permission that a route needs is one of those in the header. */
const needsPermission =
	(permission: string): RequestHandler =>
	(req, res, next) => {
		const [permissions = "", ...shops] = (req.get("x-test") ?? "").split(";");
		Object.assign(req, { user: { shops } });
		if (permissions.split(",").includes(permission)) next();
		else res.status(401).end();
	};

/** Of a document in which the ERP finds nothing. */
const booking: Booking = {
	number: "",
	order: null,
	lines: null,
	freightFen: null,
	totals: [],
	fields: { number: "", lines: "", sku: "", quantity: "", amount: "", freight: "" },
};

describe("what the dialog of jsonata-map asks", () => {
	const order = { ...platformOrder(), _id: "taobao:taobao-demo:1" };
	let recorder: Recorder;
	let server: http.Server;
	let url: string;

	beforeAll(async () => {
		recorder = await startRecorder({
			"order.list": { items: [order] },
			"order.get": order,
			"connection.get": { dialect: "generic", settings: { shopNo: "S1" } },
			"erp.check": { problems: [], booking },
		});
		lendBroker(recorder.broker);
		const httpAdmin = express();
		mappingRoutes({ auth: { needsPermission }, httpAdmin } as unknown as NodeAPI);
		server = http.createServer(httpAdmin).listen(0, "127.0.0.1");
		await once(server, "listening");
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`;
	});
	afterEach(() => {
		recorder.asked.length = 0;
	});
	afterAll(async () => {
		server.closeAllConnections();
		server.close();
		lendBroker(null);
		await recorder.broker.stop();
	});

	async function ask(path: string, as: string, body?: object): Promise<[number, unknown]> {
		const headers = { "x-test": as, "content-type": "application/json" };
		const post = body && { method: "POST", body: JSON.stringify(body) };
		const answer = await fetch(url + path, { headers, ...post });
		return [answer.status, answer.headers.get("content-type")?.includes("json") ? await answer.json() : null];
	}
	const reader = "flows.read;taobao-demo";
	const author = "flows.read,flows.write;taobao-demo";

	it.each(["/mappings", "/mappings/qimen/order", "/mapping-helpers", "/samples/order", "/samples/order/x"])(
		"%s is for who may read flows",
		async (path) => {
			expect(await ask(path, "")).toEqual([401, null]);
			expect((await ask(path, reader))[0]).toBe(200);
		},
	);

	it.each(["/mapping-check", "/mapping-cases"])("%s is for who may change flows", async (path) => {
		expect(await ask(path, reader, {})).toEqual([401, null]);
		expect((await ask(path, author, {}))[0]).toBe(422);
	});

	it("are the mapping files with their kinds, and the functions", async () => {
		const [, files] = await ask("/mappings", reader);
		expect(files).toContainEqual({ name: "wdt/aftersale", kind: "aftersale" });
		expect(await ask("/mappings/wdt/aftersale", reader)).toEqual([200, { text: await readMapping("wdt/aftersale") }]);
		expect(await ask("/mapping-helpers", reader)).toEqual([200, helperDocs]);
	});

	it.each(["/mappings/qimen/none", "/mappings/..%2F../package"])("is refused for no mapping: %s", async (path) => {
		const [status, body] = await ask(path, reader);
		expect(status).toBeGreaterThanOrEqual(404);
		expect(status).toBeLessThan(500);
		expect(JSON.stringify(body)).not.toContain(import.meta.dirname);
	});

	it("shows the samples of the person's own shops only", async () => {
		expect(await ask("/samples/order?q=1", reader)).toMatchObject([200, [{ value: order._id }]]);
		expect(await ask(`/samples/order/${order._id}`, reader)).toMatchObject([200, { order: { _id: order._id } }]);
		expect(recorder.asked).toMatchObject([
			{ action: "order.list", params: { q: "1" }, meta: { shops: ["taobao-demo"] } },
			{ action: "order.get", params: { id: order._id }, meta: { shops: ["taobao-demo"] } },
		]);
	});

	it("passes on what the hub answers instead, in its words", async () => {
		recorder.answers["order.get"] = hubError("NOT_FOUND", "no such order");
		expect(await ask("/samples/order/x", reader)).toEqual([
			404,
			{ zh: "未找到：no such order", en: expect.stringContaining("no such order") },
		]);
		recorder.answers["order.get"] = order;
	});

	it("gives output and problems of a mapping on a sample, with the connection's settings, and what its ERP says", async () => {
		const trial = { mapping: '{ "shop": cfg.shopNo }', kind: "order", connectionId: "c", input: { order } };
		const words = { zh: "缺 orderNo", en: "orderNo is missing" };
		recorder.answers["erp.check"] = { problems: [{ field: "orderNo", rule: "REQUIRED", words }], booking };
		const [status, body] = await ask("/mapping-check", author, trial);
		expect([status, body]).toMatchObject([200, { output: { shop: "S1" }, input: { cfg: { shopNo: "S1" } } }]);
		expect((body as { problems: object[] }).problems).toContainEqual(
			expect.objectContaining({ level: "error", field: "orderNo", words }),
		);
		recorder.answers["erp.check"] = { problems: [], booking };
	});

	it("leaves a case its own settings, and needs no connection", async () => {
		const trial = { mapping: "cfg.shopNo", kind: "order", connectionId: "", input: { order, cfg: { shopNo: "OWN" } } };
		expect(await ask("/mapping-check", author, trial)).toMatchObject([200, { output: "OWN" }]);
		expect(recorder.asked).toEqual([]);
	});

	it("says where a mapping that fails does", async () => {
		const trial = { mapping: "1 +", kind: "order", connectionId: "", input: { order } };
		const [, body] = await ask("/mapping-check", author, trial);
		expect(body).toMatchObject({ problems: [{ level: "error", code: "SYNTAX", line: 1 }] });
	});

	it("runs the cases of a node's settings, and gives their inputs", async () => {
		const mapping = await readMapping("generic/cancel");
		const cases = await readCases("generic/cancel");
		const own = [{ name: cases[0]?.name, output: { wrong: true } }];
		const settings = { source: "inline", file: "", casesFrom: "generic/cancel", cases: own };
		const [status, results] = await ask("/mapping-cases", author, { mapping, ...settings });
		expect(status).toBe(200);
		expect((results as { name: string; passed: boolean; input: unknown }[]).map((each) => each.passed)).toEqual(
			cases.map((_case, at) => at > 0),
		);
		expect(results).toMatchObject(cases.map(({ name, input }) => ({ name, input })));
	});

	it("takes no more than a megabyte", async () => {
		const [status] = await ask("/mapping-check", author, { mapping: "x".repeat(1_100_000) });
		expect(status).toBe(413);
	});
});
