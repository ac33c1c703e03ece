/** Runs mappings one after another in a thread of its own: whatever a mapping does, the hub goes on. */
import { parentPort } from "node:worker_threads";
import { compileMapping, MappingError, type MappingFailure } from "./compile.ts";

/** Input and output travel as JSON: dates become ISO text, whether the order came over the network or not. */
export interface Job {
	source: string;
	input: string;
}
export type Done = { output: string | undefined } | { problem: MappingFailure };

type Mapping = ReturnType<typeof compileMapping>;

const compiled = new Map<string, Mapping>();
const keep = 100;

function mappingOf(source: string): Mapping {
	let mapping = compiled.get(source);
	if (!mapping) {
		mapping = compileMapping(source);
		const [oldest] = compiled.keys();
		if (compiled.size >= keep && oldest !== undefined) compiled.delete(oldest);
		compiled.set(source, mapping);
	}
	return mapping;
}

async function run({ source, input }: Job): Promise<Done> {
	try {
		return { output: JSON.stringify(await mappingOf(source)(JSON.parse(input))) };
	} catch (err) {
		if (err instanceof MappingError) return { problem: err.problem };
		return { problem: { code: "FAILED", message: (err as Error).message, position: null } };
	}
}

if (!parentPort) throw new Error("this file runs as a worker thread");
const port = parentPort;
port.on("message", async (job: Job) => port.postMessage(await run(job)));
port.postMessage("ready");
