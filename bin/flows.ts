/** `hub flows`: what is deployed in the editor, and the flow files of a repository. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { brokenCases, brokenWords } from "../services/editor/broken-cases.ts";
import { flowDifference } from "../services/editor/flow-difference.ts";
import { isFlowFile } from "../services/editor/flow-files.ts";
import { planSave, type SavePlan, save } from "../services/editor/flow-save.ts";

const root = path.resolve(import.meta.dirname, "..");
const usage = `usage: hub flows diff [--to DIR]
       hub flows save [--to DIR] [--check] [--prune]

diff   tells in what the deployed flows differ from the files
save   writes them to the files, once they are in order and keep their golden cases
--to     the folder of the files; the repository's flows when not given
--check  only tells what would be written
--prune  removes files of tabs that are no longer deployed`;

/** @returns the exit code: 1 when nothing was saved for what is wrong, 2 for a call that cannot be understood */
export async function flowsCommand(args: string[], dataDir: string): Promise<number> {
	const { to, check, prune, command } = readArgs(args);
	if (command !== "diff" && command !== "save") {
		console.error(usage);
		return 2;
	}
	const deployed = path.join(dataDir, "flows");
	if (!(await there(deployed))) throw new Error(`${deployed} is not there: no editor ran with this HUB_DATA_DIR yet`);
	const plan = await planSave(deployed, to);
	if (command === "diff") {
		for (const line of [...plan.problems, ...flowDifference(plan.before, plan.after)]) console.log(line);
		return plan.problems.length ? 1 : 0;
	}
	for (const { name, state } of plan.files) console.log(`${state === "removed" && !prune ? "kept" : state} ${name}`);
	const problems = plan.problems.length ? plan.problems : await brokenIn(plan, to);
	for (const problem of problems) console.error(problem);
	if (problems.length) return 1;
	if (!check) await save(plan, to, prune);
	return 0;
}

function readArgs(args: string[]): { to: string; check: boolean; prune: boolean; command: string } {
	const flag = { type: "boolean", default: false } as const;
	const options = { to: { type: "string", default: path.join(root, "flows") }, check: flag, prune: flag } as const;
	const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
	return { ...values, to: path.resolve(values.to), command: positionals.join(" ") };
}

/** Golden cases that the flows would break: those of their mappings, and those beside the files. */
async function brokenIn({ files, texts, after }: SavePlan, repository: string): Promise<string[]> {
	const broken = await brokenCases(after);
	if (broken.length) return [brokenWords(broken).en];
	const staged = await mkdtemp(path.join(tmpdir(), "hub-flows-"));
	try {
		for (const [name, text] of texts) {
			if (!isFlowFile(name)) continue;
			const cases = name.replace(/\.json$/, ".cases.json");
			const hasCases = await there(path.join(repository, cases));
			if (hasCases) await copyFile(path.join(repository, cases), path.join(staged, cases));
			else if (files.some((file) => file.name === name && file.state === "new"))
				console.log(`${name} has no golden cases yet: write ${cases}`);
			await writeFile(path.join(staged, name), text);
		}
		return (await casesPass(staged)) ? [] : ["golden cases of flows are broken: nothing was saved"];
	} finally {
		await rm(staged, { recursive: true, force: true });
	}
}

const there = (file: string): Promise<boolean> =>
	access(file).then(
		() => true,
		() => false,
	);

/** In a process of its own: Node-RED is one per process. */
async function casesPass(folder: string): Promise<boolean> {
	const script = path.join(root, "scripts/flows-test.ts");
	const [code] = await once(spawn(process.execPath, [script, folder], { stdio: "inherit" }), "exit");
	return code === 0;
}
