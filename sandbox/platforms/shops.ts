import { randomBytes } from "node:crypto";
import type { Journal } from "../journal.ts";

/** A shop of a simulated platform, with all that is needed to connect it. Everything here is invented. */
export interface DemoShop {
	platform: string;
	shopId: string;
	name: string;
	sellerId: string;
	app: {
		key: string;
		secret: string;
		signSecret?: string; // where calls are signed with a secret of their own
		messageToken?: string; // what messages are signed with
		messageKey?: string; // what messages are encrypted with
	};
	/** The tokens of the first start. */
	token: { access: string; refresh: string };
}

export interface Token {
	shopId: string;
	access: string;
	refresh: string; // "": a token that is not refreshed but issued anew
	expiresMs: number; // epoch milliseconds, as all here
	refreshExpiresMs: number;
	/** Access tokens it replaced, and until when they still hold. */
	old: { access: string; endsMs: number }[];
}

export type Session = { state: "valid" | "expired"; shop: DemoShop } | { state: "unknown" };

/** How a platform gives a new token. */
export interface TokenOptions {
	/** A new refresh token too; the old one dies. */
	rotate?: boolean;
	/** The new refresh token ends when the old one would have. */
	keepRefreshEnd?: boolean;
	/** Of the access token; absent: the platform's usual one. */
	lifetimeMs?: number;
	/** How long the old access token goes on; absent: it dies at once. */
	keepOldMs?: number;
}

/** An authorisation code, until it is used. */
interface Code {
	code: string;
	shopId: string;
	endsMs: number;
}

const dayMs = 24 * 3_600_000;
const codeLifetimeMs = 10 * 60_000;
/** So many replaced tokens are told from tokens nobody ever had. */
const mostOld = 20;

/** The shops of one platform, their tokens and authorisations. */
export class Shops {
	readonly all: readonly DemoShop[];
	readonly #journal: Journal;
	readonly #lifetimeMs: number;
	readonly #refreshLifetimeMs: number;
	readonly #tokens = new Map<string, Token>();
	readonly #codes: Map<string, Code>;

	/** `lifetimeMs` of access tokens, 30 days when absent; `refreshLifetimeMs` of refresh tokens, 180 days. */
	constructor(
		journal: Journal,
		shops: readonly DemoShop[],
		{
			lifetimeMs = 30 * dayMs,
			refreshLifetimeMs = 180 * dayMs,
		}: { lifetimeMs?: number; refreshLifetimeMs?: number } = {},
	) {
		this.all = shops;
		this.#journal = journal;
		this.#lifetimeMs = lifetimeMs;
		this.#refreshLifetimeMs = refreshLifetimeMs;
		this.#codes = new Map(journal.load<Code>("code").map((code) => [code.code, code]));
		const stored = new Map(journal.load<Token>("token").map((token) => [token.shopId, token]));
		for (const shop of shops) {
			const first = this.#token(shop, Date.now(), shop.token);
			this.#tokens.set(shop.shopId, { ...first, ...stored.get(shop.shopId) });
			if (!stored.has(shop.shopId)) journal.put("token", shop.shopId, first);
		}
	}

	shop(shopId: string): DemoShop | undefined {
		return this.all.find((shop) => shop.shopId === shopId);
	}

	/** Any shop of an app: they share its secrets. */
	ofApp(appKey: string | null | undefined): DemoShop | undefined {
		return this.all.find(({ app }) => app.key === appKey);
	}

	ofToken({ shopId }: Token): DemoShop {
		const shop = this.shop(shopId);
		if (!shop) throw new Error(`no shop ${shopId}`);
		return shop;
	}

	token(shop: DemoShop): Token {
		const token = this.#tokens.get(shop.shopId);
		if (!token) throw new Error(`shop ${shop.shopId} has no token`);
		return token;
	}

