import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, statusesOf, stopFlow, within } from "../test-runtime.ts";
import jsonataMap from "./jsonata-map.ts";

describe("jsonata-map", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "connection.get": { settings: { warehouse: "W1" } } });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		await stopFlow();
	});

	const flow = (over: object) => [
		{
			id: "map",
			type: "jsonata-map",
			source: "inline",
			expression: "",
			connection: "the-erp",
			wires: [["out"]],
			...over,
		},
		{ id: "out", type: "helper" },
		{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
		{ id: "errors", type: "helper" },
	];

	it("maps the order with the connection's settings, and asks for them once in a while only", async () => {
		const expression = '{ "no": order.orderNo, "warehouse": cfg.warehouse, "paid": $yuan(order.paidFen) }';
		await startFlow(recorder.broker, [jsonataMap], flow({ expression }));
		const out = arrivals("out");
		for (const orderNo of ["1", "2", "3"])
			nodeOf("map").receive({ payload: { orderNo, paidFen: 1990 }, hub: { orderId: "x" } });
		await vi.waitFor(() => expect(out).toHaveLength(3), within);
		expect(out.map(({ payload }) => payload)).toEqual(
			expect.arrayContaining(["1", "2", "3"].map((no) => ({ no, warehouse: "W1", paid: 19.9 }))),
		);
		expect(out[0]).toMatchObject({ hub: { orderId: "x" } });
		expect(recorder.asked).toMatchObject([{ action: "connection.get", params: { id: "erp-1" } }]);
	});

	it("maps an after-sale together with its order", async () => {
		const expression = '{ "no": aftersale.aftersaleNo, "of": order.orderNo, "warehouse": cfg.warehouse }';
		await startFlow(recorder.broker, [jsonataMap], flow({ expression }));
		const out = arrivals("out");
		nodeOf("map").receive({ payload: { aftersale: { aftersaleNo: "R1" }, order: { orderNo: "1" } } });
		await vi.waitFor(() => expect(out).toHaveLength(1), within);
		expect(out[0]?.payload).toEqual({ no: "R1", of: "1", warehouse: "W1" });
	});

	it("takes a mapping of the repository by its name", async () => {
		await startFlow(recorder.broker, [jsonataMap], flow({ source: "file", file: "generic/order", connection: "" }));
		const out = arrivals("out");
		const lines: object[] = [];
		nodeOf("map").receive({ payload: { orderNo: "42", flags: [], lines, money: { freightFen: 0, paidFen: 0 } } });
		await vi.waitFor(() => expect(out).toHaveLength(1), within);
		expect(JSON.stringify(out[0]?.payload)).toContain('"42"');
	});

	it.each([
		["the mapping fails", { expression: "1 +" }, "line 1, column"],
		["there is no such file", { source: "file", file: "qimen/none" }, "qimen/none"],
		["the name leads out of the folder", { source: "file", file: "../order" }, "not the name of a mapping"],
	])("is an error when %s", async (_name, over, reason) => {
		await startFlow(recorder.broker, [jsonataMap], flow(over));
		const errors = arrivals("errors");
		nodeOf("map").receive({ payload: {} });
		await vi.waitFor(() => expect(errors).toHaveLength(1), within);
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
	});

	it("says on the node what went wrong", async () => {
		await startFlow(recorder.broker, [jsonataMap], flow({ expression: "1 +" }));
		const errors = arrivals("errors");
		const statuses = statusesOf("map");
		nodeOf("map").receive({ payload: {} });
		await vi.waitFor(() => expect(errors).toHaveLength(1), within);
		expect(statuses).toEqual(["The mapping failed: line 1, column 4: Unexpected end of expr"]); // 60 characters
	});
});
