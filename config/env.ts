/** The environment, read and checked once. Nothing else in the project reads `process.env`. */
import { isIP } from "node:net";
import path from "node:path";
import querystring from "node:querystring";
import { type EgressAllowed, readEgressAllowed } from "./egress-allow.ts";

export interface Env {
	mongoUrl: string | null; // null: the embedded store in dataDir
	natsUrl: string | null; // null: the local broker
	dataDir: string;
	httpPort: number; // gateway; 0 = any free port, as for the other two
	editorPort: number;
	sandboxPort: number;
	bind: string;
	masterKey: Buffer | null; // 32 bytes; null: made and kept in dataDir (never in production)
	masterKeyOld: Buffer | null; // opens what was encrypted before the master key changed
	adminPassword: string | null;
	logLevel: LogLevel;
	logFormat: LogFormat; // json: one object a line; as usual in production
	services: readonly string[] | null; // null: all
	readBackSec: number; // how often ERPs that tell nobody by themselves are asked for their parcels
	printUrl: string | null; // where pages reach all print components; null: where their vendors say
	egressAllow: readonly EgressAllowed[]; // beside public addresses, for ERPs and flows; in a demo the simulators too
	/** Whether an address is that of a proxy in front of the hub, which says whom it speaks for. */
	trustedProxies: (address: string) => boolean;
	url: string | null; // of a running hub's gateway, for commands that ask it; null: on this machine
	user: string | null; // this and the next: who asks
	password: string | null;
	/** An OpenTelemetry collector that spans go to, with what it is to be sent along; null: none. */
	otlp: { url: string; headers: Readonly<Record<string, string>> } | null;
	production: boolean; // `npm run serve`; this and the next two: set by the supervisor for its children
	nodeId: string | null;
	demoSandbox: string | null; // URL of the simulators that demo data is made for
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type LogLevel = (typeof logLevels)[number];
const logFormats = ["json", "text"] as const;
export type LogFormat = (typeof logFormats)[number];

/** @throws Error with one line for each wrong value, all of them at once. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
	const problems: string[] = [];
	const text = (name: string): string | null => source[name]?.trim() || null;

	const list = (name: string): string[] =>
		(text(name) ?? "")
			.split(",")
			.map((each) => each.trim())
			.filter(Boolean);
	const port = (name: string, fallback: number): number => {
		const value = text(name);
		if (value === null) return fallback;
		const number = Number(value);
		if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
		problems.push(`${name} must be a port from 0 to 65535 (0: any free one)`);
		return fallback;
	};
	const seconds = (name: string, fallback: number): number => {
		const number = Number(text(name) ?? fallback);
		if (Number.isInteger(number) && number >= 1 && number <= 3_600) return number;
		problems.push(`${name} must be whole seconds from 1 to 3600`);
		return fallback;
	};
	const url = (name: string, protocols: readonly string[]): string | null => {
		const value = text(name);
		if (value === null || protocols.some((protocol) => value.startsWith(`${protocol}://`))) return value;
		problems.push(`${name} must start with ${protocols.map((protocol) => `${protocol}://`).join(" or ")}`);
		return null;
	};
	const key = (name: string): Buffer | null => {
		const value = text(name);
		if (value === null) return null;
		const bytes = Buffer.from(value, "base64");
		if (bytes.length === 32) return bytes;
		problems.push(`${name} must be 32 bytes in base64 (openssl rand -base64 32)`);
		return null;
	};
	const allowed = (name: string): EgressAllowed[] => {
		const rules = list(name).map(readEgressAllowed);
		if (rules.includes(null))
			problems.push(`${name} must list hosts, host:port, IP addresses or blocks like 10.0.0.0/8, with commas`);
		return rules.filter((rule) => rule !== null);
	};
	const proxies = (name: string): ((address: string) => boolean) => {
		const blocks = list(name)
			.map(readEgressAllowed)
			.map((rule) => (rule && "block" in rule && rule.port === null ? rule.block : null));
		if (blocks.includes(null)) problems.push(`${name} must list IP addresses or blocks like 10.0.0.0/8, with commas`);
		return (address) => {
			const family = isIP(address) === 6 ? "ipv6" : "ipv4";
			return isIP(address) !== 0 && blocks.some((block) => block?.check(address, family));
		};
	};
	const level = (name: string): LogLevel => {
		const value = text(name) ?? "info";
		const known = logLevels.find((each) => each === value);
		if (!known) problems.push(`${name} must be one of ${logLevels.join(", ")}`);
		return known ?? "info";
	};

	const format = (name: string, fallback: LogFormat): LogFormat => {
		const value = text(name);
		const known = logFormats.find((each) => each === value);
		if (value !== null && !known) problems.push(`${name} must be one of ${logFormats.join(", ")}`);
		return known ?? fallback;
	};

	/** `name=value` pairs, values percent-encoded. Source: OpenTelemetry, exporter configuration. */
	const pairs = (name: string): Record<string, string> => {
		const each = list(name).map((pair) => /^([\w-]+)=(.+)$/.exec(pair));
		if (each.includes(null)) problems.push(`${name} must list name=value, with commas`);
		return Object.fromEntries(
			each.flatMap((found) => (found ? [[found[1], querystring.unescape(found[2] ?? "")]] : [])),
		);
	};

