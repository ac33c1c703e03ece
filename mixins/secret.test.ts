import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { env } from "../config/env.ts";
import { decrypt, encrypt, isCurrent, keyedHash, keyedHashes } from "./secret.ts";

const masterKey = env.masterKey;

afterEach(() => {
	env.masterKey = masterKey;
	env.masterKeyOld = null;
});

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
		for (const index of [1, 2, 3, 4]) {
			const changed = parts.map((part, at) => (at === index ? (part[0] === "A" ? "B" : "A") + part.slice(1) : part));
			expect(() => decrypt("shop", "taobao-1", changed.join(":"))).toThrow(/does not open/);
		}
	});

	it.each(["", "s3cret", "v3:k:a:b:c", "v1:a:b", "v2::a:b:c", "v2:k:a:b", "v2:k:a:b:c:d"])(
		"refuse a text that was never stored: %s",
		(stored) => {
			expect(() => decrypt("shop", "taobao-1", stored)).toThrow(/not a stored secret/);
		},
	);
});

describe("while the master key changes", () => {
	function change(): void {
		env.masterKeyOld = env.masterKey;
		env.masterKey = randomBytes(32);
	}
	/** As secrets were stored before they named their key. */
	const unnamed = (stored: string): string => stored.replace(/^v2:[^:]+/, "v1");

	it("secrets of both keys open, with and without a key id, and new ones are of the new key", () => {
		const old = encrypt("shop", "taobao-1", "s3cret");
		change();
		const now = encrypt("shop", "taobao-1", "s3cret");
		for (const stored of [old, now, unnamed(old), unnamed(now)]) {
			expect(decrypt("shop", "taobao-1", stored)).toBe("s3cret");
		}
		expect([old, now, unnamed(now)].map(isCurrent)).toEqual([false, true, false]);
	});

	it("secrets of the old key stop to open when it is taken away", () => {
		const old = encrypt("shop", "taobao-1", "s3cret");
		change();
		env.masterKeyOld = null;
		for (const stored of [old, unnamed(old)]) {
			expect(() => decrypt("shop", "taobao-1", stored)).toThrow(/does not open/);
		}
	});

	it("what is looked for by its hash is looked for under both", () => {
		const old = keyedHash("phone-tail", "1234");
		expect(keyedHashes("phone-tail", "1234")).toEqual([old]);
		change();
		expect(keyedHashes("phone-tail", "1234")).toEqual([keyedHash("phone-tail", "1234"), old]);
	});
});
