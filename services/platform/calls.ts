import { setTimeout as pause } from "node:timers/promises";
import type { Context, ServiceBroker } from "moleculer";
import { type ErrorType, hubError, typeOf } from "../../config/errors.ts";
import type { OpenShop } from "../shop/shop.ts";
import type { PlatformAdapter, ShopAccess } from "./adapter.ts";
import { send } from "./http.ts";
import { SharedPace } from "./pace.ts";
import { Renewals } from "./renewals.ts";
import type { Step, Steps } from "./steps.ts";

type Logger = ReturnType<ServiceBroker["getLogger"]>;

export interface Answered<T> {
	value: T;
	at: Date; // the platform's clock when the first call was made
}

const tries = 4;
const pausesMs = [300, 1_000, 2_500];
/** Not done for sure, so every call may be made again. */
const refusedForNow: ReadonlySet<ErrorType | undefined> = new Set(["PLATFORM_RATE_LIMITED"]);
/** Done or not, nobody knows. */
const doubtful: ReadonlySet<ErrorType | undefined> = new Set(["PLATFORM_UNREACHABLE", "PLATFORM_BAD_RESPONSE"]);
/** Says nothing about the token: a slow platform, or an address that HUB_EGRESS_ALLOW lacks. */
const ofThisMoment = (type: ErrorType | undefined): boolean =>
	refusedForNow.has(type) || doubtful.has(type) || type === "EGRESS_REFUSED";
/** Longer bans are left to the caller, who comes again by itself. */
const longestWaitMs = 10_000;
/**
 * A call that must not be repeated is made soon or not at all: its caller waits so long and the time of one call,
 * then looks whether it was done. Made later than that, it would be a second one.
 */
const startWithinMs = 2_500;
/** The same for one that comes after others in the same steps, counted from the first of them. */
const reachWithinMs = 8_000;

/**
 * All calls to one platform from this process: paced together with the other processes, on the platform's clock, with
 * a token that is renewed when it has expired. The only place where calls to platforms are tried again.
 */
export class PlatformCalls {
	readonly #adapter: PlatformAdapter;
	readonly #logger: Logger;
	readonly #paces = new Map<string, SharedPace>(); // by app, shop and method
	readonly #clockOffsetMs = new Map<string, number>(); // by gateway: the platform's clock less ours
	readonly #opened = new Map<string, { shop: Promise<OpenShop>; until: number }>(); // by shop
	readonly #renewals: Renewals;
	readonly #stopping = new AbortController();

