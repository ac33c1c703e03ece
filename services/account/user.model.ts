import { Schema } from "mongoose";
import { type Role, roles } from "../../config/roles.ts";
import { database } from "../../mixins/database.ts";
import type { ShopLimit } from "./identity.ts";

/** A person who signs in. */
export interface User {
	_id: string; // the name he signs in with
	name: string; // as shown
	passwordHash: string;
	passwordChangedAt: Date; // sessions opened before it are over
	roles: Role[];
	shops: ShopLimit;
	disabled: boolean;
}

const text = { type: String, required: true };
const schema = new Schema<User>(
	{
		_id: text,
		name: text,
		passwordHash: text,
		passwordChangedAt: { type: Date, required: true },
		roles: [{ type: String, enum: roles }],
		shops: { type: Schema.Types.Mixed, required: true },
		disabled: { type: Boolean, default: false },
	},
	{ strict: "throw", timestamps: true },
);
export const UserModel = database.model<User>("user", schema, "users");
