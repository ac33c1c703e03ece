import { describe, expect, it } from "vitest";
import type { Vector } from "../vector.ts";
import { messageSign } from "./sign.ts";
import { xiaohongshuChecks } from "./vector-checks.ts";
import vectors from "./vectors.json" with { type: "json" };

describe("signatures", () => {
	it.each(vectors as unknown as Vector[])("are what others compute: $name", (vector) => {
		expect(xiaohongshuChecks[vector.algorithm]?.(vector)).toBe(vector.expected);
	});
});

describe("the signature of a message", () => {
	const message = { path: "/hook", appKey: "k", timestamp: "1762790400" };

	it("covers empty query parameters, too", () => {
		expect(messageSign({ ...message, query: { a: "" } }, "s")).not.toBe(messageSign({ ...message, query: {} }, "s"));
	});

	it("cannot be made for another app by a query parameter of that name", () => {
		const query = { "app-key": "other", timestamp: "1" };
		expect(messageSign({ ...message, query }, "s")).toBe(messageSign({ ...message, query: {} }, "s"));
	});
});
