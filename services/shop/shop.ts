import { randomUUID } from "node:crypto";
import { hubError } from "../../config/errors.ts";
import { type PlatformName, platforms } from "../../config/platforms.ts";
import { decrypt, encrypt } from "../../mixins/secret.ts";
import type { FreshToken, ShopAccess } from "../platform/adapter.ts";
import type { ShopScope } from "./scope.ts";
import { type PullSetting, ShopModel, type ShopStatus, type StoredShop } from "./shop.model.ts";

/** A shop as people see it: without its secrets. */
export interface ShopView extends Omit<StoredShop, "app" | "token"> {
	app: { key: string };
	token: { expiresAt: Date | null };
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

export interface NewShop {
	id?: string;
	platform: PlatformName;
	name: string;
	sellerId: string;
	app: { key: string; secret: string };
	token: TokenInput;
	gatewayUrl?: string; // the platform's production gateway when left out
	pull?: { orders?: Partial<PullSetting> };
}

export interface ShopChange {
	id: string;
	name?: string;
	app?: { key?: string; secret?: string };
	token?: TokenInput;
	gatewayUrl?: string;
	pull?: { orders?: Partial<PullSetting> };
	status?: "ACTIVE" | "DISABLED";
}

const purpose = "shop";
const defaultPull: PullSetting = { enabled: true, everySec: 30, backHours: 24 };

/** @throws CONFLICT when the id, or the seller on this platform, is there already; INVALID */
export async function createShop(input: NewShop): Promise<ShopView> {
	const { id = randomUUID(), platform, name, sellerId, app, token, pull } = input;
	const seal = (plain: string): string => encrypt(purpose, id, plain);
	try {
		const shop = await ShopModel.create({
			_id: id,
			platform,
			name,
			sellerId,
			app: { key: app.key, secret: seal(app.secret) },
			token: {
				access: seal(token.access),
				refresh: token.refresh ? seal(token.refresh) : "",
				expiresAt: token.expiresAt ?? null,
			},
			gatewayUrl: checkedUrl(input.gatewayUrl ?? platforms[platform].gatewayUrl),
			pull: { orders: { ...defaultPull, ...pull?.orders } },
			status: "ACTIVE",
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
	const seal = (plain: string): string => encrypt(purpose, id, plain);
	if (change.name !== undefined) $set.name = change.name;
	if (change.gatewayUrl !== undefined) $set.gatewayUrl = checkedUrl(change.gatewayUrl);
	if (change.app?.key !== undefined) $set["app.key"] = change.app.key;
	if (change.app?.secret !== undefined) $set["app.secret"] = seal(change.app.secret);
	if (change.token) Object.assign($set, sealedToken(id, change.token));
	for (const [name, value] of Object.entries(change.pull?.orders ?? {})) $set[`pull.orders.${name}`] = value;
	const status = change.status ?? (change.app || change.token ? await statusAfterNewKeys(id) : undefined);
	if (status) Object.assign($set, { status, reason: status === "DISABLED" ? "switched off" : "" });
	return view(await changeShop(id, $set));
}

export async function listShops(scope: ShopScope): Promise<{ items: ShopView[] }> {
	const filter = scope === "*" ? {} : { _id: { $in: scope } };
	const shops = await ShopModel.find(filter).sort({ createdAt: 1, _id: 1 }).limit(500).lean<StoredShop[]>();
	return { items: shops.map(view) };
}

/** @throws NOT_FOUND, for shops outside the caller's scope too */
export async function getShop(id: string, scope: ShopScope): Promise<ShopView> {
	if (scope !== "*" && !scope.includes(id)) throw notFound(id);
	return view(await storedShop(id));
}

/** With its secrets in plain text: for the platform services alone. @throws NOT_FOUND */
export async function openShop(id: string): Promise<OpenShop> {
	const { platform, status, sellerId, gatewayUrl, app, token } = await storedShop(id);
	return {
		shopId: id,
		platform,
		status,
		sellerId,
		gatewayUrl,
		appKey: app.key,
		appSecret: decrypt(purpose, id, app.secret),
		accessToken: decrypt(purpose, id, token.access),
		refreshToken: token.refresh && decrypt(purpose, id, token.refresh),
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

/** A refresh token that does not come along stays as it is. */
function sealedToken(id: string, { access, refresh, expiresAt }: TokenInput): Record<string, unknown> {
	return {
		"token.access": encrypt(purpose, id, access),
		"token.expiresAt": expiresAt ?? null,
		...(refresh && { "token.refresh": encrypt(purpose, id, refresh) }),
	};
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

function checkedUrl(url: string): string {
	const parsed = URL.parse(url);
	if (parsed && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password) return url;
	throw hubError("INVALID", "gatewayUrl must be http(s)://… without a user name in it", { field: "gatewayUrl" });
}

function view({ app, token, ...rest }: StoredShop): ShopView {
	return { ...rest, app: { key: app.key }, token: { expiresAt: token.expiresAt } };
}
