import { Schema } from "mongoose";
import { type PlatformName, platformNames } from "../../config/platforms.ts";
import { database } from "../../mixins/database.ts";

const shopStatuses = ["ACTIVE", "TOKEN_EXPIRED", "DISABLED"] as const;
export type ShopStatus = (typeof shopStatuses)[number];

export interface PullSetting {
	enabled: boolean;
	everySec: number;
	backHours: number; // how far back the first pull of the shop goes
}

/** One shop on one platform. The three secrets are stored encrypted and leave the service only through `shop.access`. */
export interface StoredShop {
	_id: string;
	platform: PlatformName;
	name: string;
	sellerId: string; // the platform's number of the seller
	app: { key: string; secret: string };
	token: { access: string; refresh: string; expiresAt: Date | null }; // refresh: "" where there is none
	gatewayUrl: string;
	pull: { orders: PullSetting };
	status: ShopStatus;
	reason: string; // why it is not ACTIVE
	createdAt: Date;
	updatedAt: Date;
}

const needed = { type: String, required: true };
const text = { type: String, default: "" };

const pullSetting = new Schema<PullSetting>(
	{ enabled: Boolean, everySec: Number, backHours: Number },
	{ _id: false, strict: "throw" },
);

const schema = new Schema<StoredShop>(
	{
		_id: needed,
		platform: { ...needed, enum: platformNames },
		name: needed,
		sellerId: needed,
		app: { key: needed, secret: needed },
		token: { access: needed, refresh: text, expiresAt: { type: Date, default: null } },
		gatewayUrl: needed,
		pull: { orders: { type: pullSetting, required: true } },
		status: { ...needed, enum: shopStatuses },
		reason: text,
	},
	{ strict: "throw", timestamps: true, versionKey: false },
);
// The same seller twice would be the same orders twice in the ERP.
schema.index({ platform: 1, sellerId: 1 }, { unique: true });

export const ShopModel = database.model("shop", schema, "shops");
