/**
 * Kills the store while it is written to, starts it again, and looks: what was acknowledged is there, what was not may be.
 * More than the test runs: `node embedded/test/crash.ts KILLS`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { type Collection, MongoClient } from "mongodb";
import { type Running, start } from "../../test/processes.ts";
import { Catalog } from "../storage/catalog.ts";
import { openReader } from "../storage/sqlite.ts";
import { validateIndexes } from "./validate-indexes.ts";

export interface CrashReport {
	kills: number;
	acknowledged: number;
	/** Operations whose answer never came. */
	unknown: number;
	violations: string[];
}

interface Order {
	_id: string;
	no: number;
	status: string;
	tags: string[];
	padding: string;
}

interface Counter {
	_id: number;
	count: number;
}

const WRITERS = 8;
const CLI = join(import.meta.dirname, "..", "cli.ts");

export async function crashAndVerify(kills: number): Promise<CrashReport> {
	const directory = mkdtempSync(join(tmpdir(), "crash-"));
	const socket = join(directory, "store.sock");
	const boot = () =>
		start(process.execPath, [CLI, "--socket", socket, "--dir", join(directory, "data")], /^store (.*)$/);
	let store = await boot();
	const { url } = JSON.parse(store.said) as { url: string };
	const client = new MongoClient(url, { serverSelectionTimeoutMS: 10_000 });
	try {
		const run = new CrashRun(client, join(directory, "data", "store.sqlite"));
		await run.prepare();
		for (let kill = 0; kill < kills; kill++) {
			store = await run.writeThroughCrash(store, boot);
			await run.verify();
		}
		await store.stop("SIGKILL");
		run.verifyFile();
		return { kills, ...run.counts() };
	} finally {
		await client.close();
		await store.stop("SIGKILL");
		rmSync(directory, { recursive: true });
	}
}

class CrashRun {
	private readonly file: string;
	private readonly orders: Collection<Order>;
	private readonly counters: Collection<Counter>;
	private readonly present = new Set<number>();
	private readonly deleted = new Set<number>();
	private readonly confirmed = new Array<number>(WRITERS).fill(0);
	private readonly attempted = new Array<number>(WRITERS).fill(0);
	private readonly violations: string[] = [];
	private next = 0;
	private acknowledged = 0;
	private unknown = 0;
	private stopped = false;

	constructor(client: MongoClient, file: string) {
		this.file = file;
		this.orders = client.db("shop").collection<Order>("orders");
		this.counters = client.db("shop").collection<Counter>("counters");
	}

	async prepare(): Promise<void> {
		await this.orders.createIndex({ no: 1 }, { unique: true });
		await this.orders.createIndex({ status: 1, no: -1 });
		await this.orders.createIndex({ tags: 1 }, { partialFilterExpression: { status: "new" } });
		await this.counters.insertMany(this.confirmed.map((count, _id) => ({ _id, count })));
	}

	async writeThroughCrash(store: Running, boot: () => Promise<Running>): Promise<Running> {
		this.stopped = false;
		const before = this.acknowledged;
		const writers = this.confirmed.map((_, writer) => this.write(writer));
		// A kill at a random moment of a busy store: that is the point, so here the clock decides.
		while (this.acknowledged < before + 100) await pause(5);
		await pause(Math.random() * 200);
		await store.stop("SIGKILL");
		this.stopped = true;
		const restarted = await boot();
		await Promise.all(writers);
		return restarted;
	}

	private async write(writer: number): Promise<void> {
		while (!this.stopped) {
			try {
				await this.writeOnce(writer, this.next++);
			} catch {
				this.unknown++; // the store died over it; verify() allows for both outcomes
			}
		}
	}

	private async writeOnce(writer: number, no: number): Promise<void> {
		const padding = "x".repeat(500);
		const order = { _id: `order-${no}`, no, status: "new", tags: [`a${no % 3}`, `b${no % 7}`], padding };
		await this.orders.insertOne(order);
		this.present.add(no);
		this.acknowledged++;
		if (no % 3 === 0) await this.orders.updateOne({ no }, { $set: { status: "paid" }, $push: { tags: "z" } });
		if (no % 5 === 0) {
			this.present.delete(no);
			await this.orders.deleteOne({ no });
			this.deleted.add(no);
		}
		this.attempted[writer] = (this.attempted[writer] ?? 0) + 1;
		await this.counters.updateOne({ _id: writer }, { $inc: { count: 1 } });
		this.confirmed[writer] = (this.confirmed[writer] ?? 0) + 1;
	}

	async verify(): Promise<void> {
		const found = new Set<number>();
		for await (const { no } of this.orders.find({}, { projection: { no: 1 } })) found.add(no);
		const lost = [...this.present].filter((no) => !found.has(no));
		const back = [...this.deleted].filter((no) => found.has(no));
		if (lost.length > 0) this.violations.push(`${lost.length} acknowledged orders are gone`);
		if (back.length > 0) this.violations.push(`${back.length} deleted orders are back`);
		for await (const { _id, count } of this.counters.find()) {
			const [least = 0, most = 0] = [this.confirmed[_id], this.attempted[_id]];
			if (count < least || count > most) this.violations.push(`counter ${_id} is ${count}, not ${least} to ${most}`);
		}
		this.verifyIndexes();
	}

	/** Looks into the file as a reader thread does, while the store runs. */
	private verifyIndexes(): void {
		const connection = openReader(this.file);
		connection.exec("BEGIN");
		const catalog = new Catalog(connection);
		catalog.refresh();
		for (const collection of catalog.all()) this.violations.push(...validateIndexes(collection));
		connection.close();
	}

	verifyFile(): void {
		const database = new DatabaseSync(this.file);
		const row = database.prepare("PRAGMA integrity_check").get();
		database.close();
		if (row?.integrity_check !== "ok") this.violations.push(`integrity_check: ${row?.integrity_check}`);
	}

	counts(): Omit<CrashReport, "kills"> {
		return { acknowledged: this.acknowledged, unknown: this.unknown, violations: this.violations };
	}
}

if (import.meta.main) {
	const report = await crashAndVerify(Number(process.argv[2] ?? 20));
	console.log(report);
	process.exitCode = report.violations.length > 0 ? 1 : 0;
}
