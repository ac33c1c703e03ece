import { randomUUID } from "node:crypto";
import { hubError } from "../../config/errors.ts";
import { type PlatformName, platforms } from "../../config/platforms.ts";
import { checkAddress } from "../../mixins/named-address.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { decrypt, encrypt } from "../../mixins/secret.ts";
import type { FreshToken, ShopAccess } from "../platform/adapter.ts";
import type { ShopScope } from "./scope.ts";
import {
	type AppKeys,
	type PullSetting,
	type PullSettings,
	type ShipMode,
	ShopModel,
	type ShopStatus,
	type StoredShop,
	usualRevealPerDay,
} from "./shop.model.ts";

/** A shop as people see it: without its secrets. */
export interface ShopView extends Omit<StoredShop, "app" | "token"> {
	app: { key: string };
	/** `renewsItself`: without a person, as far as the platform goes along. */
	token: { expiresAt: Date | null; renewsItself: boolean };
}

/** What `shop.access` answers: all that is needed to speak for the shop. */
export interface OpenShop extends ShopAccess {
	platform: PlatformName;
	status: ShopStatus;
}

interface TokenInput {
	access: string;
	refresh?: string;
	expiresAt?: Date | null;
}

type PullInput = { [kind in keyof PullSettings]?: Partial<PullSetting> };

export interface NewShop {
	id?: string;
	platform: PlatformName;
	name: string;
	sellerId: string;
	app: Pick<AppKeys, "key" | "secret"> & Partial<AppKeys>;
	token?: TokenInput; // left out: a seller lets the app in later, or the app's own key is all it takes
	gatewayUrl?: string; // the platform's production addresses when left out
	authUrl?: string;
	messageUrl?: string;
	pull?: PullInput;
	shipMode?: ShipMode; // AUTO when left out
	revealPerDay?: number;
}

export interface ShopChange {
	id: string;
	name?: string;
	app?: Partial<AppKeys>;
	token?: TokenInput;
	gatewayUrl?: string;
	authUrl?: string;
	messageUrl?: string;
	pull?: PullInput;
	shipMode?: ShipMode;
	revealPerDay?: number;
	status?: "ACTIVE" | "DISABLED";
	reason?: string; // why it is switched off
}

const purpose = "shop";
const defaultPull: PullSettings = {
	orders: { enabled: true, everySec: 30, backHours: 24 },
	aftersales: { enabled: true, everySec: 60, backHours: 24 },
	products: { enabled: true, everySec: 3_600, backHours: 24 },
};
const secretKeys = ["secret", "signSecret", "messageToken", "messageKey"] as const;

export const sealedShops = {
	model: ShopModel,
	purpose,
	pathsOf: () => [...secretKeys.map((name) => `app.${name}`), "token.access", "token.refresh"],
};

/** @throws CONFLICT when the id, or the seller on this platform, is there already; INVALID */
export async function createShop(input: NewShop): Promise<ShopView> {
	const { id = randomUUID(), platform, name, sellerId, app, token, pull, shipMode, revealPerDay } = input;
	const { gatewayUrl, ...others } = platforms[platform];
	// A shop at another gateway, a simulator's say, must not be sent to the real platform for the rest.
	const elsewhere = input.gatewayUrl !== undefined && input.gatewayUrl !== gatewayUrl;
	const waits = !token && platforms[platform].authUrl !== ""; // elsewhere the app's own key is all it takes
	const usual = elsewhere ? { gatewayUrl, authUrl: "", messageUrl: "" } : { gatewayUrl, ...others };
	try {
		const shop = await ShopModel.create({
			_id: id,
			platform,
			name,
			sellerId,
			app: sealedKeys(id, app),
			token: token ? tokenFields(id, token) : {},
			gatewayUrl: checkedUrl("gatewayUrl", input.gatewayUrl ?? usual.gatewayUrl),
			authUrl: checkedUrl("authUrl", input.authUrl ?? usual.authUrl),
			messageUrl: checkedUrl("messageUrl", input.messageUrl ?? usual.messageUrl),
			pull: {
				orders: { ...defaultPull.orders, ...pull?.orders },
				aftersales: { ...defaultPull.aftersales, ...pull?.aftersales },
				products: { ...defaultPull.products, ...pull?.products },
			},
			shipMode: shipMode ?? "AUTO",
			revealPerDay: revealPerDay ?? usualRevealPerDay,
			...(waits ? { status: "TOKEN_EXPIRED", reason: "no seller has let the app in yet" } : { status: "ACTIVE" }),
		});
		return view(shop.toObject());
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err;
		throw hubError("CONFLICT", "this shop is connected already", { id, platform, sellerId });
	}
}

