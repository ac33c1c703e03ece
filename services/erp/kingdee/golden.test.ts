/** The documents that the mappings' cases expect, given to the simulator: it takes them, and comes to the same fen. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox, type TruthRow } from "../../../sandbox/testing/running.ts";
import type { Connection, PushKind } from "../driver.ts";
import { errandOf, find, send } from "../exchange.ts";
import { kingdee } from "./driver.ts";

interface Line {
	paidFen: number;
	status: string;
	refund: string;
}
interface Case {
	name: string;
	input: {
		order: { erpLines?: Line[]; lines: Line[]; money: { freightFen?: number } };
		aftersale?: { refundFen: number };
	};
	output: { Model: Record<string, unknown> };
}

let sandbox: RunningSandbox;
let connection: Connection;
beforeAll(async () => {
	sandbox = await runSandbox();
	await sandbox.control("POST", "erp/kingdee", { autoShip: false });
	const [known] = (
		await sandbox.control<{ erps: { dialect: string; url: string; credentials: Record<string, string> }[] }>(
			"GET",
			"erp",
		)
	).erps.filter(({ dialect }) => dialect === "kingdee");
	const { url = "", credentials = {} } = known ?? {};
	connection = { id: "golden", dialect: "kingdee", name: "golden", url, settings: {}, secrets: credentials };
});
afterAll(() => sandbox.end());

const casesOf = (kind: PushKind): Case[] => {
	const file = new URL(`../../../config/mappings/erp/kingdee/${kind}.cases.json`, import.meta.url);
	return JSON.parse(readFileSync(file, "utf8")) as Case[];
};
/** Those that nothing is missing of; the others show what the driver refuses by itself. */
const whole = (kind: PushKind): Case[] =>
	casesOf(kind).filter(({ output }) => kingdee.kinds[kind]?.missing(output, {}).length === 0);

let last = 0;
async function taken(kind: "order" | "aftersale", { output }: Case): Promise<TruthRow | undefined> {
	last += 1;
	const number = `GOLDEN-${last}`;
	const document = { ...output, Model: { ...output.Model, FBillNo: number, FNetOrderBillNo: number } };
	const errand = errandOf(kingdee, connection, performance.now());
	expect((await send(errand, kind, document)).outcome).toEqual({ state: "OK", docNo: number });
	expect((await find(errand, kind, number, document)).found).toEqual({ state: "FOUND", docNo: number });
	return (await sandbox.truth("kind=documents&limit=1000")).find(({ key }) => key === number);
}

describe("the documents of the cases", () => {
	it.each(whole("order"))("order: $name", async (each) => {
		const { erpLines, lines, money } = each.input.order;
		const open = (erpLines ?? lines).filter(({ status, refund }) => status !== "CLOSED" && refund !== "DONE");
		const dueFen = open.reduce((sum, { paidFen }) => sum + paidFen, money.freightFen ?? 0);
		expect(await taken("order", each)).toMatchObject({ accepted: 1, totalFen: dueFen });
	});

	it.each(whole("aftersale"))("after-sale: $name", async (each) => {
		expect(await taken("aftersale", each)).toMatchObject({ accepted: 1, totalFen: each.input.aftersale?.refundFen });
	});

	it("are nearly all whole", () => {
		expect([whole("order").length, whole("aftersale").length]).toEqual([18, 13]);
	});
});

it("an order that the ERP adds up otherwise is in doubt, and there once", async () => {
	const [document] = whole("order")
		.filter(({ name }) => name.startsWith("a price that does not divide"))
		.map(({ output }) => output);
	const inDollars = {
		...document?.Model,
		...{ FBillNo: "ROUNDED", FNetOrderBillNo: "ROUNDED", FSaleOrderFinance: { FSettleCurrId: { FNumber: "PRE007" } } },
	};
	const errand = errandOf(kingdee, connection, performance.now());
	const { outcome } = await send(errand, "order", { Model: inDollars });
	expect(outcome).toEqual({ state: "IN_DOUBT", reason: "ROUNDED: 价税合计 99.99，应为 100.00" });
	const { found } = await find(errand, "order", "ROUNDED", { Model: inDollars });
	expect(found).toEqual({ state: "UNKNOWN", reason: "ROUNDED: 价税合计 99.99，应为 100.00" });
	const rows = (await sandbox.truth("kind=documents&limit=1000")).filter(({ key }) => key === "ROUNDED");
	expect(rows).toMatchObject([{ accepted: 1, totalFen: 9_999 }]);
});
