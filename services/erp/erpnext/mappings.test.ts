import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../../sandbox/testing/running.ts";
import { type Connection, type PushKind, pushKinds } from "../driver.ts";
import { errandOf, find, send } from "../exchange.ts";
import { erpnextCase, salesOrder } from "./case.ts";
import { erpnext } from "./driver.ts";

interface Case {
	name: string;
	output: Record<string, unknown>;
}

const folder = path.resolve(import.meta.dirname, "../../../config/mappings/erp/erpnext");
const casesOf = (kind: PushKind): Case[] =>
	(JSON.parse(readFileSync(path.join(folder, `${kind}.cases.json`), "utf8")) as Case[]).filter(
		({ output }) => erpnext.kinds[kind]?.missing(output, {}).length === 0,
	);

let sandbox: RunningSandbox;
let connection: Connection;
beforeAll(async () => {
	sandbox = await runSandbox();
	connection = erpnextCase.connection(sandbox.url);
	await sandbox.control("POST", "erp/erpnext", { autoShip: false });
});
afterAll(() => sandbox.end());
beforeEach(() => sandbox.control("POST", "reset", {}));

const errand = () => errandOf(erpnext, connection, performance.now());

describe.each(pushKinds)("what the mapping of kind %s makes", (kind) => {
	it.each(casesOf(kind))("is taken by the ERP to the fen, and found: $name", async ({ output }) => {
		const number = String(output.po_no);
		if (kind !== "order") await send(errand(), "order", salesOrder(number, [[1, 1]], 0, "1.00"));
		const { outcome } = await send(errand(), kind, output);
		expect(outcome).toMatchObject({ state: "OK" });
		const ours = erpnext.kinds[kind]?.numberOf(output, {}) ?? "";
		const { found } = await find(errand(), kind, ours, output);
		expect(found).toEqual({ state: "FOUND", docNo: (outcome as { docNo: string }).docNo });
	});
});