	/** Whose access token this is, and whether it still holds. */
	session(access: string, nowMs: number): Session {
		for (const shop of this.all) {
			const token = this.token(shop);
			const endsMs =
				token.access === access ? token.expiresMs : token.old.find((each) => each.access === access)?.endsMs;
			if (endsMs !== undefined) return { state: endsMs > nowMs ? "valid" : "expired", shop };
		}
		return { state: "unknown" };
	}

	/** The new token for a refresh token; null when no shop of that app has it, or it has expired. */
	refresh(appKey: string, refresh: string, nowMs: number, options: TokenOptions = {}): Token | null {
		const shop = this.all.find((each) => each.app.key === appKey && this.token(each).refresh === refresh);
		if (!shop || refresh === "") return null;
		const { refreshExpiresMs } = this.token(shop);
		if (refreshExpiresMs <= nowMs) return null;
		const next = this.#token(shop, nowMs, { access: anotherOf(shop.token.access), refresh }, options);
		if (options.rotate) next.refresh = anotherOf(shop.token.refresh);
		if (!options.rotate || options.keepRefreshEnd) next.refreshExpiresMs = refreshExpiresMs;
		return this.#replace(shop, next, nowMs, options);
	}

	/** A new token without a refresh token, for an app that proves itself by its secret alone. */
	issue(shop: DemoShop, nowMs: number, options: TokenOptions = {}): Token {
		const next = this.#token(shop, nowMs, { access: anotherOf(shop.token.access), refresh: "" }, options);
		return this.#replace(shop, next, nowMs, options);
	}

	/** The seller lets the app in: a code, to be exchanged once within ten minutes. */
	authorize(shop: DemoShop, nowMs: number): string {
		const code = { code: randomBytes(16).toString("hex"), shopId: shop.shopId, endsMs: nowMs + codeLifetimeMs };
		this.#codes.set(code.code, code);
		this.#journal.put("code", code.code, code);
		return code.code;
	}

	/** The token for a code; null for one that is unknown, used, too old or another app's. */
	exchange(appKey: string, code: string, nowMs: number, options: TokenOptions = {}): Token | null {
		const given = this.#codes.get(code);
		const shop = given && this.shop(given.shopId);
		if (!shop || shop.app.key !== appKey) return null;
		this.#codes.delete(code);
		this.#journal.remove("code", code);
		if (given.endsMs <= nowMs) return null;
		const pair = { access: anotherOf(shop.token.access), refresh: anotherOf(shop.token.refresh) };
		return this.#replace(shop, this.#token(shop, nowMs, pair, options), nowMs, options);
	}

	/** Ends the access tokens in use, as a seller who withdraws the authorisation does. */
	expire(shop: DemoShop, nowMs: number): void {
		const token = this.token(shop);
		const old = token.old.map(({ access, endsMs }) => ({ access, endsMs: Math.min(endsMs, nowMs) }));
		this.#keep({ ...token, expiresMs: nowMs, old });
	}

	#token(
		{ shopId }: DemoShop,
		nowMs: number,
		{ access, refresh }: { access: string; refresh: string },
		{ lifetimeMs = this.#lifetimeMs }: TokenOptions = {},
	): Token {
		const refreshExpiresMs = nowMs + this.#refreshLifetimeMs;
		return { shopId, access, refresh, expiresMs: nowMs + lifetimeMs, refreshExpiresMs, old: [] };
	}

	#replace(shop: DemoShop, next: Token, nowMs: number, { keepOldMs = 0 }: TokenOptions): Token {
		const { access, expiresMs, old } = this.token(shop);
		const ended = { access, endsMs: Math.min(expiresMs, nowMs + keepOldMs) };
		return this.#keep({ ...next, old: [...old, ended].slice(-mostOld) });
	}

	#keep(token: Token): Token {
		this.#tokens.set(token.shopId, token);
		this.#journal.put("token", token.shopId, token);
		return token;
	}
}

/** Another token that begins as the demo shop's does: what kind of token it is can be seen. */
function anotherOf(token: string): string {
	return `${token.slice(0, 8)}${randomBytes(20).toString("hex")}`;
}