	constructor(adapter: PlatformAdapter, logger: Logger) {
		this.#adapter = adapter;
		this.#logger = logger;
		this.#renewals = new Renewals({
			open: (ctx, shopId) => this.#open(ctx, shopId),
			refresh: async (shop) => (await this.#walk(adapter.tokens.refresh(), (step) => this.#once(shop, step))).value,
			renewable: (shop) => adapter.tokens.renewable(shop),
			mayWorkLater: (err) => ofThisMoment(typeOf(err)),
		});
	}

	/** Gives up what is under way, with PLATFORM_UNREACHABLE. */
	stop(): void {
		this.#stopping.abort();
	}

	/** The platform's time now, as far as its answers told. */
	now(gatewayUrl: string): Date {
		return new Date(Date.now() + (this.#clockOffsetMs.get(gatewayUrl) ?? 0));
	}

	/**
	 * Makes the calls that the steps ask for, one after the other. `urgent`: before the others that wait for a method.
	 * @throws NOT_FOUND, CONFLICT for a shop that is switched off or another platform's; EGRESS_REFUSED; PLATFORM_…
	 */
	run<T>(ctx: Context, shopId: string, steps: Steps<T>, urgent = false): Promise<Answered<T>> {
		const reachBy = performance.now() + reachWithinMs;
		return this.#walk(steps, (step) => this.#make(ctx, shopId, step, urgent, reachBy));
	}

	/** Renews a token that still works, ahead of its end. @throws PLATFORM_… when it could not be renewed */
	async renew(ctx: Context, shopId: string): Promise<void> {
		await this.#renewals.renew(ctx, await this.#open(ctx, shopId), null);
		this.forget(shopId);
	}

	/** A seller's code becomes the shop's first token: made without one. */
	async exchange<T>(ctx: Context, shopId: string, steps: Steps<T>): Promise<Answered<T>> {
		const shop = await this.#open(ctx, shopId);
		return this.#walk(steps, (step) => this.#once(shop, step));
	}

	/** The shop has changed: whatever was known of it is looked up again. */
	forget(shopId: string): void {
		this.#opened.delete(shopId);
	}

	/** The shop as it was at most a second ago: a pull makes hundreds of calls for it. */
	opener(ctx: Context, shopId: string): Promise<OpenShop> {
		const known = this.#opened.get(shopId);
		if (known && known.until > performance.now()) return known.shop;
		const shop = this.#open(ctx, shopId);
		this.#opened.set(shopId, { shop, until: performance.now() + 1_000 });
		return shop;
	}

	async #walk<T>(steps: Steps<T>, make: (step: Step<unknown>) => Promise<Answered<unknown>>): Promise<Answered<T>> {
		let startedAt: Date | undefined;
		let next = steps.next();
		while (!next.done) {
			const made = await make(next.value).catch((err: unknown) => ({ err }));
			if ("err" in made) {
				next = steps.throw(made.err); // the steps may know another way; most do not
				continue;
			}
			startedAt ??= made.at;
			next = steps.next(made.value);
		}
		return { value: next.value, at: startedAt ?? new Date() };
	}

	async #make<T>(ctx: Context, shopId: string, step: Step<T>, urgent: boolean, reachBy: number): Promise<Answered<T>> {
		const soon = Math.min(performance.now() + startWithinMs, reachBy);
		const startBy = step.repeatable ? Number.POSITIVE_INFINITY : soon;
		let renewed = false;
		for (let attempt = 1; ; attempt += 1) {
			const shop = await this.opener(ctx, shopId);
			try {
				if (shop.accessToken === "") throw hubError("PLATFORM_TOKEN_EXPIRED", "no seller has let the app in yet");
				return await this.#once(shop, step, urgent, startBy);
			} catch (err) {
				const type = typeOf(err);
				if (type === "PLATFORM_TOKEN_EXPIRED") {
					this.forget(shopId);
					if (renewed) throw await this.#renewals.dead(ctx, shop, err as Error);
					await this.#renewals.renew(ctx, shop, err as Error);
					renewed = true;
					continue;
				}
				const again = refusedForNow.has(type) || (step.repeatable && doubtful.has(type));
				const waitMs = waitOf(err, attempt);
				const tooLate = waitMs > longestWaitMs || performance.now() + waitMs > startBy;
				if (!again || attempt >= tries || tooLate || this.#stopping.signal.aborted) throw err;
				const facts = { shopId, method: step.method, attempt, waitMs, reason: (err as Error).message };
				// A platform that asks for a pause is everyday; one that does not answer is news.
				this.#logger[doubtful.has(type) ? "warn" : "debug"]("platform call comes again", facts);
				await pause(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => {
					throw err; // stopping: there will be no other try
				});
			}
		}
	}

	async #open(ctx: Context, shopId: string): Promise<OpenShop> {
		const shop = await ctx.call<OpenShop, { shopId: string }>("shop.access", { shopId });
		if (shop.platform !== this.#adapter.name) throw hubError("CONFLICT", `shop ${shopId} is of ${shop.platform}`);
		if (shop.status === "DISABLED") throw hubError("CONFLICT", `shop ${shopId} is switched off`);
		return shop;
	}

	async #once<T>(
		shop: ShopAccess,
		{ method, request, read }: Step<T>,
		urgent = false,
		startBy = Number.POSITIVE_INFINITY,
	): Promise<Answered<T>> {
		const pace = this.#pace(shop, method);
		const waitMs = pace.closedForMs();
		if (waitMs > longestWaitMs) throw hubError("PLATFORM_RATE_LIMITED", "it asked to wait before", { waitMs });
		await pace.take(urgent);
		const startedAt = Date.now();
		if (performance.now() > startBy)
			throw hubError("PLATFORM_RATE_LIMITED", "its turn came too late", { waitMs: 1_000 });
		const answer = await send(request(shop, this.now(shop.gatewayUrl)), this.#stopping.signal);
		this.#clockOffsetMs.set(shop.gatewayUrl, answer.at.getTime() - startedAt);
		try {
			return { value: read(answer), at: answer.at };
		} catch (err) {
			if (typeOf(err) === "PLATFORM_RATE_LIMITED") await pace.close(waitOf(err, 1));
			throw err;
		}
	}

	/** Every method has a pace of its own, so ship calls never wait behind a pull. */
	#pace({ appKey, shopId }: ShopAccess, method: string): SharedPace {
		const key = JSON.stringify([this.#adapter.name, appKey, shopId, method]);
		let pace = this.#paces.get(key);
		if (!pace) {
			const { usual, methods } = this.#adapter.rates;
			pace = new SharedPace(key, methods[method] ?? usual);
			this.#paces.set(key, pace);
		}
		return pace;
	}
}

/** What the platform asked for, else a growing pause; jittered, so that those who wait do not come back together. */
function waitOf(err: unknown, attempt: number): number {
	const { data } = err as { data?: { waitMs?: number } };
	const baseMs = data?.waitMs ?? pausesMs[Math.min(attempt, pausesMs.length) - 1] ?? 1_000;
	return Math.round(baseMs * (1 + Math.random() * 0.3));
}
