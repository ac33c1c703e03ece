import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

/** One generation of the key that signs access tokens. It signs until the next one does. */
export interface SigningKey {
	_id: string; // its kid: "k1", "k2" …
	generation: number;
	sealed: string; // 32 bytes in base64, encrypted
	signsFrom: Date;
}

const schema = new Schema<SigningKey>(
	{
		_id: { type: String, required: true },
		generation: { type: Number, required: true, unique: true },
		sealed: { type: String, required: true },
		signsFrom: { type: Date, required: true },
	},
	{ strict: "throw", versionKey: false },
);

export const SigningKeyModel = database.model<SigningKey>("signing-key", schema, "signing_keys");
