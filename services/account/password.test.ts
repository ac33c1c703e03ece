import { scryptSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashPassword, isWeak, passwordMatches } from "./password.ts";

describe("a stored password", () => {
	it("matches itself, typed on any keyboard, and nothing else", async () => {
		const stored = await hashPassword("pässwörd 密码");
		expect(stored).toMatch(/^scrypt:15:8:3:[\w-]{22}:[\w-]{43}$/);
		expect(await passwordMatches("pässwörd 密码".normalize("NFD"), stored)).toBe(true);
		expect(await passwordMatches("passwörd 密码", stored)).toBe(false);
	});

	it("of a lower cost is weak, and still matches", async () => {
		const salt = Buffer.from("0123456789abcdef");
		const bytes = scryptSync("of last year", salt, 32, { N: 2 ** 14, r: 8, p: 1 });
		const stored = ["scrypt", 14, 8, 1, salt.toString("base64url"), bytes.toString("base64url")].join(":");
		expect(await passwordMatches("of last year", stored)).toBe(true);
		expect(isWeak(stored)).toBe(true);
		expect(isWeak(await hashPassword("of today"))).toBe(false);
	});

	it("never looks the same twice", async () => {
		expect(await hashPassword("the same one")).not.toBe(await hashPassword("the same one"));
	});

	it("that does not exist matches nothing, and is not told at once", async () => {
		const startedAt = performance.now();
		expect(await passwordMatches("a password", null)).toBe(false);
		expect(performance.now() - startedAt).toBeGreaterThan(10); // a hash was made: without one it takes microseconds
	});
});
