import { describe, expect, it } from "vitest";
import { decrypt, encrypt } from "./secret.ts";

describe("secrets at rest", () => {
	it.each(["", "s3cret", "密钥 🔑", "x".repeat(10_000)])("come back as they were: %.10s", (plain) => {
		expect(decrypt("shop", "taobao-1", encrypt("shop", "taobao-1", plain))).toBe(plain);
	});

	it("never look the same twice", () => {
		expect(encrypt("shop", "taobao-1", "s3cret")).not.toBe(encrypt("shop", "taobao-1", "s3cret"));
	});

	it("do not open for another owner or purpose", () => {
		const stored = encrypt("shop", "taobao-1", "s3cret");
		expect(() => decrypt("shop", "taobao-2", stored)).toThrow(/does not open/);
		expect(() => decrypt("connection", "taobao-1", stored)).toThrow(/does not open/);
	});

	it("do not open when a single part was changed", () => {
		const parts = encrypt("shop", "taobao-1", "s3cret").split(":");
		for (const index of [1, 2, 3]) {
			const changed = parts.map((part, at) => (at === index ? (part[0] === "A" ? "B" : "A") + part.slice(1) : part));
			expect(() => decrypt("shop", "taobao-1", changed.join(":"))).toThrow(/does not open/);
		}
	});

	it.each(["", "s3cret", "v2:a:b:c", "v1:a:b"])("refuse a text that was never stored: %s", (stored) => {
		expect(() => decrypt("shop", "taobao-1", stored)).toThrow(/not a stored secret/);
	});
});
