/** Secrets at rest: AES-256-GCM, one key per purpose. Stored as `v1:<iv>:<tag>:<cipher>`, each part base64url. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { masterKey } from "../config/env.ts";

const version = "v1";
const keys = new Map<string, Buffer>();

/** A key for one purpose only: whoever gets to know it cannot read what other purposes encrypt. */
function keyFor(purpose: string): Buffer {
	let key = keys.get(purpose);
	if (!key) {
		key = Buffer.from(hkdfSync("sha256", masterKey(), "", `order-hub/${version}/${purpose}`, 32));
		keys.set(purpose, key);
	}
	return key;
}

/** What is only ever compared, such as a number to search by: the same text gives the same hash. */
export const keyedHash = (purpose: string, plain: string): string =>
	createHmac("sha256", keyFor(purpose)).update(plain).digest("base64url");

/**
 * `owner` is the id of the document that keeps the secret. It is bound to the text, so that a stored secret
 * copied into another document does not open there.
 */
export function encrypt(purpose: string, owner: string, plain: string): string {
	const iv = randomBytes(12);
	const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), iv);
	cipher.setAAD(Buffer.from(owner));
	const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
	return [version, ...[iv, cipher.getAuthTag(), text].map((part) => part.toString("base64url"))].join(":");
}

/** @throws Error when the text was changed, belongs to another owner or purpose, or the master key is another one. */
export function decrypt(purpose: string, owner: string, stored: string): string {
	const [stamp, iv, tag, text] = stored.split(":");
	if (stamp !== version || !iv || !tag || text === undefined) throw new Error(`not a stored secret (${purpose})`);
	const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), Buffer.from(iv, "base64url"), {
		authTagLength: 16,
	});
	decipher.setAAD(Buffer.from(owner));
	decipher.setAuthTag(Buffer.from(tag, "base64url"));
	try {
		return decipher.update(text, "base64url", "utf8") + decipher.final("utf8");
	} catch (cause) {
		throw new Error(`a stored secret (${purpose}) does not open: is HUB_MASTER_KEY the one it was made with?`, {
			cause,
		});
	}
}
