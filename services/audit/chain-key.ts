/** The key of the chain: random, made once, so that it outlives master keys. Who has only the store cannot forge a row. */
import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { decrypt, encrypt } from "../../mixins/secret.ts";

const schema = new Schema<{ _id: string; sealed: string }>(
	{ _id: { type: String, required: true }, sealed: { type: String, required: true } },
	{ strict: "throw", versionKey: false },
);
export const ChainKeyModel = database.model("audit-key", schema, "audit_keys");

const id = "chain";
const purpose = "audit-chain";
export const sealedChainKey = { model: ChainKeyModel, purpose, pathsOf: () => ["sealed"] };

let known: KeyObject | undefined;

export async function chainKey(): Promise<KeyObject> {
	known ??= createSecretKey(Buffer.from(decrypt(purpose, id, await stored()), "base64"));
	return known;
}

/** Several processes may make one at once: the first that is stored is it. */
async function stored(): Promise<string> {
	const made = encrypt(purpose, id, randomBytes(32).toString("base64"));
	const kept = await ChainKeyModel.findOneAndUpdate(
		{ _id: id },
		{ $setOnInsert: { sealed: made } },
		{ upsert: true, returnDocument: "after" },
	).lean();
	return kept?.sealed ?? made;
}
