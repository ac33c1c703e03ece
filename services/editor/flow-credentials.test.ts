import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { credentialSecret, resealed } from "./flow-credentials.ts";

const [first, second, third] = [1, 2, 3].map(() => credentialSecret(randomBytes(32))) as [string, string, string];
const plain = { n1: { user: "erp", password: "a secret 密码" } };

/** As Node-RED does. */
function stored(secret: string): { $: string } {
	const iv = randomBytes(16);
	const cipher = createCipheriv("aes-256-ctr", createHash("sha256").update(secret).digest(), iv);
	return { $: iv.toString("hex") + cipher.update(JSON.stringify(plain), "utf8", "base64") + cipher.final("base64") };
}

/** Node-RED's own reader. */
async function readByNodeRed(credentials: object, secret: string): Promise<unknown> {
	const runtime = createRequire(createRequire(import.meta.url).resolve("node-red"));
	const reader = runtime("@node-red/runtime/lib/nodes/credentials");
	const log = { debug() {}, warn() {}, _: (text: string) => text };
	const settings = {
		get: (name: string) => (name === "credentialSecret" ? secret : undefined),
		delete: async () => {},
	};
	reader.init({ log, settings });
	await reader.load(structuredClone(credentials));
	return reader.get("n1");
}

describe("what flows keep secret", () => {
	it("is read by Node-RED under the new key after the change, and not before", async () => {
		const old = stored(first);
		expect(await readByNodeRed(old, first)).toEqual(plain.n1);
		const now = resealed(old, [second, first]);
		expect(await readByNodeRed(now, second)).toEqual(plain.n1);
	});

	it("stays as it is where it is of the new key, opens with none, or is empty", () => {
		for (const [credentials, secrets] of [
			[stored(second), [second, first]],
			[stored(third), [second, first]],
			[stored(first), [second]],
			[{}, [second, first]],
		] as [object, string[]][])
			expect(resealed(credentials, secrets)).toBe(credentials);
	});
});
