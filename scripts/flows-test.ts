/**
 * `npm run flows:test`: the golden cases of mappings (config/mappings/erp) and of flows (flows), headless. A flow runs
 * in the real Node-RED with the real nodes; the services it calls are stand-ins that write down what they are asked.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { differenceLine, differences } from "../nodes/jsonata-map/case-diff.ts";
import { type CaseResult, runCases } from "../nodes/jsonata-map/cases.ts";
import { Mapper } from "../nodes/jsonata-map/mapper.ts";
import { mappingNames, readCases, readMapping } from "../nodes/jsonata-map/mapping-files.ts";
import { fromFiles, isFlowFile } from "../services/editor/flow-files.ts";
import { startFlowRunner } from "../services/replay/rig/flow-runner.ts";
import type { Situation } from "../services/replay/rig/stand-ins.ts";

/** flows/<tab>.cases.json. A case's order is `base` with the case's own fields put over it, and so is its after-sale. */
interface FlowCases {
	subject: string; // of the event
	base: Situation["order"];
	aftersale?: Situation["aftersale"]; // given: the event is about it
	settings: Record<string, string>;
	cases: {
		name: string;
		order?: Record<string, unknown>;
		aftersale?: Record<string, unknown>;
		push?: Record<string, unknown>; // what erp.push answers; OK when not given
		attempt?: number;
		expect: { pushes: unknown[]; settled: string; reason?: string };
	}[];
}

const root = path.resolve(import.meta.dirname, "..");
const read = async <T>(file: string): Promise<T> => JSON.parse(await readFile(path.join(root, file), "utf8")) as T;

let passed = 0;
let failed = 0;

function tell(title: string, problems: string[]): void {
	if (problems.length === 0) {
		passed += 1;
		return;
	}
	failed += 1;
	console.log(`✗ ${title}\n${problems.map((problem) => `    ${problem}`).join("\n")}`);
}

const problemsOf = ({ failure, differences: found }: CaseResult): string[] => [
	...(failure ? [failure] : []),
	...found.map(differenceLine),
];

async function testMappings(): Promise<void> {
	const mapper = new Mapper();
	for (const mapping of await mappingNames()) {
		const results = await runCases(mapper, await readMapping(mapping), await readCases(mapping));
		for (const result of results) tell(`${mapping}: ${result.name}`, problemsOf(result));
	}
	await mapper.close();
}

async function testFlows(): Promise<void> {
	const names = await readdir(path.join(root, "flows"));
	const suites = names.filter((name) => name.endsWith(".cases.json"));
	// A dashboard needs a browser; only the tabs that have cases run, with what they share.
	const wanted = new Set(["global.json", ...suites.map((name) => name.replace(".cases.json", ".json"))]);
	const files = names.filter((name) => isFlowFile(name) && wanted.has(name));
	const texts = files.map(async (name) => [name, await readFile(path.join(root, "flows", name), "utf8")] as const);
	let cfg: Record<string, string> = {};
	const runner = await startFlowRunner(fromFiles(new Map(await Promise.all(texts))), {
		settingsOf: () => cfg,
		limitMs: 10_000,
		functionSec: 5,
	});
	for (const suite of suites) {
		const { subject, base, aftersale: claim = null, settings, cases } = await read<FlowCases>(`flows/${suite}`);
		cfg = settings;
		for (const { name, order, aftersale, push, attempt = 1, expect } of cases) {
			const happened = await runner.run(suite.replace(".cases.json", ""), {
				subject,
				order: { ...base, ...order },
				aftersale: claim && { ...claim, ...aftersale },
				push: push ?? { pushId: "case", state: "OK", docNo: "E1", reason: "" },
				attempt,
			});
			tell(`flows/${suite}: ${name}`, differences(expect, happened, true).map(differenceLine));
		}
	}
	await runner.close();
}

await testMappings();
await testFlows();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
