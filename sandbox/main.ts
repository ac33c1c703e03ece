import { parseArgs } from "node:util";
import { startSandbox } from "./server.ts";

/**
 * The sandbox as a process: `node sandbox/main.ts --port 3900 --bind 127.0.0.1 --dir .data/sandbox`.
 * Prints `sandbox {"url":"http://…"}` when it listens. SIGTERM, SIGINT or the loss of its parent ends it, exit code 0.
 */
const { values } = parseArgs({
	options: {
		port: { type: "string", default: "3900" },
		bind: { type: "string", default: "127.0.0.1" },
		dir: { type: "string", default: ".data/sandbox" },
	},
});

const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
	process.stderr.write(`--port must be a number from 0 to 65535, not ${values.port}\n`);
	process.exit(2);
}

const sandbox = await startSandbox({ port, bind: values.bind, dir: values.dir }).catch((err: NodeJS.ErrnoException) => {
	if (err.code !== "EADDRINUSE") throw err;
	process.stderr.write(`port ${port} of ${values.bind} is in use: choose another with --port (HUB_SANDBOX_PORT)\n`);
	process.exit(1);
});
process.stdout.write(`sandbox ${JSON.stringify({ url: sandbox.url })}\n`);

let closing = false;
async function close(): Promise<void> {
	if (closing) return;
	closing = true;
	await sandbox.close();
	process.exit(0);
}
process.on("SIGTERM", close);
process.on("SIGINT", close);
if (process.send) process.on("disconnect", close);
