/** Finds nats-server, or gets Debian's package into `.cache/` (no root needed: unpacked, not installed). */
import { execFile } from "node:child_process";
import { access, constants, mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const cache = path.resolve(import.meta.dirname, "../.cache/nats");
const unpacked = path.join(cache, "root/usr/sbin/nats-server");

const runnable = (file: string): Promise<boolean> =>
	access(file, constants.X_OK).then(
		() => true,
		() => false,
	);

/** @throws Error that says how to install it */
export async function natsServer(say: (line: string) => void = console.log): Promise<string> {
	const installed = await run("sh", ["-c", "command -v nats-server"]).then(
		({ stdout }) => stdout.trim(),
		() => null,
	);
	if (installed) return installed;
	if (await runnable(unpacked)) return unpacked;
	say("nats-server is not on this machine: getting Debian's package into .cache/nats");
	try {
		await download();
	} catch (err) {
		throw new Error(
			"nats-server is needed and could not be fetched. Install it (Debian: apt-get install nats-server; " +
				`macOS: brew install nats-server) and run this again. Reason: ${(err as Error).message}`,
			{ cause: err },
		);
	}
	return unpacked;
}

async function download(): Promise<void> {
	await mkdir(path.join(cache, "lists/partial"), { recursive: true });
	await mkdir(path.join(cache, "archives/partial"), { recursive: true });
	// Lists of our own: the machine's may be missing, and only root may write them.
	const ours = [
		"-o",
		`Dir::State::Lists=${cache}/lists`,
		"-o",
		`Dir::Cache=${cache}`,
		"-o",
		"Debug::NoLocking=1",
		"-qq",
	];
	await run("apt-get", [...ours, "update"], { cwd: cache });
	await run("apt-get", [...ours, "download", "nats-server"], { cwd: cache });
	const packages = (await readdir(cache)).filter((name) => name.startsWith("nats-server_") && name.endsWith(".deb"));
	const newest = packages.sort().at(-1);
	if (!newest) throw new Error("apt-get downloaded nothing");
	await run("dpkg", ["-x", newest, "root"], { cwd: cache });
}