/** New keys or a new token bring a shop with an expired token back to work. @throws NOT_FOUND, INVALID */
export async function updateShop({ id, ...change }: ShopChange): Promise<ShopView> {
	const $set: Record<string, unknown> = {};
	if (change.name !== undefined) $set.name = change.name;
	if (change.shipMode !== undefined) $set.shipMode = change.shipMode;
	if (change.revealPerDay !== undefined) $set.revealPerDay = change.revealPerDay;
	for (const field of ["gatewayUrl", "authUrl", "messageUrl"] as const) {
		const url = change[field];
		if (url !== undefined) $set[field] = checkedUrl(field, url);
	}
	for (const [field, value] of Object.entries(sealedKeys(id, change.app ?? {}))) $set[`app.${field}`] = value;
	if (change.token) Object.assign($set, sealedToken(id, change.token));
	for (const [kind, setting] of Object.entries(change.pull ?? {})) {
		for (const [name, value] of Object.entries(setting)) $set[`pull.${kind}.${name}`] = value;
	}
	const status = change.status ?? (change.app || change.token ? await statusAfterNewKeys(id) : undefined);
	if (status) Object.assign($set, { status, reason: status === "DISABLED" ? (change.reason ?? "switched off") : "" });
	return view(await changeShop(id, $set));
}

const inScope = (scope: ShopScope): object => (scope === "*" ? {} : { _id: { $in: scope } });

/** The oldest first. @throws INVALID for a cursor that is none */
export async function listShops(query: PageQuery, scope: ShopScope): Promise<Page<ShopView>> {
	const page = await pageByTime<StoredShop>(ShopModel, [inScope(scope)], query, { by: "createdAt", oldestFirst: true });
	return { ...page, items: page.items.map(view) };
}

export async function allShops(scope: ShopScope): Promise<{ items: ShopView[] }> {
	const shops = await ShopModel.find(inScope(scope)).sort({ createdAt: 1, _id: 1 }).lean<StoredShop[]>();
	return { items: shops.map(view) };
}

/** @throws NOT_FOUND, for shops outside the caller's scope too */
export async function getShop(id: string, scope: ShopScope): Promise<ShopView> {
	if (scope !== "*" && !scope.includes(id)) throw notFound(id);
	return view(await storedShop(id));
}

/** With its secrets in plain text: for the platform services alone. @throws NOT_FOUND */
export async function openShop(id: string): Promise<OpenShop> {
	const { platform, status, sellerId, gatewayUrl, authUrl, messageUrl, app, token } = await storedShop(id);
	const open = (sealed: string): string => sealed && decrypt(purpose, id, sealed);
	return {
		shopId: id,
		platform,
		status,
		sellerId,
		gatewayUrl,
		authUrl,
		messageUrl,
		appKey: app.key,
		appSecret: open(app.secret),
		signSecret: open(app.signSecret),
		messageToken: open(app.messageToken),
		messageKey: open(app.messageKey),
		accessToken: open(token.access),
		refreshToken: open(token.refresh),
	};
}

/** Says how the shop is; a shop that was switched off stays so. Returns whether that was news. */
export async function markShop(id: string, status: "ACTIVE" | "TOKEN_EXPIRED", reason: string): Promise<boolean> {
	const { modifiedCount } = await ShopModel.updateOne(
		{ _id: id, status: { $nin: ["DISABLED", status] } },
		{ $set: { status, reason: status === "ACTIVE" ? "" : reason } },
	);
	return modifiedCount > 0;
}

