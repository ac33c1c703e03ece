import { setTimeout as pause } from "node:timers/promises";
import type { Context, ServiceBroker } from "moleculer";
import { type ErrorType, hubError, typeOf } from "../../config/errors.ts";
import type { OpenShop } from "../shop/shop.ts";
import type { HttpAnswer, HttpRequest, PlatformAdapter, ShopAccess } from "./adapter.ts";
import { send } from "./http.ts";
import { TokenBucket } from "./token-bucket.ts";

type Logger = ReturnType<ServiceBroker["getLogger"]>;

export interface Call<T> {
	method: string; // what the platform counts calls by
	/** May it be made again when nobody knows how it ended? True for all that only read. */
	repeatable: boolean;
	urgent?: boolean; // before the others that wait for the same method
	request(shop: ShopAccess, now: Date): HttpRequest;
	read(answer: HttpAnswer): T;
}

export interface Answered<T> {
	value: T;
	at: Date; // the platform's clock when the call was made
}

const tries = 4;
const pausesMs = [300, 1_000, 2_500];
/** Not done for sure, so every call may be made again. */
const refusedForNow: ReadonlySet<ErrorType | undefined> = new Set(["PLATFORM_RATE_LIMITED"]);
/** Done or not, nobody knows. */
const doubtful: ReadonlySet<ErrorType | undefined> = new Set(["PLATFORM_UNREACHABLE", "PLATFORM_BAD_RESPONSE"]);
/** Longer bans are left to the caller, who comes again by itself. */
const longestWaitMs = 10_000;
/**
 * A call that must not be repeated is made soon or not at all: its caller waits so long and the time of one call,
 * then looks whether it was done. Made later than that, it would be a second one.
 */
const startWithinMs = 2_500;

/**
 * All calls to one platform from this process: paced, on the platform's clock, with a token that is renewed when it
 * has expired. The only place where calls to platforms are tried again.
 */
export class PlatformCalls {
	readonly #adapter: PlatformAdapter;
	readonly #logger: Logger;
	readonly #buckets = new Map<string, TokenBucket>(); // by app, shop and method
	readonly #clockOffsetMs = new Map<string, number>(); // by gateway: the platform's clock less ours
	readonly #opened = new Map<string, { shop: Promise<OpenShop>; until: number }>(); // by shop
	readonly #renewing = new Map<string, Promise<void>>(); // by shop
	readonly #stopping = new AbortController();

	constructor(adapter: PlatformAdapter, logger: Logger) {
		this.#adapter = adapter;
		this.#logger = logger;
	}

	/** Gives up what is under way, with PLATFORM_UNREACHABLE. */
	stop(): void {
		this.#stopping.abort();
	}

