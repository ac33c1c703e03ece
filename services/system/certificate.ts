/** The state of every credential that the hub holds, without any of them. */
import type { ClientCredential } from "../account/client.service.ts";
import type { SigningKeyState } from "../account/keyring.ts";
import type { ConnectionView } from "../connection/connection.ts";
import type { ShopView } from "../shop/shop.ts";

export interface ShopCredential extends Pick<ShopView, "_id" | "platform" | "name" | "status" | "reason"> {
	appKeyEnd: string; // the last four characters
	authorisedUntil: Date | string | null; // null: the platform does not say, or no seller has let the app in
	daysLeft: number | null; // whole days; negative: it has ended
	renewsItself: boolean; // without a person
	gatewayHost: string;
}

export interface Certificate {
	masterKey: { keyId: string; oldKeyId: string | null }; // an old one still opens what was encrypted under it
	signingKeys: SigningKeyState[]; // newest first
	shops: ShopCredential[];
	connections: Pick<ConnectionView, "_id" | "name" | "dialect" | "status" | "secretNames">[];
	clients: ClientCredential[];
}

type Ask = <T>(action: string) => Promise<T>;

const dayMs = 24 * 3_600_000;

export async function certificate(ask: Ask, now: Date): Promise<Certificate> {
	const [secrets, signingKeys, shops, connections, clients] = await Promise.all([
		ask<Certificate["masterKey"]>("secret.state"),
		ask<SigningKeyState[]>("account.signingKeys"),
		ask<{ items: ShopView[] }>("shop.all"),
		ask<{ items: ConnectionView[] }>("connection.all"),
		ask<ClientCredential[]>("client.credentials"),
	]);
	return {
		masterKey: { keyId: secrets.keyId, oldKeyId: secrets.oldKeyId },
		signingKeys,
		shops: shops.items.map((shop) => shopCredential(shop, now)),
		connections: connections.items.map(({ _id, name, dialect, status, secretNames }) => {
			return { _id, name, dialect, status, secretNames };
		}),
		clients,
	};
}

/** Pure. */
export function shopCredential(shop: ShopView, now: Date): ShopCredential {
	const { _id, platform, name, status, reason, app, token, gatewayUrl } = shop;
	const { expiresAt: authorisedUntil, renewsItself } = token;
	const leftMs = authorisedUntil && new Date(authorisedUntil).getTime() - now.getTime(); // text between processes
	return {
		...{ _id, platform, name, status, reason },
		appKeyEnd: app.key.slice(-4),
		authorisedUntil,
		daysLeft: leftMs === null ? null : Math.floor(leftMs / dayMs),
		renewsItself,
		gatewayHost: new URL(gatewayUrl).host,
	};
}
