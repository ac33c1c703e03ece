/**
 * Secrets at rest: AES-256-GCM, one key per purpose. Stored as `v2:<key id>:<iv>:<tag>:<cipher>`, the parts in base64url.
 * The key id names the master key that opens it: while the master key changes there are two. `v1:`, of before, names none.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { masterKeys } from "../config/env.ts";

interface Master {
	id: string;
	key: Buffer;
	derived: Map<string, Buffer>; // purpose -> key
}

const masters = new WeakMap<Buffer, Master>();

const derive = (key: Buffer, info: string, bytes: number): Buffer =>
	Buffer.from(hkdfSync("sha256", key, "", info, bytes));

function masterOf(key: Buffer): Master {
	let master = masters.get(key);
	if (!master) {
		const id = derive(key, "order-hub/key-id", 6).toString("base64url");
		master = { id, key, derived: new Map() };
		masters.set(key, master);
	}
	return master;
}

/** The one that encrypts. */
const currentMaster = (): Master => masterOf(masterKeys()[0]);

/** A key for one purpose only: whoever gets to know it cannot read what other purposes encrypt. */
function keyFor({ key, derived }: Master, purpose: string): Buffer {
	let found = derived.get(purpose);
	if (!found) {
		found = derive(key, `order-hub/v1/${purpose}`, 32);
		derived.set(purpose, found);
	}
	return found;
}

/** Of the master keys, the current one first. Nothing can be learnt of a key from its id. */
export const masterKeyIds = (): string[] => masterKeys().map((key) => masterOf(key).id);

/** Whether a stored secret is encrypted under the current master key, and says so. */
export const isCurrent = (stored: string): boolean => stored.startsWith(`v2:${currentMaster().id}:`);

const hashUnder = (master: Master, purpose: string, plain: string): string =>
	createHmac("sha256", keyFor(master, purpose)).update(plain).digest("base64url");

/** What is only ever compared, such as a number to search by: the same text gives the same hash. */
export const keyedHash = (purpose: string, plain: string): string => hashUnder(currentMaster(), purpose, plain);

/** What a text's hash may be in the store: one, or two while the master key changes. */
export const keyedHashes = (purpose: string, plain: string): string[] =>
	masterKeys().map((key) => hashUnder(masterOf(key), purpose, plain));

/**
 * `owner` is the id of the document that keeps the secret. It is bound to the text, so that a stored secret
 * copied into another document does not open there.
 */
export function encrypt(purpose: string, owner: string, plain: string): string {
	const master = currentMaster();
	const iv = randomBytes(12);
	const cipher = createCipheriv("aes-256-gcm", keyFor(master, purpose), iv);
	cipher.setAAD(Buffer.from(owner));
	const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
	return ["v2", master.id, ...[iv, cipher.getAuthTag(), text].map((part) => part.toString("base64url"))].join(":");
}

/** @throws Error when the text was changed, belongs to another owner or purpose, or no master key we have opens it. */
export function decrypt(purpose: string, owner: string, stored: string): string {
	const { keyId, iv, tag, text } = partsOf(purpose, stored);
	const all = masterKeys().map(masterOf);
	const candidates = keyId === null ? all : all.filter(({ id }) => id === keyId);
	let cause: unknown;
	for (const master of candidates) {
		const decipher = createDecipheriv("aes-256-gcm", keyFor(master, purpose), Buffer.from(iv, "base64url"), {
			authTagLength: 16,
		});
		decipher.setAAD(Buffer.from(owner));
		decipher.setAuthTag(Buffer.from(tag, "base64url"));
		try {
			return decipher.update(text, "base64url", "utf8") + decipher.final("utf8");
		} catch (err) {
			cause = err; // perhaps another master key opens it
		}
	}
	throw new Error(`a stored secret (${purpose}) does not open: is HUB_MASTER_KEY the one it was made with?`, { cause });
}

/** `keyId` null: of before there were key ids. */
function partsOf(purpose: string, stored: string): Record<"iv" | "tag" | "text", string> & { keyId: string | null } {
	const [version, ...rest] = stored.split(":");
	const keyId = version === "v2" ? rest.shift() : null;
	const [iv, tag, text, ...more] = rest;
	const known = version === "v1" || version === "v2";
	if (!known || keyId === undefined || keyId === "" || !iv || !tag || text === undefined || more.length)
		throw new Error(`not a stored secret (${purpose})`);
	return { keyId, iv, tag, text };
}