	const otlpUrl = url("OTEL_EXPORTER_OTLP_ENDPOINT", ["http", "https"]);
	const production = text("HUB_PRODUCTION") === "1";
	const demoSandbox = url("HUB_DEMO_SANDBOX", ["http"]);
	const simulators = demoSandbox && readEgressAllowed(new URL(demoSandbox).host);
	const env: Env = {
		mongoUrl: url("MONGO_URL", ["mongodb", "mongodb+srv"]),
		natsUrl: url("NATS_URL", ["nats", "tls"]),
		dataDir: path.resolve(text("HUB_DATA_DIR") ?? ".data"),
		httpPort: port("HUB_HTTP_PORT", 3000),
		editorPort: port("HUB_EDITOR_PORT", 1880),
		sandboxPort: port("HUB_SANDBOX_PORT", 3900),
		bind: text("HUB_BIND") ?? "127.0.0.1",
		masterKey: key("HUB_MASTER_KEY"),
		masterKeyOld: key("HUB_MASTER_KEY_OLD"),
		adminPassword: source.HUB_ADMIN_PASSWORD || null,
		logLevel: level("HUB_LOG_LEVEL"),
		logFormat: format("HUB_LOG_FORMAT", production ? "json" : "text"),
		services: text("HUB_SERVICES") === null ? null : list("HUB_SERVICES"),
		readBackSec: seconds("HUB_READ_BACK_SEC", 60),
		printUrl: url("HUB_PRINT_URL", ["ws", "wss"]),
		egressAllow: [...allowed("HUB_EGRESS_ALLOW"), ...(simulators ? [simulators] : [])],
		trustedProxies: proxies("HUB_TRUSTED_PROXIES"),
		otlp: otlpUrl === null ? null : { url: otlpUrl, headers: pairs("OTEL_EXPORTER_OTLP_HEADERS") },
		production,
		url: url("HUB_URL", ["http", "https"]),
		user: text("HUB_USER"),
		password: source.HUB_PASSWORD || null,
		nodeId: text("HUB_NODE_ID"),
		demoSandbox,
	};
	if (problems.length)
		throw new Error(`The environment is not right:\n${problems.map((each) => `  - ${each}`).join("\n")}`);
	return env;
}

export const env: Env = readEnv(process.env);

/** What `npm run serve` cannot do without; the answer names what is missing. */
export function missingForProduction({ mongoUrl, natsUrl, masterKey }: Env): string[] {
	return Object.entries({ MONGO_URL: mongoUrl, NATS_URL: natsUrl, HUB_MASTER_KEY: masterKey })
		.filter(([, value]) => value === null)
		.map(([name]) => name);
}

/** Which hub a command asks, and as whom. @throws Error naming what is missing */
export function accountOf({ url, httpPort, user, password }: Env): { url: string; user: string; password: string } {
	if (!user || !password) throw new Error("HUB_USER and HUB_PASSWORD are needed in the environment: who asks the hub?");
	return { url: (url ?? `http://127.0.0.1:${httpPort}`).replace(/\/+$/, ""), user, password };
}

/** The master key, for the processes that encrypt or sign. The supervisor hands it to its children. */
export function masterKey(): Buffer {
	if (!env.masterKey) throw new Error("HUB_MASTER_KEY is not set: start through `npm start` or `npm run serve`");
	return env.masterKey;
}

const secretNames = [
	"OTEL_EXPORTER_OTLP_ENDPOINT",
	"OTEL_EXPORTER_OTLP_HEADERS",
	"MONGO_URL",
	"NATS_URL",
	"HUB_MASTER_KEY",
	"HUB_MASTER_KEY_OLD",
	"HUB_ADMIN_PASSWORD",
	"HUB_PASSWORD",
] as const;

/** The keys that open secrets: the master key, and while it changes the one before. */
export const masterKeys = (): [Buffer, ...Buffer[]] => [masterKey(), ...(env.masterKeyOld ? [env.masterKeyOld] : [])];

/** Takes the secrets out of the environment, for a process that runs other people's code: flows can read it. */
export function forgetSecrets(): void {
	for (const name of secretNames) delete process.env[name];
}
