/** Finds a Chromium for the browser tests and the pictures, or installs Debian's package where it may. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
/** Nothing that calls home; Chromium's sandbox does not run as root. */
export const chromiumFlags: readonly string[] = [
	"--headless=new",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

const names = ["chromium", "chromium-browser", "google-chrome"];

/** Waits for another apt-get instead of failing, and asks nobody anything. */
const apt = (...args: string[]): Promise<unknown> =>
	run("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=300", ...args], {
		env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
		maxBuffer: 64 * 1024 * 1024,
	});

/** @returns its path. @throws Error that says how to install it */
export async function chromium(say: (line: string) => void = console.log): Promise<string> {
	const found = await installed();
	if (found) return found;
	try {
		if (process.getuid?.() !== 0) throw new Error("only root may install it");
		say("chromium is not on this machine: installing Debian's packages chromium and fonts-noto-cjk");
		await apt("update");
		await apt("install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk");
		const path = await installed();
		if (!path) throw new Error("apt-get installed none");
		return path;
	} catch (err) {
		throw new Error(
			"chromium is needed and could not be installed. Install it (Debian: apt-get install chromium fonts-noto-cjk; " +
				`Chrome serves as well when google-chrome is in PATH) and run this again. Reason: ${(err as Error).message}`,
			{ cause: err },
		);
	}
}

/** The first of the names in PATH, or null. */
async function installed(): Promise<string | null> {
	for (const name of names) {
		const path = await run("sh", ["-c", `command -v ${name}`]).then(
			({ stdout }) => stdout.trim(),
			() => null,
		);
		if (path) return path;
	}
	return null;
}
