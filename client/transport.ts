/** How the client speaks to the gateway. The operations that follow it are made from the hub's OpenAPI document. */
export interface HubOptions {
	url: string; // of the gateway: "http://127.0.0.1:3000"
	token?: string | (() => string | Promise<string>); // asked for each request; not needed to sign in
	language?: "zh-CN" | "en-US"; // of problems; English when left out
}

export interface CallOptions {
	idempotencyKey?: string; // of an ERP's write: the same write sent again under it is done once
	signal?: AbortSignal;
}

/** What the gateway answers when it refuses: RFC 9457 problem details. */
export interface ProblemDetails {
	type: string; // "urn:order-hub:ORDER_HELD"
	title: string;
	status: number;
	detail?: string;
	errors?: { field: string; code: string; message: string }[];
	traceId: string; // the request in the hub's logs
}

export class HubProblem extends Error {
	readonly status: number;
	readonly problem: ProblemDetails | null; // null: the answer was not the hub's, say a proxy's
	readonly retryAfterSec: number | null; // of a request that may be sent again, and when

	constructor(status: number, problem: ProblemDetails | null, retryAfterSec: number | null) {
		super(problem ? [problem.title, problem.detail].filter(Boolean).join(": ") : `HTTP ${status}`);
		this.name = "HubProblem";
		this.status = status;
		this.problem = problem;
		this.retryAfterSec = retryAfterSec;
	}
}

type Call = <T>(method: string, path: string, params: object, options?: CallOptions) => Promise<T>;

/** Path parameters go into the path, the rest into the query of a GET or the body of anything else. */
export function callerOf({ url, token = "", language = "en-US" }: HubOptions): Call {
	return async <T>(method: string, path: string, params: object, options: CallOptions = {}): Promise<T> => {
		const rest = new Map<string, unknown>(Object.entries(params).filter(([, value]) => value !== undefined));
		const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
			const value = rest.get(name);
			rest.delete(name);
			return encodeURIComponent(String(value));
		});
		const reads = method === "GET";
		const bearer = typeof token === "function" ? await token() : token;
		const response = await fetch(url.replace(/\/$/, "") + filled + (reads ? queryOf(rest) : ""), {
			method,
			headers: {
				"accept-language": language,
				...(bearer && { authorization: `Bearer ${bearer}` }),
				...(!reads && { "content-type": "application/json" }),
				...(options.idempotencyKey && { "idempotency-key": options.idempotencyKey }),
			},
			...(!reads && { body: JSON.stringify(Object.fromEntries(rest)) }),
			...(options.signal && { signal: options.signal }),
		});
		if (!response.ok) throw await problemOf(response);
		if (response.status === 204) return undefined as T;
		const type = response.headers.get("content-type") ?? "";
		if (type.startsWith("text/csv")) return (await response.text()) as T;
		return (type.startsWith("application/json") ? await response.json() : await response.blob()) as T;
	};
}

function queryOf(params: ReadonlyMap<string, unknown>): string {
	const query = new URLSearchParams();
	for (const [name, value] of params) {
		for (const each of [value].flat()) query.append(name, each instanceof Date ? each.toISOString() : String(each));
	}
	return query.size ? `?${query}` : "";
}

async function problemOf(response: Response): Promise<HubProblem> {
	const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json");
	const problem = isProblem ? ((await response.json()) as ProblemDetails) : null;
	const wait = response.headers.get("retry-after");
	return new HubProblem(response.status, problem, wait === null ? null : Number(wait));
}
