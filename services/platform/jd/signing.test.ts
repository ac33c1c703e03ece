import { describe, expect, it } from "vitest";
import type { Vector } from "../vector.ts";
import { sign, spSign } from "./sign.ts";
import { jdChecks } from "./vector-checks.ts";
import vectors from "./vectors.json" with { type: "json" };

describe("signatures", () => {
	it.each(vectors as unknown as Vector[])("are what others compute: $name", (vector) => {
		expect(jdChecks[vector.algorithm]?.(vector)).toBe(vector.expected);
	});

	it("leave out a sign that is there already, and what has no value", () => {
		const params = { a: "1", b: "2" };
		expect(sign({ ...params, sign: "X", c: "" }, "s")).toBe(sign(params, "s"));
	});

	it("of SP-API cover no header that tells only of the caller", () => {
		const call = { headers: { "X-JOS-App-Key": "K" }, query: {}, pathParams: {}, body: "" };
		const told = { "X-JOS-App-Key": "K", "X-JOS-Request-Identity": "vender", "X-JOS-Sdk-Version": "1" };
		expect(spSign({ ...call, headers: told }, "s")).toBe(spSign(call, "s"));
	});
});
