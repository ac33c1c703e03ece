/**
 * The store as a process: `--port N | --socket PATH` and `--dir D`; or `backup --dir D --to FILE`.
 * Prints `store {"url":"mongodb://…"}` when it listens. SIGTERM and SIGINT close it cleanly, and so does the end of the
 * parent process that keeps an IPC channel to it.
 */
import { parseArgs } from "node:util";
import { databaseFile } from "./engine/store.ts";
import { startStore } from "./server.ts";
import { backUp } from "./storage/backup.ts";
import type { Address } from "./wire/server.ts";

const USAGE = `usage: store (--port N | --socket PATH) --dir FOLDER
       store backup --dir FOLDER --to FILE`;

class Misuse extends Error {}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: {
			dir: { type: "string" },
			port: { type: "string" },
			socket: { type: "string" },
			to: { type: "string" },
		},
		allowPositionals: true,
	});
	const [action, ...others] = positionals;
	if (others.length > 0 || (action !== undefined && action !== "backup")) throw new Misuse(`unknown: ${positionals}`);
	if (values.dir === undefined) throw new Misuse("--dir is missing");
	if (action === "backup") {
		if (values.to === undefined) throw new Misuse("--to is missing");
		await backUp(databaseFile(values.dir), values.to);
		return;
	}
	await serve(values.dir, addressOf(values.port, values.socket));
}

function addressOf(port: string | undefined, socket: string | undefined): Address {
	if (socket !== undefined && port === undefined) return { socket };
	const number = Number(port);
	if (socket === undefined && Number.isInteger(number) && number >= 0 && number <= 65535) return { port: number };
	throw new Misuse("either --socket PATH or --port 0 to 65535");
}

async function serve(directory: string, address: Address): Promise<void> {
	const store = await startStore(directory, address);
	let closing = false;
	const stop = (): void => {
		if (closing) return;
		closing = true;
		store.close().then(() => process.exit(0), fail);
	};
	for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
	process.on("disconnect", stop);
	console.log(`store ${JSON.stringify({ url: store.url })}`);
}

function fail(error: Error): never {
	console.error(error instanceof Misuse || isArgumentError(error) ? `${error.message}\n${USAGE}` : error.message);
	process.exit(1);
}

const isArgumentError = (error: Error): boolean =>
	"code" in error && typeof error.code === "string" && error.code.startsWith("ERR_PARSE_ARGS");

main().catch(fail);
