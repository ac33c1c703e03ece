import { describe, expect, it } from "vitest";
import type { Vector } from "../vector.ts";
import { sign } from "./sign.ts";
import { decodeFrame, encodeFrame } from "./tmc.ts";
import { taobaoChecks } from "./vector-checks.ts";
import vectors from "./vectors.json" with { type: "json" };

describe("signatures and frames", () => {
	it.each(vectors as unknown as Vector[])("are what others compute: $name", (vector) => {
		expect(taobaoChecks[vector.algorithm]?.(vector)).toBe(vector.expected);
	});
});

describe("sign", () => {
	it("ignores a sign that is there already", () => {
		const params = { a: "1", b: "2" };
		expect(sign({ ...params, sign: "X" }, "s", "md5")).toBe(sign(params, "s", "md5"));
	});
});

describe("TMC frames", () => {
	const frames = (vectors as unknown as Vector[]).filter(({ algorithm }) => algorithm.includes("binary frame"));

	it.each(frames)("are read back to the byte: $name", ({ expected }) => {
		const bytes = Buffer.from(expected, "hex");
		expect(encodeFrame(decodeFrame(bytes)).toString("hex")).toBe(expected);
	});

	it.each(frames)("are refused when cut short anywhere: $name", ({ expected }) => {
		const bytes = Buffer.from(expected, "hex");
		for (let length = 0; length < bytes.length; length += 1) {
			expect(() => decodeFrame(bytes.subarray(0, length))).toThrow();
		}
	});

	it("carry the server's refusal", () => {
		const frame = { messageType: 1, token: "", statusCode: 403, statusPhrase: "拒绝", flag: 0, headers: new Map() };
		expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
	});
});
