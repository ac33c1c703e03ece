import { createCipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Vector } from "../vector.ts";
import { decryptMessage } from "./crypto.ts";
import { sign } from "./sign.ts";
import { kuaishouChecks } from "./vector-checks.ts";
import vectors from "./vectors.json" with { type: "json" };

describe("signatures and messages", () => {
	it.each(vectors as unknown as Vector[])("are what others compute: $name", (vector) => {
		expect(kuaishouChecks[vector.algorithm]?.(vector)).toBe(vector.expected);
	});
});

describe("sign", () => {
	const params = {
		access_token: "t",
		appkey: "ks1",
		method: "m",
		param: "{}",
		signMethod: "MD5",
		timestamp: "1",
		version: "1",
	};

	it("leaves out a sign that is there already, and whatever else is no part of a call", () => {
		expect(sign({ ...params, sign: "x", uid: "7" }, "s", "MD5")).toBe(sign(params, "s", "MD5"));
	});

	it("drops what is null and keeps what is empty", () => {
		const { access_token, ...rest } = params;
		expect(sign({ ...params, access_token: null }, "s", "MD5")).toBe(sign(rest, "s", "MD5"));
		expect(sign({ ...params, access_token: "" }, "s", "MD5")).not.toBe(sign(rest, "s", "MD5"));
	});
});

describe("decryptMessage", () => {
	const secret = Buffer.from("0123456789abcdef").toString("base64");
	const encrypted = (plain: string | Buffer, key = secret): string => {
		const cipher = createCipheriv("aes-128-cbc", Buffer.from(key, "base64"), Buffer.alloc(16));
		return Buffer.concat([cipher.update(plain), cipher.final()]).toString("base64");
	};

	it("keeps numbers beyond 2^53", () => {
		expect(decryptMessage(encrypted('{"bizId":2631500012345678901}'), secret).message.bizId).toBe(
			"2631500012345678901",
		);
	});

	it.each([
		["no JSON", encrypted("hello")],
		["a list", encrypted("[]")],
		["bytes that are no text", encrypted(Buffer.from([0x7b, 0xff, 0x7d]))],
		["another text for the same bytes", `${encrypted("{}")} =`],
		["nothing", ""],
		["plain JSON", '{"eventId":"1"}'],
	])("refuses %s", (_what, body) => {
		expect(() => decryptMessage(body, secret)).toThrow();
	});

	it("refuses a message of another secret even where its padding happens to fit", () => {
		for (let key = 0; key < 600; key += 1) {
			const other = Buffer.alloc(16, 0);
			other.writeUInt16BE(key, 0);
			expect(() => decryptMessage(encrypted('{"eventId":"1"}', other.toString("base64")), secret)).toThrow();
		}
	});

	it("refuses a message of which any one character was changed", () => {
		const body = encrypted(JSON.stringify({ eventId: "0f8fad5b", bizId: 1, info: "{}", createTime: 1762790000123 }));
		for (let at = 0; at < body.length; at += 1) {
			const other = body[at] === "A" ? "B" : "A";
			expect(() => decryptMessage(body.slice(0, at) + other + body.slice(at + 1), secret)).toThrow();
		}
	});
});
