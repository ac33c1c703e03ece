import { describe, expect, it } from "vitest";
import type { Vector } from "../vector.ts";
import { openPush, sealPush } from "./push-crypto.ts";
import { weixinChecks } from "./vector-checks.ts";
import vectors from "./vectors.json" with { type: "json" };

describe("signatures and ciphers of pushes", () => {
	it.each(vectors as unknown as Vector[])("are what others compute: $name", (vector) => {
		expect(weixinChecks[vector.algorithm]?.(vector)).toEqual(vector.expected);
	});
});

const key = "hUb2026kQ7xYzAbCdEfGhIjKlMnOpQrStUvWxYz0123";
const appId = "wx1a2b3c4d5e6f7081";
const random = "0123456789abcdef";

describe("openPush", () => {
	it.each([0, 1, 15, 16, 31, 32, 33, 1000])("opens what sealPush made of %i characters", (length) => {
		const message = "单".repeat(length);
		expect(openPush(sealPush(message, key, appId, random), key, appId)).toBe(message);
	});

	it("refuses a message for another app", () => {
		expect(() => openPush(sealPush("{}", key, "wx0000000000000000", random), key, appId)).toThrow("another app");
	});

	it.each(["", "AAAA", "not base64", sealPush("{}", key, appId, random).slice(4)])("refuses %j", (encrypted) => {
		expect(() => openPush(encrypted, key, appId)).toThrow();
	});

	it("refuses a ciphertext with any byte changed at its end, where the padding is", () => {
		const bytes = Buffer.from(sealPush("{}", key, appId, random), "base64");
		for (let at = bytes.length - 16; at < bytes.length; at += 1) {
			const forged = Buffer.from(bytes);
			forged[at] = (forged[at] ?? 0) ^ 1;
			expect(() => openPush(forged.toString("base64"), key, appId)).toThrow();
		}
	});

	it("refuses a key of another length", () => {
		expect(() => openPush("AAAA", "short", appId)).toThrow("43 characters");
	});
});
