/** The store as a process: starting, owning its folder, stopping, backing up. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Running, start } from "../../test/processes.ts";

const CLI = join(import.meta.dirname, "..", "cli.ts");
let directory: string;
const running: Running[] = [];

beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), "store-"));
});
afterEach(async () => {
	for (const store of running.splice(0)) await store.stop("SIGKILL");
	rmSync(directory, { recursive: true });
});

const cli = (...args: string[]) => start(process.execPath, [CLI, ...args], /^store (.*)$/);

async function boot(...address: string[]): Promise<{ store: Running; url: string }> {
	const store = await cli(...address, "--dir", join(directory, "data"));
	running.push(store);
	return { store, url: (JSON.parse(store.said) as { url: string }).url };
}

async function withClient<T>(url: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
	const client = await MongoClient.connect(url, { serverSelectionTimeoutMS: 2000 });
	try {
		return await use(client);
	} finally {
		await client.close();
	}
}

const rowsOf = (client: MongoClient) => client.db("shop").collection<{ _id: number }>("rows");

describe("the store process", () => {
	it("keeps its data over a clean stop and exits 0", async () => {
		const first = await boot("--port", "0");
		await withClient(first.url, (client) => rowsOf(client).insertMany([{ _id: 1 }, { _id: 2 }]));
		expect(await first.store.stop("SIGTERM")).toBe(0);
		const second = await boot("--port", "0");
		expect(await withClient(second.url, (client) => rowsOf(client).countDocuments())).toBe(2);
	});

	it("answers what is in hand before it stops", async () => {
		const { store, url } = await boot("--port", "0");
		await withClient(url, async (client) => {
			await rowsOf(client).insertOne({ _id: 0 });
			const writes = Array.from({ length: 50 }, (_, i) => rowsOf(client).insertOne({ _id: i + 1 }));
			const stopped = store.stop("SIGTERM");
			const acknowledged = (await Promise.allSettled(writes)).filter(({ status }) => status === "fulfilled").length;
			await stopped;
			const again = await boot("--port", "0");
			const stored = await withClient(again.url, (next) => rowsOf(next).countDocuments());
			expect(stored).toBeGreaterThanOrEqual(acknowledged + 1);
		});
	});

	it("listens on a socket only its owner can open, also after it was killed", async () => {
		const socket = join(directory, "Store.sock");
		const { store, url } = await boot("--socket", socket);
		expect(url).toBe(`mongodb://${encodeURIComponent(socket)}/?directConnection=true`);
		expect(statSync(socket).mode & 0o077).toBe(0);
		await withClient(url, (client) => rowsOf(client).insertOne({ _id: 1 }));
		await store.stop("SIGKILL");
		const again = await boot("--socket", socket);
		expect(await withClient(again.url, (client) => rowsOf(client).countDocuments())).toBe(1);
	});

	it("refuses a folder that another store has, naming its process", async () => {
		const { store } = await boot("--port", "0");
		await expect(boot("--port", "0")).rejects.toThrow(
			new RegExp(`data folder .* is in use by another store \\(process ${store.child.pid}\\)`),
		);
	});

	it("takes a folder over from a killed store", async () => {
		const { store } = await boot("--port", "0");
		await store.stop("SIGKILL");
		const again = await boot("--port", "0");
		expect(again.url).toMatch(/^mongodb:/);
	});

	it.each([
		[["--port", "70000"], /either --socket PATH or --port/],
		[["--port", "0", "--socket", "x.sock"], /either --socket PATH or --port/],
		[["--socket", `/tmp/${"x".repeat(120)}.sock`], /bytes, more than 100/],
		[["--socket", "no-suffix"], /has to end in \.sock/],
		[["--port", "0", "--nonsense"], /usage: store/],
		[["start", "--port", "0"], /usage: store/],
	])("says what is wrong with %j", async (args, message) => {
		await expect(boot(...args)).rejects.toThrow(message);
	});

	it("ends with the parent that started it", async () => {
		const child = fork(CLI, ["--port", "0", "--dir", join(directory, "data")], { silent: true });
		const exited = once(child, "exit");
		await once(child.stdout as NodeJS.ReadableStream, "data");
		child.disconnect();
		expect(await exited).toEqual([0, null]);
	});

	it("is backed up while it runs", async () => {
		const { url } = await boot("--port", "0");
		const file = join(directory, "restored", "store.sqlite");
		await withClient(url, (client) => rowsOf(client).insertMany([{ _id: 1 }, { _id: 2 }]));
		await expect(
			start(
				process.execPath,
				[CLI, "backup", "--dir", join(directory, "data"), "--to", join(directory, "copy")],
				/never/,
			),
		).rejects.toThrow(/ended \(0\)/);
		await withClient(url, (client) => rowsOf(client).insertOne({ _id: 3 }));
		mkdirSync(join(directory, "restored"));
		renameSync(join(directory, "copy"), file);
		const restored = await cli("--port", "0", "--dir", join(directory, "restored"));
		running.push(restored);
		const copy = (JSON.parse(restored.said) as { url: string }).url;
		expect(await withClient(copy, (client) => rowsOf(client).distinct("_id"))).toEqual([1, 2]);
	});
});
