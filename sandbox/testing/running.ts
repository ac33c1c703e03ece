import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../server.ts";

/** A sandbox of a test's own, on a free port and a fresh folder. */
export interface RunningSandbox {
	url: string;
	dir: string;
	/** Any control call; the answer's JSON. Fails the test unless HTTP 200. */
	control<T = Record<string, unknown>>(method: string, path: string, body?: object): Promise<T>;
	/** Rows of the truth. */
	truth<T = TruthRow>(query: string): Promise<T[]>;
	/** Places orders and returns their platform ids. `platform` is 淘宝 when absent, here and below. */
	place(wish: object, platform?: string): Promise<string[]>;
	act(orderId: string, action: object, platform?: string): Promise<void>;
	/** Ends the sandbox and removes its folder. */
	end(): Promise<void>;
}

/** The parts of a row of any kind that tests read. */
export interface TruthRow {
	sequence: number;
	platformOrderId: string;
	status: string;
	paidFen: number;
	lines: { lineId: string; sku: string; quantity: number; paidFen: number; totalFen: number }[];
	shipped: { carrier: string; trackingNo: string; lines: string[] }[];
	memo: string;
	receiverVersion: number;
	modifiedAt: string;
	key: string;
	totalFen: number;
	accepted: number;
	cancelled: boolean;
	shipping: { state: string; carrier: string; trackingNo: string; attempts: number; answer: string };
}

export async function runSandbox(): Promise<RunningSandbox> {
	const dir = await mkdtemp(join(tmpdir(), "sandbox-"));
	const sandbox = await startSandbox({ port: 0, bind: "127.0.0.1", dir });
	return {
		...controlOf(sandbox.url),
		url: sandbox.url,
		dir,
		end: () => endOf(sandbox, dir),
	};
}

async function endOf(sandbox: Sandbox, dir: string): Promise<void> {
	await sandbox.close();
	await rm(dir, { recursive: true });
}

/** The control calls of a sandbox, wherever it runs. */
export function controlOf(url: string): Pick<RunningSandbox, "control" | "truth" | "place" | "act"> {
	async function control<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await fetch(`${url}/_control/${path}`, { method, body: body && JSON.stringify(body) });
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return JSON.parse(text) as T;
	}
	return {
		control,
		async truth<T = TruthRow>(query: string): Promise<T[]> {
			const response = await fetch(`${url}/_control/truth?${query}`);
			const lines = (await response.text()).split("\n").filter(Boolean);
			return lines.map((line) => JSON.parse(line) as T);
		},
		async place(wish, platform = "taobao") {
			const { orders } = await control<{ orders: { platformOrderId: string }[] }>(
				"POST",
				`platforms/${platform}/orders`,
				wish,
			);
			return orders.map(({ platformOrderId }) => platformOrderId);
		},
		async act(orderId, action, platform = "taobao") {
			await control("POST", `platforms/${platform}/orders/${encodeURIComponent(orderId)}/actions`, action);
		},
	};
}

/** Waits until a check holds; fails after five seconds with what it saw last. */
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
	const endMs = Date.now() + 5000;
	for (;;) {
		const seen = await look();
		if (holds(seen)) return seen;
		if (Date.now() > endMs) throw new Error(`still ${JSON.stringify(seen)}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
