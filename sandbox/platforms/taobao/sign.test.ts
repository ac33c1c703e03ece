import { describe, expect, it } from "vitest";
import { isSigned, type SignMethod, sign } from "./sign.ts";
import vectors from "./vectors.json" with { type: "json" };

interface Vector {
	name: string;
	sign_method: string;
	secret: string;
	params: object;
	body?: string;
	expected: string;
}

/** The vectors were published or computed by the platform's own SDKs, which drop empty parameters. */
const cases = (vectors as Vector[]).map((vector): [string, Vector] => [vector.name, vector]);

describe("sign", () => {
	it.each(cases)("accepts %s and nothing else", (_, { params, secret, sign_method, body, expected }) => {
		const method = sign_method as SignMethod;
		const sent = new Map<string, string>([...Object.entries(params), ["sign", expected]]);
		expect(isSigned(sent, secret, method, body)).toBe(true);
		expect(isSigned(new Map([...sent, ["added", "1"]]), secret, method, body)).toBe(false);
		expect(isSigned(sent, `${secret}x`, method, body)).toBe(false);
		expect(isSigned(new Map([...sent, ["sign", expected.toLowerCase()]]), secret, method, body)).toBe(false);
	});

	it("accepts a signature with the empty parameters as well as without", () => {
		const params = new Map([
			["a", "1"],
			["empty", ""],
		]);
		const without = sign(new Map([["a", "1"]]), "s", "md5");
		expect(isSigned(new Map([...params, ["sign", sign(params, "s", "md5")]]), "s", "md5")).toBe(true);
		expect(isSigned(new Map([...params, ["sign", without]]), "s", "md5")).toBe(true);
	});
});
