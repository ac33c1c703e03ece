import { Schema } from "mongoose";
import { type Scope, scopes } from "../../config/roles.ts";
import { database } from "../../mixins/database.ts";
import type { ShopLimit } from "./identity.ts";

/** A program that calls the gateway, mostly an ERP. */
export interface Client {
	_id: string;
	name: string;
	secretHash: string;
	secretChangedAt: Date; // sessions opened before it are over
	/** The secret of before, while its user has time to take the new one: it signs in, and its sessions last, until then. */
	previous: { secretHash: string; secretChangedAt: Date; until: Date } | null;
	scopes: Scope[];
	shops: ShopLimit;
	disabled: boolean;
}

const text = { type: String, required: true };
const schema = new Schema<Client>(
	{
		_id: text,
		name: text,
		secretHash: text,
		secretChangedAt: { type: Date, required: true },
		previous: {
			type: new Schema({ secretHash: text, secretChangedAt: Date, until: Date }, { _id: false, strict: "throw" }),
			default: null,
		},
		scopes: [{ type: String, enum: scopes }],
		shops: { type: Schema.Types.Mixed, required: true },
		disabled: { type: Boolean, default: false },
	},
	{ strict: "throw", timestamps: true },
);
export const ClientModel = database.model<Client>("client", schema, "clients");
