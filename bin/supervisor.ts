import { hkdfSync } from "node:crypto";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { env } from "../config/env.ts";
import { ChannelRelay } from "../mixins/channel-transporter.ts";
import { Child, type ChildSpec } from "./child.ts";
import { masterKeyIn } from "./master-key.ts";

const root = path.resolve(import.meta.dirname, "..");
const stopWithinMs = 9_000;
const longestSocketPath = 100; // bytes; the system's limit is 107

export interface Parts {
	sandbox: boolean; // simulators and demo data too
	services: readonly string[] | null; // null: all
}

/**
 * Runs the hub as child processes: services, editor (flows are code, and an endless loop in one must not stop orders),
 * the embedded store where MONGO_URL is not set, and the sandbox. Resolves when everything answers, having said so.
 */
export async function supervise({ sandbox, services }: Parts): Promise<void> {
	const relay = new ChannelRelay();
	const running: Child[] = [];
	let passwordLine: string | undefined; // of the first admin, at the first start only
	const hear = (line: string): void => {
		console.log(line);
		if (line.startsWith("admin password: ")) passwordLine = line.replace("admin ", "");
	};
	const begin = (spec: ChildSpec): Promise<Record<string, string>> => {
		const child = new Child(spec, hear);
		running.push(child);
		return child.start();
	};
	stopOnSignal(running);

	mkdirSync(env.dataDir, { recursive: true, mode: 0o700 });
	const masterKey = env.masterKey ?? masterKeyIn(env.dataDir);
	const [simulators, store] = await Promise.all([
		sandbox ? begin(sandboxSpec()) : null,
		env.mongoUrl ? { url: env.mongoUrl } : begin(storeSpec()),
	]);

	const wanted = (name: string): boolean => !services || services.includes(name);
	const common = {
		HUB_PRODUCTION: sandbox ? undefined : "1",
		HUB_DEMO_SANDBOX: simulators?.url,
		HUB_PRINT_URL: env.printUrl ?? (simulators ? `${simulators.url?.replace("http", "ws")}/print` : undefined),
	};
	const hubServices = services?.filter((name) => name !== "editor") ?? null;
	const [hub, editor] = await Promise.all([
		hubServices?.length === 0
			? {}
			: begin(
					hostSpec(relay, "hub", hubServices, {
						...common,
						MONGO_URL: withDatabase(store.url as string),
						HUB_MASTER_KEY: masterKey.toString("base64"),
					}),
				),
		// Flows are code: their process gets no database and a key of its own.
		wanted("editor")
			? begin(
					hostSpec(relay, "editor", ["editor"], {
						...common,
						MONGO_URL: undefined,
						HUB_MASTER_KEY: editorKey(masterKey).toString("base64"),
						HUB_MASTER_KEY_OLD: env.masterKeyOld ? editorKey(env.masterKeyOld).toString("base64") : undefined,
						HUB_ADMIN_PASSWORD: undefined,
					}),
				)
			: {},
	]);
	const ready = {
		...hub,
		...editor,
		...(simulators && { sandbox: simulators.url }),
		store: withoutUser(store.url as string),
	};
	console.log(`ready ${JSON.stringify(ready)}`);
	for (const line of welcome(ready, passwordLine)) console.log(line);
}

/** For the person who started it, after all that scrolled by. */
function welcome(
	{ api, editor, sandbox }: Record<string, string | undefined>,
	passwordLine: string | undefined,
): string[] {
	const places = [
		["工作台 dashboard", editor && `${editor}/dashboard`],
		["流程编辑器 flow editor", editor],
		["网关 gateway", api && `${api}/api/v1`],
		["模拟器 simulators", sandbox],
	].filter(([, url]) => url);
	return [...places.map(([name, url]) => `  ${name}: ${url}`), ...(passwordLine ? [`  admin, ${passwordLine}`] : [])];
}

