import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../../sandbox/testing/running.ts";
import { type Connection, type PushKind, pushKinds } from "../driver.ts";
import { errandOf, find, send } from "../exchange.ts";
import { wdtCase } from "./case.ts";
import { wdt } from "./driver.ts";

interface Case {
	name: string;
	output: Record<string, unknown>;
}

const folder = path.resolve(import.meta.dirname, "../../../config/mappings/erp/wdt");
const casesOf = (kind: PushKind): Case[] =>
	(JSON.parse(readFileSync(path.join(folder, `${kind}.cases.json`), "utf8")) as Case[]).filter(
		({ output }) => wdt.kinds[kind]?.missing(output, {}).length === 0,
	);
const [firstOrder] = casesOf("order");

let sandbox: RunningSandbox;
let connection: Connection;
beforeAll(async () => {
	sandbox = await runSandbox();
	connection = wdtCase.connection(sandbox.url);
	await sandbox.control("POST", "erp/wdt", { autoShip: false });
});
afterAll(() => sandbox.end());
beforeEach(() => sandbox.control("POST", "reset", {}));

const give = (kind: PushKind, document: Record<string, unknown>) =>
	send(errandOf(wdt, connection, performance.now()), kind, document);

describe.each(pushKinds)("what the mapping of kind %s makes", (kind) => {
	it.each(casesOf(kind))("is taken by the ERP, and found: $name", async ({ output }) => {
		// What is told of an order comes after the order; the second revision is an order of its own.
		if (kind !== "order" && firstOrder) {
			const order = JSON.stringify(firstOrder.output);
			const tids = new Set(JSON.stringify(output).match(/"tid":"[^"]*"/g));
			for (const tid of tids) await give("order", JSON.parse(order.replaceAll(/"tid":"[^"]*"/g, tid)));
		}
		expect((await give(kind, output)).outcome).toMatchObject({ state: "OK" });
		const number = wdt.kinds[kind]?.numberOf(output, {}) ?? "";
		const { found } = await find(errandOf(wdt, connection, performance.now()), kind, number, output);
		expect(found).toEqual({ state: "FOUND", docNo: number });
	});
});
