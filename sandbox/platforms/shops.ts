import { randomBytes } from "node:crypto";
import type { Journal } from "../journal.ts";

/** A shop of a simulated platform, with all that is needed to connect it. Everything here is invented. */
export interface DemoShop {
	platform: string;
	shopId: string;
	name: string;
	sellerId: string;
	app: { key: string; secret: string };
	/** The tokens of the first start. */
	token: { access: string; refresh: string };
}

export interface Token {
	shopId: string;
	access: string;
	refresh: string;
	expiresMs: number; // epoch milliseconds
}

export type Session = { state: "valid" | "expired"; shop: DemoShop } | { state: "unknown" };

const lifetimeMs = 30 * 24 * 3_600_000;

/** The shops of one platform and their tokens. A refresh replaces the access token; the refresh token stays. */
export class Shops {
	readonly all: readonly DemoShop[];
	readonly #journal: Journal;
	readonly #tokens = new Map<string, Token>();
	/** Access tokens that were replaced, kept until a restart so that their use can be told from a wrong token. */
	readonly #replaced = new Map<string, DemoShop>();

	constructor(journal: Journal, shops: readonly DemoShop[]) {
		this.all = shops;
		this.#journal = journal;
		const stored = new Map(journal.load<Token>("token").map((token) => [token.shopId, token]));
		for (const { shopId, token } of shops) {
			const first = { shopId, ...token, expiresMs: Date.now() + lifetimeMs };
			this.#tokens.set(shopId, stored.get(shopId) ?? first);
			if (!stored.has(shopId)) journal.put("token", shopId, first);
		}
	}

	shop(shopId: string): DemoShop | undefined {
		return this.all.find((shop) => shop.shopId === shopId);
	}

	token(shop: DemoShop): Token {
		const token = this.#tokens.get(shop.shopId);
		if (!token) throw new Error(`shop ${shop.shopId} has no token`);
		return token;
	}

	/** Whose access token this is, and whether it still holds. */
	session(access: string, nowMs: number): Session {
		const shop = this.all.find((each) => this.token(each).access === access);
		if (shop) return { state: this.token(shop).expiresMs > nowMs ? "valid" : "expired", shop };
		const before = this.#replaced.get(access);
		return before ? { state: "expired", shop: before } : { state: "unknown" };
	}

	/** The new token for a refresh token; null when no shop of that app has it. */
	refresh(appKey: string, refresh: string, nowMs: number): Token | null {
		const shop = this.all.find((each) => each.app.key === appKey && this.token(each).refresh === refresh);
		if (!shop) return null;
		this.#replaced.set(this.token(shop).access, shop);
		const access = `${shop.token.access.slice(0, 8)}${randomBytes(20).toString("hex")}`;
		return this.#keep({ ...this.token(shop), access, expiresMs: nowMs + lifetimeMs });
	}

	/** Ends the access token in use, as a seller who withdraws the authorisation does. */
	expire(shop: DemoShop, nowMs: number): void {
		this.#keep({ ...this.token(shop), expiresMs: nowMs });
	}

	#keep(token: Token): Token {
		this.#tokens.set(token.shopId, token);
		this.#journal.put("token", token.shopId, token);
		return token;
	}
}
