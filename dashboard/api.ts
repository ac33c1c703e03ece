/** The gateway, on the page's own origin: the session's cookie goes along by itself. */
import { language } from "./language.ts";

export type Query = Record<string, string | number | boolean | undefined | null>;

/** RFC 9457 problem details, as services/api/problem.ts makes them. `status` 0: nothing answered. */
export class Problem extends Error {
	readonly type: string;
	readonly status: number;
	readonly detail: string;
	readonly errors: { field: string; message?: string; code?: string }[];
	readonly traceId: string;

	constructor({ type = "", title = "", status = 0, detail = "", errors = [], traceId = "" }: Partial<ProblemBody>) {
		super(title);
		this.type = type.replace("urn:order-hub:", "");
		this.status = status;
		this.detail = detail;
		this.errors = errors;
		this.traceId = traceId;
	}
}

interface ProblemBody {
	type: string;
	title: string;
	status: number;
	detail: string;
	errors: { field: string; message?: string; code?: string }[];
	traceId: string;
}

export interface Page<Row> {
	items: Row[];
	nextCursor: string | null;
}

/** One thing, and by what a change of it says which state it was made from. */
export interface Tagged<Answer> {
	answer: Answer;
	etag: string;
}

const unreachable = { zh: "连不上服务，正在重试", en: "The hub does not answer; trying again" };
const waitMs = 60_000;

const toAddress = (path: string, query: Query): string => {
	const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
	const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
	return `/api/v1${path}${text ? `?${text}` : ""}`;
};

/** @throws Problem. Leads to the sign-in when the session is over. */
async function tagged<Answer>(
	method: string,
	address: string,
	body?: object,
	signal?: AbortSignal,
	headers: Record<string, string> = {},
): Promise<Tagged<Answer>> {
	const timeout = AbortSignal.timeout(waitMs);
	const answer = await fetch(address, {
		method,
		headers: {
			"Accept-Language": language.value === "zh" ? "zh-CN" : "en-US",
			...(body && { "Content-Type": "application/json" }),
			...headers,
		},
		...(body && { body: JSON.stringify(body) }),
		signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
	}).catch((err: Error) => {
		if (signal?.aborted) throw err;
		throw new Problem({ title: unreachable[language.value] });
	});
	if (answer.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
	const text = await answer.text();
	const etag = answer.headers.get("ETag") ?? "";
	if (answer.ok) return { etag, answer: (text ? JSON.parse(text) : undefined) as Answer };
	throw new Problem(problemIn(text) ?? { title: unreachable[language.value], status: answer.status });
}

const request = async <Answer>(...call: Parameters<typeof tagged>): Promise<Answer> =>
	(await tagged<Answer>(...call)).answer;

function problemIn(text: string): Partial<ProblemBody> | null {
	try {
		return JSON.parse(text) as Partial<ProblemBody>;
	} catch {
		return null; // a proxy's page
	}
}

export const get = <Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> =>
	request<Answer>("GET", toAddress(path, query), undefined, signal);

/** For what is then changed by `patch` with its `ifMatch`. */
export const getTagged = <Answer>(path: string, signal?: AbortSignal): Promise<Tagged<Answer>> =>
	tagged<Answer>("GET", toAddress(path, {}), undefined, signal);

export const post = <Answer>(path: string, body: object = {}, signal?: AbortSignal): Promise<Answer> =>
	request<Answer>("POST", toAddress(path, {}), body, signal);

export const put = <Answer>(path: string, body: object): Promise<Answer> =>
	request<Answer>("PUT", toAddress(path, {}), body);

/** `ifMatch`: the ETag that was read; somebody else's change since then is then told, not overwritten. */
export const patch = <Answer>(path: string, body: object, ifMatch?: string): Promise<Answer> =>
	request<Answer>("PATCH", toAddress(path, {}), body, undefined, ifMatch ? { "If-Match": ifMatch } : {});

export const remove = (path: string, body?: object): Promise<void> =>
	request<void>("DELETE", toAddress(path, {}), body);

/** A path with ids in it: path`/orders/${id}/hold`. */
export const path = (parts: TemplateStringsArray, ...ids: string[]): string =>
	parts.reduce((whole, part, at) => whole + part + (at < ids.length ? encodeURIComponent(ids[at] as string) : ""), "");