/** Keeps what a refresh answered. */
export async function saveToken(id: string, token: FreshToken): Promise<void> {
	await changeShop(id, sealedToken(id, token));
	await markShop(id, "ACTIVE", "");
}

/** How long one who renews a token is believed to be still at it. */
const renewalMs = 40_000;

/** Makes the caller the one who renews this shop's token, until it says `endRenewal`. False while another one is. */
export async function claimRenewal(id: string): Promise<boolean> {
	const now = new Date();
	const free = { _id: id, $or: [{ "token.renewingUntil": null }, { "token.renewingUntil": { $lte: now } }] };
	const taken = { $set: { "token.renewingUntil": new Date(now.getTime() + renewalMs) } };
	return (await ShopModel.updateOne(free, taken)).matchedCount > 0;
}

export async function endRenewal(id: string): Promise<void> {
	await ShopModel.updateOne({ _id: id }, { $set: { "token.renewingUntil": null } });
}

/** A refresh token that does not come along stays as it is. */
function sealedToken(id: string, token: TokenInput): Record<string, unknown> {
	const { refresh, ...rest } = tokenFields(id, token);
	const fields = Object.entries(refresh ? { ...rest, refresh } : rest);
	return Object.fromEntries(fields.map(([field, value]) => [`token.${field}`, value]));
}

function tokenFields(
	id: string,
	{ access, refresh, expiresAt }: TokenInput,
): Pick<StoredShop["token"], "access" | "refresh" | "expiresAt"> {
	const seal = (plain: string): string => encrypt(purpose, id, plain);
	return { access: seal(access), refresh: refresh ? seal(refresh) : "", expiresAt: expiresAt ?? null };
}

function sealedKeys(id: string, app: Partial<AppKeys>): Partial<AppKeys> {
	const sealed: Partial<AppKeys> = app.key === undefined ? {} : { key: app.key };
	for (const name of secretKeys) {
		const plain = app[name];
		if (plain !== undefined) sealed[name] = plain && encrypt(purpose, id, plain);
	}
	return sealed;
}

async function statusAfterNewKeys(id: string): Promise<ShopStatus | undefined> {
	const { status } = await storedShop(id);
	return status === "TOKEN_EXPIRED" ? "ACTIVE" : undefined;
}

async function storedShop(id: string): Promise<StoredShop> {
	const shop = await ShopModel.findById(id).lean<StoredShop>();
	if (!shop) throw notFound(id);
	return shop;
}

async function changeShop(id: string, $set: Record<string, unknown>): Promise<StoredShop> {
	const shop = await ShopModel.findByIdAndUpdate(id, { $set }, { returnDocument: "after" }).lean<StoredShop>();
	if (!shop) throw notFound(id);
	return shop;
}

const notFound = (id: string): Error => hubError("NOT_FOUND", `shop ${id}`, { id });

const protocols = { gatewayUrl: /^https?:$/, authUrl: /^https?:$/, messageUrl: /^wss?:$/ } as const;

/** "" is right for the two that not every platform has. */
function checkedUrl(field: keyof typeof protocols, url: string): string {
	if (url === "" && field !== "gatewayUrl") return url;
	const parsed = URL.parse(url);
	if (!parsed || !protocols[field].test(parsed.protocol) || parsed.username || parsed.password) {
		const wanted = field === "messageUrl" ? "ws(s)" : "http(s)";
		throw hubError("INVALID", `${field} must be ${wanted}://… without a user name in it`, { field });
	}
	checkAddress(field, parsed);
	return url;
}

function view({ app, token, ...rest }: StoredShop): ShopView {
	const byKey = platforms[rest.platform].authUrl === ""; // no seller has to let the app in
	const renewsItself = byKey || token.refresh !== "";
	// Shops of before these settings have none.
	const { shipMode = "AUTO", revealPerDay = usualRevealPerDay } = rest as Partial<typeof rest>;
	return {
		...rest,
		shipMode,
		revealPerDay,
		app: { key: app.key },
		token: { expiresAt: token.expiresAt, renewsItself },
	};
}