	/** The platform's time now, as far as its answers told. */
	now(gatewayUrl: string): Date {
		return new Date(Date.now() + (this.#clockOffsetMs.get(gatewayUrl) ?? 0));
	}

	/** @throws NOT_FOUND, CONFLICT for a shop that is switched off or another platform's; PLATFORM_… */
	async make<T>(ctx: Context, shopId: string, call: Call<T>): Promise<Answered<T>> {
		const startBy = call.repeatable ? Number.POSITIVE_INFINITY : performance.now() + startWithinMs;
		let renewed = false;
		for (let attempt = 1; ; attempt += 1) {
			const shop = await this.#opener(ctx, shopId);
			try {
				return await this.#once(shop, call, startBy);
			} catch (err) {
				const type = typeOf(err);
				if (type === "PLATFORM_TOKEN_EXPIRED") {
					if (renewed) throw await this.#expired(ctx, shop, err as Error);
					await this.#renew(ctx, shop, err as Error);
					renewed = true;
					continue;
				}
				const again = refusedForNow.has(type) || (call.repeatable && doubtful.has(type));
				const waitMs = waitOf(err, attempt);
				const tooLate = waitMs > longestWaitMs || performance.now() + waitMs > startBy;
				if (!again || attempt >= tries || tooLate || this.#stopping.signal.aborted) throw err;
				const facts = { shopId, method: call.method, attempt, waitMs, reason: (err as Error).message };
				// A platform that asks for a pause is everyday; one that does not answer is news.
				this.#logger[doubtful.has(type) ? "warn" : "debug"]("platform call comes again", facts);
				await pause(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => {
					throw err; // stopping: there will be no other try
				});
			}
		}
	}

	/** The shop has changed: whatever was known of it is looked up again. */
	forget(shopId: string): void {
		this.#opened.delete(shopId);
	}

	/** The shop as it was at most a second ago: a pull makes hundreds of calls for it. */
	#opener(ctx: Context, shopId: string): Promise<OpenShop> {
		const known = this.#opened.get(shopId);
		if (known && known.until > performance.now()) return known.shop;
		const shop = this.#open(ctx, shopId);
		this.#opened.set(shopId, { shop, until: performance.now() + 1_000 });
		return shop;
	}

	async #open(ctx: Context, shopId: string): Promise<OpenShop> {
		const shop = await ctx.call<OpenShop, { shopId: string }>("shop.access", { shopId });
		if (shop.platform !== this.#adapter.name) throw hubError("CONFLICT", `shop ${shopId} is of ${shop.platform}`);
		if (shop.status === "DISABLED") throw hubError("CONFLICT", `shop ${shopId} is switched off`);
		return shop;
	}

	async #once<T>(shop: ShopAccess, call: Call<T>, startBy = Number.POSITIVE_INFINITY): Promise<Answered<T>> {
		const { method, urgent, request, read } = call;
		const bucket = this.#bucket(shop, method);
		const waitMs = bucket.closedForMs();
		if (waitMs > longestWaitMs) throw hubError("PLATFORM_RATE_LIMITED", "it asked to wait before", { waitMs });
		await bucket.take(urgent);
		const startedAt = Date.now();
		if (performance.now() > startBy)
			throw hubError("PLATFORM_RATE_LIMITED", "its turn came too late", { waitMs: 1_000 });
		const answer = await send(request(shop, this.now(shop.gatewayUrl)), this.#stopping.signal);
		this.#clockOffsetMs.set(shop.gatewayUrl, answer.at.getTime() - startedAt);
		try {
			return { value: read(answer), at: answer.at };
		} catch (err) {
			if (typeOf(err) === "PLATFORM_RATE_LIMITED") bucket.close(waitOf(err, 1));
			throw err;
		}
	}

	/** Every method has a bucket of its own, so ship calls never wait behind a pull. */
	#bucket({ appKey, shopId }: ShopAccess, method: string): TokenBucket {
		const key = JSON.stringify([appKey, shopId, method]);
		let bucket = this.#buckets.get(key);
		if (!bucket) {
			bucket = new TokenBucket(this.#adapter.rules.callsPerSecond);
			this.#buckets.set(key, bucket);
		}
		return bucket;
	}

	/** Several calls find the token dead at once: one renews it, the others wait for that. */
	async #renew(ctx: Context, shop: OpenShop, err: Error): Promise<void> {
		this.forget(shop.shopId);
		let renewing = this.#renewing.get(shop.shopId);
		if (!renewing) {
			renewing = this.#refresh(ctx, shop, err).finally(() => this.#renewing.delete(shop.shopId));
			this.#renewing.set(shop.shopId, renewing);
		}
		await renewing;
	}

	async #refresh(ctx: Context, before: OpenShop, err: Error): Promise<void> {
		const shop = await this.#open(ctx, before.shopId);
		if (shop.accessToken !== before.accessToken) return; // renewed by another process, or by a person
		if (!shop.refreshToken) throw await this.#expired(ctx, shop, err);
		const { refreshRequest: request, readToken: read } = this.#adapter;
		try {
			const { value } = await this.#once(shop, { method: "refresh token", repeatable: true, request, read });
			await ctx.call("shop.saveToken", { shopId: shop.shopId, ...value });
			this.forget(shop.shopId);
		} catch (cause) {
			const type = typeOf(cause);
			if (refusedForNow.has(type) || doubtful.has(type)) throw cause; // it may well succeed later
			throw await this.#expired(ctx, shop, err);
		}
	}

	/** Marks the shop, so that a person hears of it; `err` is for the caller to throw. */
	async #expired(ctx: Context, { shopId }: ShopAccess, err: Error): Promise<Error> {
		await ctx.call("shop.mark", { shopId, status: "TOKEN_EXPIRED", reason: err.message });
		return err;
	}
}

/** What the platform asked for, else a growing pause; jittered, so that those who wait do not come back together. */
function waitOf(err: unknown, attempt: number): number {
	const { data } = err as { data?: { waitMs?: number } };
	const baseMs = data?.waitMs ?? pausesMs[Math.min(attempt, pausesMs.length) - 1] ?? 1_000;
	return Math.round(baseMs * (1 + Math.random() * 0.3));
}
