import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, expect, it } from "vitest";
import { platformAftersale } from "../../../services/aftersale/aftersale.sample.ts";
import AftersaleService from "../../../services/aftersale/aftersale.service.ts";
import EventService from "../../../services/event/event.service.ts";
import { platformOrder } from "../../../services/order/order.sample.ts";
import OrderService from "../../../services/order/order.service.ts";
import SkuService from "../../../services/sku/sku.service.ts";
import { startBroker } from "../../../test/broker.ts";
import { inputShape } from "./input-shape.ts";
import type { Shape } from "./shape.ts";
import { variants } from "./variants.ts";

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(EventService, OrderService, SkuService, AftersaleService);
});
afterAll(() => broker.stop());

const shapeOf = (name: "order" | "aftersale"): Shape => {
	const input = inputShape("aftersale", null);
	if (input.is !== "object" || !input.fields[name]) throw new Error(`no ${name}`);
	return input.fields[name];
};

/** Where a value is not as the shape says, both ways: fields the shape lacks, and fields that are not there. */
function differences(shape: Shape, value: unknown, at: string): string[] {
	if (value === null || value === undefined) return [];
	if (shape.is === "list") {
		if (!Array.isArray(value)) return [`${at} is no list`];
		return value.flatMap((entry) => differences(shape.of, entry, `${at}[]`));
	}
	if (shape.is === "object") {
		const fields = Object.keys(value);
		const lacking = Object.keys(shape.fields).filter((name) => !fields.includes(name));
		return [
			...lacking.map((name) => `${at}.${name} is not there`),
			...fields.flatMap((name) => {
				const of = shape.fields[name];
				return of
					? differences(of, (value as Record<string, unknown>)[name], `${at}.${name}`)
					: [`${at}.${name} is new`];
			}),
		];
	}
	const type = { fen: "number", count: "number", flag: "boolean" }[shape.is as string] ?? "string";
	const given = value instanceof Date ? "string" : typeof value;
	const isKnown = !("values" in shape) || !shape.values || shape.values.includes(String(value));
	return given === type && isKnown ? [] : [`${at} is ${given}`];
}

it("is that of an order as flows get it", async () => {
	const { id } = await broker.call<{ id: string }, object>("order.save", platformOrder());
	const order = await broker.call<{ lines: object[] }, { id: string }>("order.get", { id });
	expect(order.lines).toHaveLength(1);
	expect(differences(shapeOf("order"), order, "order")).toEqual([]);
});

it("is that of an after-sale as flows get it", async () => {
	const { id } = await broker.call<{ id: string }, object>("aftersale.save", platformAftersale());
	const aftersale = await broker.call("aftersale.get", { id });
	expect(differences(shapeOf("aftersale"), aftersale, "aftersale")).toEqual([]);
});

it("is that of the orders and after-sales that mappings are tried on", () => {
	for (const kind of ["order", "aftersale"] as const) {
		for (const { order, aftersale } of variants({ kind, dialect: "kingdee" }, "jd")) {
			expect(differences(shapeOf("order"), order, "order")).toEqual([]);
			const { moves: _, todo: __, ...stored } = { moves: [], todo: null, ...aftersale };
			const shown = differences(shapeOf("aftersale"), aftersale && stored, "aftersale");
			expect(shown.filter((each) => !/\.(moves|todo) is not there$/.test(each))).toEqual([]);
		}
	}
});
