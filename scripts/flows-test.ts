/**
 * `npm run flows:test`: the golden cases of mappings (config/mappings/erp) and of flows (flows, nodes/examples), headless.
 * A flow runs in the real Node-RED with the real nodes; the services it calls are stand-ins that write down what they are
 * asked. Every node and branch of a flow must be in a case. With a folder as argument: its flows instead of the repository's.
 */
import { differenceLine } from "../nodes/jsonata-map/case-diff.ts";
import { type CaseResult, runCases } from "../nodes/jsonata-map/cases.ts";
import { Mapper } from "../nodes/jsonata-map/mapper.ts";
import { mappingNames, readCases, readMapping } from "../nodes/jsonata-map/mapping-files.ts";
import { startFlowRunner } from "../services/replay/rig/flow-runner.ts";
import { readSuites, runCase } from "./flow-cases.ts";
import { coverageOf } from "./flow-coverage.ts";

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
	const { suites, common } = await readSuites(process.argv[2]);
	let cfg: Record<string, string> = {};
	const runner = await startFlowRunner([...common, ...suites.flatMap(({ tab }) => tab)], {
		settingsOf: () => cfg,
		limitMs: 10_000,
		functionSec: 5,
	});
	for (const suite of suites) {
		cfg = suite.suite.settings;
		for (const each of suite.suite.cases) {
			tell(`${suite.file}: ${each.name}`, (await runCase(runner, suite, each)).map(differenceLine));
		}
		const { nodes, branches, missing } = coverageOf(suite.tab, runner.wires);
		const { length: many } = suite.suite.cases;
		console.log(`${suite.file}: ${many} cases; ${nodes} nodes, ${branches} branches, ${missing.length} in no case`);
		if (missing.length) tell(`${suite.file}: coverage`, missing);
	}
	await runner.close();
}

await testMappings();
await testFlows();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
