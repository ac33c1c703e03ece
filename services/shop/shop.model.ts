import { Schema } from "mongoose";
import { type PlatformName, platformNames } from "../../config/platforms.ts";
import { database } from "../../mixins/database.ts";

const shopStatuses = ["ACTIVE", "TOKEN_EXPIRED", "DISABLED"] as const;
export type ShopStatus = (typeof shopStatuses)[number];

/** AUTO: the platform is told of an accepted parcel at once · FLOW: when a flow or a person lets the parcel go. */
export const shipModes = ["AUTO", "FLOW"] as const;
export type ShipMode = (typeof shipModes)[number];

export interface PullSetting {
	enabled: boolean;
	everySec: number;
	backHours: number; // how far back the first pull of the shop goes
}

export interface PullSettings {
	orders: PullSetting;
	aftersales: PullSetting;
	products: PullSetting;
}

/** What an app is known by. All but `key` are secrets; "": the platform has none. */
export interface AppKeys {
	key: string;
	secret: string;
	signSecret: string; // where calls are signed with another one
	messageToken: string; // of the platform's messages
	messageKey: string;
}

/** One shop on one platform. Its secrets are stored encrypted and leave the service only through `shop.access`. */
export interface StoredShop {
	_id: string;
	platform: PlatformName;
	name: string;
	sellerId: string; // the platform's number of the seller
	app: AppKeys;
	token: {
		access: string; // "": no seller has let the app in yet
		refresh: string; // "" where there is none
		expiresAt: Date | null;
		renewingUntil: Date | null; // whoever set it renews the token now
	};
	gatewayUrl: string;
	authUrl: string; // the page where a seller lets the app in; "": none
	messageUrl: string; // the platform's message server; "": none
	pull: PullSettings;
	shipMode: ShipMode;
	revealPerDay: number; // how many receivers may be shown in plain on one day
	status: ShopStatus;
	reason: string; // why it is not ACTIVE
	createdAt: Date;
	updatedAt: Date;
}

export const usualRevealPerDay = 1_000;

const needed = { type: String, required: true };
const text = { type: String, default: "" };

const pullSetting = new Schema<PullSetting>(
	{ enabled: Boolean, everySec: Number, backHours: Number },
	{ _id: false, strict: "throw" },
);

const setting = { type: pullSetting, required: true };
const maybeDate = { type: Date, default: null };

const schema = new Schema<StoredShop>(
	{
		_id: needed,
		platform: { ...needed, enum: platformNames },
		name: needed,
		sellerId: needed,
		app: { key: needed, secret: needed, signSecret: text, messageToken: text, messageKey: text },
		token: { access: text, refresh: text, expiresAt: maybeDate, renewingUntil: maybeDate },
		gatewayUrl: needed,
		authUrl: text,
		messageUrl: text,
		pull: { orders: setting, aftersales: setting, products: setting },
		shipMode: { type: String, enum: shipModes, default: "AUTO" },
		revealPerDay: { type: Number, default: usualRevealPerDay },
		status: { ...needed, enum: shopStatuses },
		reason: text,
	},
	{ strict: "throw", timestamps: true, versionKey: false },
);
// The same seller twice would be the same orders twice in the ERP.
schema.index({ platform: 1, sellerId: 1 }, { unique: true });
schema.index({ createdAt: 1, _id: 1 });

export const ShopModel = database.model("shop", schema, "shops");
