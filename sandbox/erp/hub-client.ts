import type { HubAccess } from "./behaviour.ts";
import type { ErpDocument } from "./document.ts";

/** How a call to the hub ended: status 0 is no answer, and nobody knows whether it was done. */
export interface Outcome {
	status: number;
	answer: string;
}

const timeoutMs = 10_000;
/** A token is renewed when less than this is left of it. */
const marginMs = 30_000;

/** The ERP's side of the hub's gateway. */
export class HubClient {
	/** By client: the token in use, or being fetched. */
	readonly #tokens = new Map<string, { token: Promise<string>; endsMs: number }>();
	readonly #abort = new AbortController();

	/** Reports the parcel of a document. A token that is refused is replaced once. */
	async ship(hub: HubAccess, document: ErpDocument): Promise<Outcome> {
		if (document.hubOrderId === "") return { status: 422, answer: "the document names no hub order" };
		try {
			const first = await this.#post(hub, document);
			if (first.status !== 401) return first;
			this.#tokens.delete(tokenKey(hub));
			return await this.#post(hub, document);
		} catch (err) {
			return { status: 0, answer: reason(err) };
		}
	}

	/** Gives up every call in flight. */
	abort(): void {
		this.#abort.abort();
	}

	async #post(hub: HubAccess, document: ErpDocument): Promise<Outcome> {
		const token = await this.#token(hub);
		const { carrier, trackingNo } = document.shipping;
		const response = await this.#fetch(
			`${hub.url}/api/v1/erp/shipments`,
			{ authorization: `Bearer ${token}`, "idempotency-key": `${document.key}:ship` },
			{ orderId: document.hubOrderId, parcels: [{ carrier, trackingNo }] },
		);
		return { status: response.status, answer: `${response.status} ${(await response.text()).slice(0, 300)}` };
	}

	/** One call for the token however many wait for it. */
	#token(hub: HubAccess): Promise<string> {
		const key = tokenKey(hub);
		const kept = this.#tokens.get(key);
		if (kept && kept.endsMs > Date.now()) return kept.token;
		const entry = { endsMs: Number.POSITIVE_INFINITY, token: Promise.resolve("") };
		entry.token = this.#login(hub).then(({ token, expiresIn }) => {
			entry.endsMs = Date.now() + expiresIn * 1000 - marginMs;
			return token;
		});
		entry.token.catch(() => this.#tokens.delete(key)); // the next call tries again; who waits hears of it below
		this.#tokens.set(key, entry);
		return entry.token;
	}

	async #login({ url, clientId, clientSecret }: HubAccess): Promise<{ token: string; expiresIn: number }> {
		const response = await this.#fetch(`${url}/api/v1/auth/token`, {}, { clientId, clientSecret });
		if (!response.ok) throw new Error(`the hub gives no token: http ${response.status}`);
		const { token, expiresIn } = (await response.json()) as { token?: unknown; expiresIn?: unknown };
		if (typeof token !== "string" || typeof expiresIn !== "number") throw new Error("the hub's token is unreadable");
		return { token, expiresIn };
	}

	#fetch(url: string, headers: Record<string, string>, body: object): Promise<Response> {
		return fetch(url, {
			method: "POST",
			headers: { "content-type": "application/json", ...headers },
			body: JSON.stringify(body),
			signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(timeoutMs)]),
		});
	}
}

function tokenKey({ url, clientId, clientSecret }: HubAccess): string {
	return `${url} ${clientId} ${clientSecret}`;
}

function reason(err: unknown): string {
	const { message, cause } = err as Error;
	return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
