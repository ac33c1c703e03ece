import { describe, expect, it } from "vitest";
import type { Vector } from "../vector.ts";
import { sign } from "./sign.ts";
import { pddChecks } from "./vector-checks.ts";
import vectors from "./vectors.json" with { type: "json" };

describe("signatures", () => {
	it.each(vectors as unknown as Vector[])("are what others compute: $name", (vector) => {
		expect(pddChecks[vector.algorithm]?.(vector)).toBe(vector.expected);
	});

	it("leave out a signature that is there already", () => {
		expect(sign({ a: "1", sign: "X" }, "s")).toBe(sign({ a: "1" }, "s"));
	});

	it("compare names, not names and values together", () => {
		const swapped = sign({ a: "z", ab: "1" }, "s");
		expect(swapped).toBe(sign({ ab: "1", a: "z" }, "s"));
		expect(swapped).toBe(sign({ "": "azab1" }, "s"));
	});

	it("cover a value without text by its name", () => {
		expect(sign({ a: "1", b: "" }, "s")).not.toBe(sign({ a: "1" }, "s"));
	});
});
