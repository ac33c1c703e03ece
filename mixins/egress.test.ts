import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { describe, expect, it } from "vitest";
import { readEgressAllowed } from "../config/egress-allow.ts";
import { checkedLookup, egressRule, isEgressRefused } from "./egress.ts";

const rule = (...entries: string[]) => egressRule(entries.flatMap((entry) => readEgressAllowed(entry) ?? []));

describe("egressRule", () => {
	it.each([
		["erp.local", "erp.local", 80, "192.168.1.20"],
		["erp.local", "ERP.local.", 80, "192.168.1.20"],
		["erp.local:8080", "erp.local", 8080, "192.168.1.20"],
		["192.168.1.20", "erp.local", 80, "192.168.1.20"],
		["192.168.1.20:8080", "192.168.1.20", 8080, "192.168.1.20"],
		["192.168.0.0/16", "erp.local", 443, "192.168.1.20"],
		["192.168.0.0/16", "erp.local", 443, "::ffff:192.168.1.20"],
		["fd00::/8", "[fd00::20]", 443, "fd00::20"],
		["0.0.0.0/0", "metadata", 80, "169.254.169.254"],
	])("lets through what %s names: %s:%i at %s", (entry, host, port, address) => {
		expect(rule(entry)(host, port, address)).toBe(true);
		expect(rule()(host, port, address)).toBe(false);
	});

	it.each([
		["erp.local", "other.local", 80, "192.168.1.20"],
		["erp.local", "erp.local.evil.example", 80, "192.168.1.20"],
		["erp.local:8080", "erp.local", 22, "192.168.1.20"],
		["192.168.1.20:8080", "192.168.1.20", 22, "192.168.1.20"],
		["192.168.0.0/24", "erp.local", 443, "192.168.1.20"],
		["fd00::/8", "fe80::1", 443, "fe80::1"],
	])("%s lets nothing else through: %s:%i at %s", (entry, host, port, address) => {
		expect(rule(entry)(host, port, address)).toBe(false);
	});

	it("lets every host be looked up, and every public address through", () => {
		expect(rule()("shop.example", 443, null)).toBe(true);
		expect(rule()("shop.example", 443, "8.8.8.8")).toBe(true);
	});
});

describe("checkedLookup", () => {
	/** A resolver that gives one answer after the other, and counts how often it is asked. */
	function resolver(...answers: string[][]): { asked: number; lookup: LookupFunction } {
		const stub = {
			asked: 0,
			lookup: ((_host, _options, callback) => {
				const found = answers[stub.asked++ % answers.length] ?? [];
				callback(
					null,
					found.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 })),
				);
			}) as LookupFunction,
		};
		return stub;
	}
	const resolve = (lookup: LookupFunction, all: boolean): Promise<unknown> =>
		new Promise((done, fail) => {
			checkedLookup(rule(), 443, lookup)("name.example", { all }, (err, found) => (err ? fail(err) : done(found)));
		});

	it.each([
		[["127.0.0.1"]],
		[["::1"]],
		[["8.8.8.8", "10.0.0.1"]], // one bad address is enough
		[["2400:3200::1", "::ffff:169.254.169.254"]],
		[[]],
	])("refuses a name that leads to %j", async (answer) => {
		for (const all of [true, false]) {
			const err = await resolve(resolver(answer).lookup, all).catch((refused: Error) => refused);
			expect(isEgressRefused(err)).toBe(true);
			expect((err as Error).message).toContain("HUB_EGRESS_ALLOW");
			expect((err as Error).message).toContain("name.example:443");
		}
	});

	it("gives what it checked, from one answer: a name that leads elsewhere the next time gains nothing", async () => {
		const rebinding = resolver(["8.8.8.8"], ["127.0.0.1"]);
		expect(await resolve(rebinding.lookup, true)).toEqual([{ address: "8.8.8.8", family: 4 }]);
		expect(rebinding.asked).toBe(1);
		expect(await resolve(resolver(["8.8.8.8"]).lookup, false)).toBe("8.8.8.8");
	});

	it("asks nobody about a host that may not be looked up", async () => {
		const stub = resolver(["8.8.8.8"]);
		const nothing = checkedLookup(() => false, 80, stub.lookup);
		const err = await new Promise((done) => nothing("name.example", {}, done));
		expect([isEgressRefused(err), stub.asked]).toEqual([true, 0]);
	});
});
