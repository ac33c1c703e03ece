/** The passwords that flows keep, encrypted by Node-RED itself: brought from the old master key to the new one. */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** What Node-RED is given as its `credentialSecret`. */
export const credentialSecret = (masterKey: Buffer): string =>
	Buffer.from(hkdfSync("sha256", masterKey, "", "order-hub/v1/flow-credentials", 32)).toString("hex");

/** As Node-RED stores them: `{"$": <iv, 32 hex digits><base64>}`. Source: @node-red/runtime, lib/nodes/credentials.js. */
interface Sealed {
	$: string;
}

const algorithm = "aes-256-ctr";
const ivDigits = 32;
const keyOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** What is stored, under the first of the secrets; the same object where it is that already, or none of them opens it. */
export function resealed(stored: object, [current = "", ...before]: readonly string[]): object {
	if (!isSealed(stored) || opened(stored, current) !== null) return stored;
	const plain = before.map((secret) => opened(stored, secret)).find((each) => each !== null);
	return plain === undefined ? stored : sealed(plain, current);
}

const isSealed = (stored: object): stored is Sealed => "$" in stored && typeof stored.$ === "string";

/** The JSON text inside; null for another secret: then what comes out is no JSON. */
function opened({ $ }: Sealed, secret: string): string | null {
	const decipher = createDecipheriv(algorithm, keyOf(secret), Buffer.from($.slice(0, ivDigits), "hex"));
	const text = decipher.update($.slice(ivDigits), "base64", "utf8") + decipher.final("utf8");
	return isJson(text) ? text : null;
}

function sealed(text: string, secret: string): Sealed {
	const iv = randomBytes(ivDigits / 2);
	const cipher = createCipheriv(algorithm, keyOf(secret), iv);
	return { $: iv.toString("hex") + cipher.update(text, "utf8", "base64") + cipher.final("base64") };
}

function isJson(text: string): boolean {
	try {
		return typeof JSON.parse(text) === "object";
	} catch {
		return false;
	}
}
