import { afterAll, describe, expect, it } from "vitest";
import { Mapper } from "./mapper.ts";

describe("Mapper", () => {
	const mapper = new Mapper();
	afterAll(() => mapper.close());

	it("makes plain JSON of the input, with the helpers at hand", async () => {
		const source =
			'{ "no": order.orderNo, "amount": $yuan(order.paidFen), "day": $day(order.at), "lines": [order.lines.sku] }';
		const order = { orderNo: "9007199254740993", paidFen: 1990, at: new Date("2026-01-01T17:00:00Z"), lines: [] };
		expect(await mapper.run(source, { order })).toEqual({
			no: "9007199254740993",
			amount: 19.9,
			day: "2026-01-02",
			lines: [],
		});
	});

	it("gives nothing for a mapping that finds nothing", async () => {
		expect(await mapper.run("order.none", { order: {} })).toBeUndefined();
	});

	it.each([
		['{ "a": \n  1 + }', /line 2, column/],
		['\n$match("x", /(x+)+y/)', /line 2, column \d+: regular expressions are not allowed/],
		["order.day.$day('never')", /a time is needed/],
		["$unknown(1)", /non-function/],
		["$error('no such unit')", /no such unit/],
	])("tells where %j fails", async (source, message) => {
		const failure = { type: "MAPPING_FAILED", message: expect.stringMatching(message) };
		await expect(mapper.run(source, { order: { day: 1 } })).rejects.toMatchObject(failure);
	});

	it.each([
		["an endless loop", "($f := function($n) { $f($n + 1) }; $f(1))"],
		["an endless recursion", "($f := function($n) { 1 + $f($n + 1) }; $f(1))"],
		["a huge list", "[1..10000000]"],
		["a regular expression hidden in text", `$eval("$match('${"a".repeat(40)}!', /(a+)+$/)")`],
	])("stops %s in time", async (_name, source) => {
		const begun = Date.now();
		await expect(mapper.run(source, {})).rejects.toMatchObject({ type: "MAPPING_TIMEOUT" });
		expect(Date.now() - begun).toBeLessThan(3_000);
	});

	it("goes on with other mappings while one is stuck, and afterwards", async () => {
		const stuck = mapper.run(`$eval("$match('${"a".repeat(40)}!', /(a+)+$/)")`, {});
		const stopped = expect(stuck).rejects.toMatchObject({ type: "MAPPING_TIMEOUT" });
		const others = Array.from({ length: 20 }, (_, n) => mapper.run("n * 2", { n }));
		expect(await Promise.all(others)).toEqual(Array.from({ length: 20 }, (_, n) => n * 2));
		await stopped;
		expect(await mapper.run("n", { n: 1 })).toBe(1);
	});

	it("keeps one mapping's variables from the next", async () => {
		await mapper.run("($secret := 1; $secret)", {});
		expect(await mapper.run("$secret", {})).toBeUndefined();
	});

	it("refuses work once it is closed", async () => {
		const closed = new Mapper(1);
		const waiting = expect(closed.run("1", {})).rejects.toMatchObject({ type: "SERVICE_UNAVAILABLE" });
		await closed.close();
		await waiting;
		await expect(closed.run("1", {})).rejects.toMatchObject({ type: "SERVICE_UNAVAILABLE" });
	});
});
