import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { adminPassword, startTestbed, type Testbed } from "../services/api/testbed.ts";
import { AuditModel } from "../services/audit/audit.model.ts";
import { auditCommand } from "./audit.ts";
import type { Account } from "./hub-client.ts";
import { keysCommand } from "./keys.ts";

let bed: Testbed;
let account: Account;
let printed: string[];
let spies: MockInstance[];

beforeAll(async () => {
	bed = await startTestbed();
	account = { url: bed.url, user: "admin", password: adminPassword };
});
afterAll(() => bed.stop());
beforeEach(() => {
	printed = [];
	const hear = (line: unknown) => void printed.push(String(line));
	spies = [vi.spyOn(console, "log").mockImplementation(hear), vi.spyOn(console, "error").mockImplementation(hear)];
});
afterEach(() => {
	for (const spy of spies) spy.mockRestore();
});

const record = (ref: string) => bed.broker.call("audit.record", { what: "rule.update", ref });

describe("hub audit verify", () => {
	it("says that the audit is whole, however long, with its head, which is found again later", async () => {
		for (let made = 0; made < 1_050; made += 1) await record(`rule-${made}`);
		expect(await auditCommand(["verify"], account)).toBe(0);
		const [, rows, head] = /^(\d+) rows, whole; head (\d+:[\w-]{43})$/.exec(printed.at(-1) ?? "") ?? [];
		expect(Number(rows)).toBeGreaterThan(1_050);
		await record("one more");
		expect(await auditCommand(["verify", "--head", head ?? ""], account)).toBe(0);
	});

	it("names rows that were changed or removed, and a head that is gone", async () => {
		await AuditModel.collection.updateOne({ seq: 20 }, { $set: { ref: "another" } });
		await AuditModel.collection.deleteOne({ seq: 30 });
		expect(await auditCommand(["verify", "--head", `30:${"x".repeat(43)}`], account)).toBe(1);
		expect(printed.slice(0, 3)).toEqual([
			`head 30:${"x".repeat(43)} is gone: rows were cut off or made anew`,
			"row 20 changed",
			"row 30 missing",
		]);
		expect(printed.at(-1)).toMatch(/rows, NOT whole/);
	});

	it.each([[[]], [["delete"]], [["verify", "--force"]]])("does not know %j", async (args) => {
		expect(await auditCommand(args, account)).toBe(2);
		expect(printed[0]).toContain("usage: hub audit verify");
	});
});

describe("hub keys rotate", () => {
	it("says from when the new key signs", async () => {
		expect(await keysCommand(["rotate"], account)).toBe(0);
		expect(printed[0]).toMatch(/^key k2 signs from \d{4}-\d\d-\d\dT/);
	});

	it("shows how it is used", async () => {
		expect(await keysCommand([], account)).toBe(2);
		expect(printed[0]).toContain("usage: hub keys rotate");
	});
});