/** The simulators alone. */
export async function superviseSandbox(): Promise<void> {
	const sandbox = new Child(sandboxSpec(), console.log);
	stopOnSignal([sandbox]);
	const { url } = await sandbox.start();
	console.log(`ready ${JSON.stringify({ sandbox: url })}`);
}

/** A process of services: `bin/host.ts`. */
function hostSpec(
	relay: ChannelRelay,
	name: string,
	services: readonly string[] | null,
	own: Record<string, string | undefined>,
): ChildSpec {
	const nodeId = env.natsUrl ? undefined : name; // over NATS each process has a name of its own
	const childEnv: Record<string, string | undefined> = {
		...own,
		HUB_SERVICES: services?.join(","),
		HUB_NODE_ID: nodeId,
	};
	return {
		name,
		script: path.join(root, "bin/host.ts"),
		args: [],
		env: childEnv,
		readReady: readyLine("host"),
		again: ({ api, editor }) => ({
			env: {
				...childEnv,
				...(api && { HUB_HTTP_PORT: new URL(api).port }),
				...(editor && { HUB_EDITOR_PORT: new URL(editor).port }),
			},
		}),
		onStart: (child) => relay.attach(child),
		onExit: () => nodeId && relay.announceEnd(nodeId),
	};
}

function storeSpec(): ChildSpec {
	const dir = path.join(env.dataDir, "store");
	const beside = path.join(dir, "run");
	const fits = Buffer.byteLength(path.join(beside, "store.sock")) <= longestSocketPath;
	const folder = fits ? beside : mkdtempSync(path.join(tmpdir(), "hub-"));
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const socket = path.join(folder, "store.sock");
	return {
		name: "store",
		script: path.join(root, "embedded/cli.ts"),
		args: ["--socket", socket, "--dir", dir],
		env: {},
		readReady: readyLine("store"),
	};
}

function sandboxSpec(): ChildSpec {
	const args = (port: number | string): string[] => [
		"--port",
		String(port),
		"--bind",
		env.bind,
		"--dir",
		path.join(env.dataDir, "sandbox"),
	];
	return {
		name: "sandbox",
		script: path.join(root, "sandbox/main.ts"),
		args: args(env.sandboxPort),
		env: {
			HUB_MASTER_KEY: undefined,
			HUB_MASTER_KEY_OLD: undefined,
			MONGO_URL: undefined,
			NATS_URL: undefined,
			HUB_ADMIN_PASSWORD: undefined,
		},
		readReady: readyLine("sandbox"),
		again: ({ url = "" }) => ({ args: args(new URL(url).port) }),
	};
}

const readyLine = (word: string) => (line: string) =>
	line.startsWith(`${word} {`) ? (JSON.parse(line.slice(word.length)) as Record<string, string>) : null;

const editorKey = (masterKey: Buffer): Buffer => Buffer.from(hkdfSync("sha256", masterKey, "", "order-hub editor", 32));

/** What is printed holds no password. */
const withoutUser = (url: string): string => url.replace(/^(mongodb(?:\+srv)?:\/\/)[^@/]*@/, "$1");

/** The embedded store's URL names no database. */
function withDatabase(url: string): string {
	return url.replace(/^(mongodb:\/\/[^/]+)\/(\?|$)/, "$1/hub$2");
}

/** SIGTERM and SIGINT: what takes work stops first, what it works on last. */
function stopOnSignal(children: readonly Child[]): void {
	let stopping = false;
	const stop = async (): Promise<void> => {
		if (stopping) return;
		stopping = true;
		const named = (...names: string[]): Promise<unknown> =>
			Promise.all(
				children.filter(({ spec }) => names.includes(spec.name)).map((child) => child.stop(stopWithinMs - 2_000)),
			);
		await named("editor", "hub");
		await named("sandbox", "store");
		process.exit(0);
	};
	process.on("SIGTERM", stop);
	process.on("SIGINT", stop);
}
