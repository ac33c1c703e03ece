/** The keys that sign access tokens: generations in the store, known to every process before they are used. */
import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import { masterKey } from "../../config/env.ts";
import { hubError } from "../../config/errors.ts";
import { decrypt, encrypt } from "../../mixins/secret.ts";
import { duplicateIsConflict } from "./conflict.ts";
import { type SigningKey, SigningKeyModel } from "./signing-key.model.ts";
import { type Audience, lifetimesSec } from "./token.ts";

/** A new key is in the store for so long before it signs; every process looks more often than that. */
export const announcedMs = 60_000;
export const lookEveryMs = 20_000;
const lookAgainAfterMs = 1_000; // for a kid that is unknown: whoever makes kids up must not make us read each time
const monthMs = 30 * 24 * 3_600_000;
const longestLifetimeMs = Math.max(...Object.values(lifetimesSec)) * 1_000;

const purpose = "signing-key";
export const sealedKeys = { model: SigningKeyModel, purpose, pathsOf: () => ["sealed"] };

interface Known {
	kid: string;
	key: KeyObject;
	signsFrom: number; // ms since 1970
	signsUntil: number; // Infinity for the newest
}

/** One process's view of the keys. */
export class Keyring {
	private known: Known[] = []; // newest first
	private looking: { since: number; done: Promise<void> } | null = null;

	/** Reads the keys; makes the first one where there is none. */
	load(): Promise<void> {
		const done = this.read();
		this.looking = { since: Date.now(), done };
		return done;
	}

	private async read(): Promise<void> {
		let stored = await storedKeys();
		if (!stored.length) {
			await makeFirst();
			stored = await storedKeys();
		}
		this.known = stored.map(({ _id, sealed, signsFrom }, at) => ({
			kid: _id,
			key: createSecretKey(Buffer.from(decrypt(purpose, _id, sealed), "base64")),
			signsFrom: signsFrom.getTime(),
			signsUntil: stored[at - 1]?.signsFrom.getTime() ?? Number.POSITIVE_INFINITY,
		}));
	}

	/** The one that signs now. */
	async signing(now = Date.now()): Promise<{ kid: string; key: KeyObject }> {
		if (!this.known.length) await this.load();
		const found = this.known.find(({ signsFrom }) => signsFrom <= now) ?? this.known.at(-1);
		if (!found) throw new Error("there is no signing key");
		return found;
	}

	/** The key of a kid while tokens that it signed may still be good; null for any other kid. */
	async verifying(kid: string, audience: Audience, now = Date.now()): Promise<KeyObject | null> {
		const byKid = (): Known | undefined => this.known.find((each) => each.kid === kid);
		if (!byKid()) await this.lookAgain();
		const found = byKid();
		return found && now < found.signsUntil + lifetimesSec[audience] * 1_000 ? found.key : null;
	}

	private async lookAgain(): Promise<void> {
		const recent = this.looking && Date.now() - this.looking.since < lookAgainAfterMs;
		await (recent ? this.looking?.done : this.load());
	}
}

/**
 * Makes the next key, which signs from a minute later, when every process knows it; nobody is signed out.
 * @throws CONFLICT while one is on its way
 */
export async function rotateKeys(now = Date.now()): Promise<{ kid: string; signsFrom: Date }> {
	const [newest, ...older] = await storedKeys();
	if (newest && newest.signsFrom.getTime() > now)
		throw hubError("CONFLICT", `${newest._id} is on its way, it signs from ${newest.signsFrom.toISOString()}`);
	const generation = (newest?.generation ?? 0) + 1;
	const signsFrom = new Date(now + announcedMs);
	await duplicateIsConflict(SigningKeyModel.create(sealedKey(generation, randomBytes(32), signsFrom)));
	// No token of these can be good any more.
	const outlived = newest && newest.signsFrom.getTime() + longestLifetimeMs < now;
	if (outlived) await SigningKeyModel.deleteMany({ _id: { $in: older.map(({ _id }) => _id) } });
	return { kid: `k${generation}`, signsFrom };
}

/** Once a month, by whichever process is first. */
export async function rotateMonthly(now = Date.now()): Promise<void> {
	const [newest] = await storedKeys();
	if (!newest || now - newest.signsFrom.getTime() < monthMs) return;
	await rotateKeys(now).catch((err: { type?: string }) => {
		if (err.type !== "CONFLICT") throw err; // else another process was first
	});
}

/** Derived, so that processes that start at once make the same one; the later ones are random. */
async function makeFirst(): Promise<void> {
	const bytes = Buffer.from(hkdfSync("sha256", masterKey(), "", "order-hub/jwt/k1", 32));
	const { _id, ...fields } = sealedKey(1, bytes, new Date());
	await SigningKeyModel.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
}

function sealedKey(generation: number, bytes: Buffer, signsFrom: Date): SigningKey {
	const _id = `k${generation}`;
	return { _id, generation, sealed: encrypt(purpose, _id, bytes.toString("base64")), signsFrom };
}

export interface SigningKeyState {
	kid: string;
	signsFrom: Date; // until the next one does
}

/** Newest first. */
export const signingKeys = async (): Promise<SigningKeyState[]> =>
	(await storedKeys()).map(({ _id: kid, signsFrom }) => ({ kid, signsFrom }));

/** Newest first. */
const storedKeys = (): Promise<SigningKey[]> =>
	SigningKeyModel.find().sort({ generation: -1 }).lean<SigningKey[]>().exec();
