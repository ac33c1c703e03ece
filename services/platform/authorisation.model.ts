import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

/** A seller who was sent to the platform to let the app in, and has not come back yet. */
export interface Authorisation {
	_id: string; // the `state` that comes back with the browser; nobody can guess it
	shopId: string;
	platform: string;
	redirectUri: string;
	by: string; // who asked for it
	createdAt: Date;
}

const needed = { type: String, required: true };
const validSec = 1_800;

const schema = new Schema<Authorisation>(
	{
		_id: needed,
		shopId: needed,
		platform: needed,
		redirectUri: needed,
		by: needed,
		createdAt: { type: Date, required: true },
	},
	{ strict: "throw", versionKey: false },
);
schema.index({ createdAt: 1 }, { expireAfterSeconds: validSec });

export const AuthorisationModel = database.model("authorisation", schema, "authorisations");
