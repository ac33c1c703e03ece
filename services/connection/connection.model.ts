import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

export const connectionStatuses = ["ACTIVE", "DISABLED"] as const;

/** How one ERP is reached. Secrets are stored encrypted and leave the service only through `connection.open`. */
export interface StoredConnection {
	_id: string;
	dialect: string;
	name: string;
	url: string;
	settings: Record<string, string>; // what a mapping may use too
	secrets: Record<string, string>; // name -> encrypted value
	status: (typeof connectionStatuses)[number];
	createdAt: Date;
	updatedAt: Date;
}

const text = { type: String, required: true };

const schema = new Schema<StoredConnection>(
	{
		_id: text,
		dialect: text,
		name: text,
		url: text,
		settings: { type: Object, default: {} },
		secrets: { type: Object, default: {} },
		status: { ...text, enum: connectionStatuses },
	},
	{ strict: "throw", minimize: false, timestamps: true, versionKey: false },
);

export const ConnectionModel = database.model("connection", schema, "connections");
