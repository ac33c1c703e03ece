/** `npm test`: types, lint, lock file, all tests, the flows' golden cases. Goes through all of them and sums up. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkLock } from "./check-lock.ts";

const root = path.resolve(import.meta.dirname, "..");
const bin = (name: string): string => path.join(root, "node_modules/.bin", name);

interface Tally {
	passed: number;
	failed: number;
}

async function run(command: string, args: readonly string[]): Promise<number> {
	const child = spawn(command, args, { cwd: root, stdio: "inherit" });
	const [code] = (await once(child, "exit")) as [number | null];
	return code ?? 1;
}

async function check(name: string, work: () => Promise<Tally | boolean>): Promise<Tally> {
	const started = Date.now();
	console.log(`\n— ${name}`);
	const result = await work();
	const tally = typeof result === "boolean" ? { passed: Number(result), failed: Number(!result) } : result;
	console.log(`  ${tally.failed ? "FAILED" : "ok"} in ${((Date.now() - started) / 1_000).toFixed(1)} s`);
	return tally;
}

/** vitest's own count; a run that could not even load counts as a failure. */
async function vitest(): Promise<Tally> {
	const report = path.join(tmpdir(), `order-hub-vitest-${process.pid}.json`);
	const code = await run(bin("vitest"), [
		"run",
		"--reporter=default",
		"--reporter=json",
		`--outputFile.json=${report}`,
	]);
	try {
		const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(await readFile(report, "utf8")) as {
			numPassedTests: number;
			numFailedTests: number;
		};
		return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
	} finally {
		await rm(report, { force: true });
	}
}

const tallies = [
	await check("types", async () => (await run(bin("tsc"), [])) === 0),
	await check("types of the dashboard", async () => (await run(bin("tsc"), ["-p", "dashboard"])) === 0),
	await check("lint and format", async () => (await run(bin("biome"), ["check", "--error-on-warnings"])) === 0),
	await check("lock file", async () => {
		const problems = checkLock();
		for (const problem of problems) console.error(problem);
		return problems.length === 0;
	}),
	await check("tests", vitest),
	await check(
		"golden cases of the flows",
		async () => (await run(process.execPath, [path.join(root, "scripts/flows-test.ts")])) === 0,
	),
];
const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") ? 1 : 0;
