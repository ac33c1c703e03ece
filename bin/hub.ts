#!/usr/bin/env node
/** The command `hub`: what `npm start`, `npm run serve` and the other scripts run. */

/** Not at the top: a wrong environment must end in its list of what is wrong, not in a stack. */
const environment = () => import("../config/env.ts");

const commands: Record<string, (args: string[]) => Promise<void>> = {
	async start() {
		const { env } = await environment();
		const { supervise } = await import("./supervisor.ts");
		await supervise({ sandbox: true, services: env.services });
	},
	async serve() {
		const { env, missingForProduction } = await environment();
		const missing = missingForProduction(env);
		if (missing.length)
			throw new Error(`npm run serve needs ${missing.join(", ")} in the environment (README, "Production")`);
		const { supervise } = await import("./supervisor.ts");
		await supervise({ sandbox: false, services: env.services });
	},
	async sandbox() {
		const { superviseSandbox } = await import("./supervisor.ts");
		await superviseSandbox();
	},
	async flows(args) {
		const { env } = await environment();
		const { flowsCommand } = await import("./flows.ts");
		process.exitCode = await flowsCommand(args, env.dataDir);
	},
	async replay(args) {
		const { accountOf, env } = await environment();
		const { replayCommand } = await import("./replay.ts");
		process.exitCode = await replayCommand(args, accountOf(env));
	},
	async keys(args) {
		const { accountOf, env } = await environment();
		const { keysCommand } = await import("./keys.ts");
		process.exitCode = await keysCommand(args, accountOf(env));
	},
	async secrets(args) {
		const { accountOf, env } = await environment();
		const { secretsCommand } = await import("./secrets.ts");
		process.exitCode = await secretsCommand(args, accountOf(env));
	},
	async audit(args) {
		const { accountOf, env } = await environment();
		const { auditCommand } = await import("./audit.ts");
		process.exitCode = await auditCommand(args, accountOf(env));
	},
	async vectors(files) {
		const { runVectors } = await import("./vectors.ts");
		const { passed, failed } = await runVectors(files);
		console.log(`${passed} passed, ${failed} failed`);
		process.exitCode = failed ? 1 : 0;
	},
};

const [name = "", ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (!command) {
	console.error(`usage: hub ${Object.keys(commands).join(" | ")}`);
	process.exit(2);
}
try {
	await command(args);
} catch (err) {
	console.error((err as Error).message);
	process.exit(1);
}
