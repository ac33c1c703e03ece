/** A whole hub as a person starts it, and the simulators' own truth to hold it against. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { inject } from "vitest";
import { type Running, start } from "./processes.ts";

const root = path.resolve(import.meta.dirname, "..");
export const adminPassword = "a-password-for-tests";

export interface Addresses {
	api: string;
	editor: string;
	sandbox: string;
	store: string;
}

export interface Hub extends Addresses {
	process: Running;
}

export const freshDir = (): Promise<string> => mkdtemp(path.join(tmpdir(), "hub-"));
export const removeDir = (dir: string): Promise<void> => rm(dir, { recursive: true, force: true, maxRetries: 5 });

/** What tests set for themselves (env.ts) must not reach a hub under test, but for a store that the run was given. */
const clean = () => ({
	MONGO_URL: inject("ownStore") ? undefined : process.env.MONGO_URL,
	NATS_URL: undefined,
	HUB_MASTER_KEY: undefined,
	HUB_SERVICES: undefined,
});

/** A demo gets at its simulators without being allowed to; in production the tests' simulators must be allowed. */
const egress = (command: string) => ({ HUB_EGRESS_ALLOW: command === "start" ? undefined : "127.0.0.1" });

/** On free ports, unless `env` says otherwise. */
export async function startHub(dir: string, env: Record<string, string> = {}, command = "start"): Promise<Hub> {
	const process_ = await start(process.execPath, [path.join(root, "bin/hub.ts"), command], /^ready (\{.*)$/, {
		timeoutMs: 90_000,
		env: {
			...clean(),
			...egress(command),
			HUB_DATA_DIR: dir,
			HUB_ADMIN_PASSWORD: adminPassword,
			HUB_LOG_LEVEL: "warn",
			HUB_HTTP_PORT: "0",
			HUB_EDITOR_PORT: "0",
			HUB_SANDBOX_PORT: "0",
			...env,
		},
	});
	return { ...(JSON.parse(process_.said) as Addresses), process: process_ };
}

/** A demo whose first orders are through: nothing of theirs comes between what a test does. */
export async function startDemo(dir: string): Promise<Hub> {
	const hub = await startHub(dir);
	await eventually(
		() => progress(hub),
		({ orders, shipped }) => orders > 0 && shipped === orders,
		90_000,
		"the demo's orders shipped",
	);
	return hub;
}

/** For a hub that must come back where it was: the simulated ERPs know its address. */
export const samePorts = ({ api, editor, sandbox }: Addresses): Record<string, string> => ({
	HUB_HTTP_PORT: new URL(api).port,
	HUB_EDITOR_PORT: new URL(editor).port,
	HUB_SANDBOX_PORT: new URL(sandbox).port,
});

export async function json<T>(
	url: string,
	body?: object,
	headers: Record<string, string> = {},
	method?: string,
): Promise<T> {
	const answer = await fetch(url, {
		method: method ?? (body ? "POST" : "GET"),
		headers: { ...(body && { "content-type": "application/json" }), ...headers },
		...(body && { body: JSON.stringify(body) }),
		signal: AbortSignal.timeout(60_000),
	});
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}: ${text.slice(0, 500)}`);
	return (text ? JSON.parse(text) : undefined) as T;
}

/** The gateway as the first admin. */
export async function signIn({ api }: Pick<Addresses, "api">): Promise<Api> {
	const { token } = await json<{ token: string }>(`${api}/api/v1/auth/login`, {
		username: "admin",
		password: adminPassword,
	});
	const headers = { authorization: `Bearer ${token}` };
	return {
		get: (route) => json(`${api}/api/v1${route}`, undefined, headers),
		post: (route, body = {}) => json(`${api}/api/v1${route}`, body, headers),
	};
}

export interface Api {
	get<T>(route: string): Promise<T>;
	post<T>(route: string, body?: object): Promise<T>;
}

export interface OrderTruth {
	shopId: string;
	platformOrderId: string;
	status: string;
	paidFen: number;
	lines: { lineId: string; sku: string; quantity: number; paidFen: number }[];
	shipped: { carrier: string; trackingNo: string }[];
}

export interface DocumentTruth {
	dialect: string;
	orderNo: string;
	lines: { sku: string; quantity: number; totalFen: number }[];
	totalFen: number;
	accepted: number;
}

export async function truth<T>(
	{ sandbox }: Pick<Addresses, "sandbox">,
	kind: "orders" | "aftersales" | "products" | "documents",
): Promise<T[]> {
	const answer = await fetch(`${sandbox}/_control/truth?kind=${kind}&limit=100000`, {
		signal: AbortSignal.timeout(60_000),
	});
	return (await answer.text())
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line) as T);
}

export const placeOrders = (
	hub: Pick<Addresses, "sandbox">,
	count: number,
	seed = 7,
): Promise<{ orders: { platformOrderId: string }[] }> =>
	json(`${hub.sandbox}/_control/platforms/taobao/orders`, { count, seed });

/** Asks until `holds`, and fails with what was seen last. */
export async function eventually<T>(
	ask: () => Promise<T>,
	holds: (seen: T) => boolean,
	withinMs: number,
	what: string,
): Promise<T> {
	const until = Date.now() + withinMs;
	let seen: T | undefined;
	let problem: unknown;
	while (Date.now() < until) {
		try {
			seen = await ask();
			if (holds(seen)) return seen;
		} catch (err) {
			problem = err; // the hub may be down on purpose
		}
		await pause(250);
	}
	throw new Error(
		`${what} did not come about in ${withinMs} ms; last seen: ${JSON.stringify(seen)?.slice(0, 2_000)} ${problem ?? ""}`,
	);
}

/** How many paid orders of the platform are shipped, and how many the ERP took. */
export async function progress(
	hub: Pick<Addresses, "sandbox">,
): Promise<{ orders: number; shipped: number; documents: number }> {
	const [orders, documents] = await Promise.all([
		truth<OrderTruth>(hub, "orders"),
		truth<DocumentTruth>(hub, "documents"),
	]);
	return {
		orders: orders.length,
		shipped: orders.filter(({ shipped }) => shipped.length > 0).length,
		documents: documents.length,
	};
}

/** Every difference between what buyers paid for and what the ERP and the platform got, one line each. */
export async function differences(hub: Pick<Addresses, "sandbox">): Promise<string[]> {
	const [orders, documents] = await Promise.all([
		truth<OrderTruth>(hub, "orders"),
		truth<DocumentTruth>(hub, "documents"),
	]);
	const byNo = Map.groupBy(documents, ({ orderNo }) => orderNo);
	const found: string[] = [];
	for (const order of orders) {
		const of = `order ${order.platformOrderId}`;
		const docs = byNo.get(order.platformOrderId) ?? [];
		byNo.delete(order.platformOrderId);
		if (docs.length !== 1) found.push(`${of}: ${docs.length} documents`);
		for (const { accepted, lines, totalFen } of docs) {
			if (accepted !== 1) found.push(`${of}: the ERP took it ${accepted} times`);
			const told = (rows: { sku: string; quantity: number; fen: number }[]): string =>
				JSON.stringify(rows.map(({ sku, quantity, fen }) => [sku, quantity, fen]).sort());
			const want = told(order.lines.map(({ sku, quantity, paidFen }) => ({ sku, quantity, fen: paidFen })));
			const got = told(lines.map(({ sku, quantity, totalFen: fen }) => ({ sku, quantity, fen })));
			if (want !== got) found.push(`${of}: lines ${got} instead of ${want}`);
			if (totalFen !== order.paidFen) found.push(`${of}: ${totalFen} fen instead of ${order.paidFen}`);
		}
		if (order.shipped.length !== 1) found.push(`${of}: shipped ${order.shipped.length} times`);
	}
	for (const [orderNo] of byNo) found.push(`document ${orderNo}: no such order`);
	return found;
}
