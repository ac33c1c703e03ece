import { copyFile, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type FlowNode, fromFiles, isFlowFile, orderFile, toFiles } from "./flow-files.ts";
import { firstTabs, tabsOf, withNewTabs } from "./new-tabs.ts";
import { withTodaysDashboard } from "./old-dashboard.ts";

/** What Node-RED asks of a storage module; it tests for own properties, so this is a plain object. */
export interface FlowStorage {
	init(): Promise<void>;
	getFlows(): Promise<FlowNode[]>;
	saveFlows(flows: FlowNode[]): Promise<void>;
	getCredentials(): Promise<object>;
	saveCredentials(credentials: object): Promise<void>;
	getSettings(): Promise<object>;
	saveSettings(settings: object): Promise<void>;
	getLibraryEntry(): Promise<never[]>;
	saveLibraryEntry(): Promise<void>;
}

/**
 * Keeps the flows in `<dataDir>/flows`, one file per tab, and the rest in `<dataDir>/node-red`. The first start copies
 * the flows of the repository, later ones add the tabs that are new there. A deploy replaces the whole folder: after a
 * kill at any moment all files are the old ones or all are the new ones.
 */
export function flowStorage(dataDir: string, repositoryFlows: string): FlowStorage {
	const flows = path.join(dataDir, "flows");
	const next = path.join(dataDir, "flows.next");
	const previous = path.join(dataDir, "flows.previous");
	const userDir = path.join(dataDir, "node-red");
	const credentialsFile = path.join(userDir, "credentials.json");
	const settingsFile = path.join(userDir, "settings.json");
	const offeredFile = path.join(userDir, "offered-tabs.json");

	/** Puts `next`, which is complete, in the place of `flows`. */
	async function swap(): Promise<void> {
		await rm(previous, { recursive: true, force: true });
		if (await exists(flows)) await rename(flows, previous);
		await rename(next, flows);
		await syncFolder(dataDir);
		await rm(previous, { recursive: true, force: true });
	}

	/** A swap that was cut short left no `flows`; then `next` was complete. Anything else left over is waste. */
	async function recover(): Promise<void> {
		if (!(await exists(flows)) && (await exists(previous))) await swap();
		await rm(next, { recursive: true, force: true });
		await rm(previous, { recursive: true, force: true });
	}

	async function copyFromRepository(): Promise<void> {
		await mkdir(next);
		const files = (await readdir(repositoryFlows)).filter((name) => isFlowFile(name) || name === orderFile);
		for (const file of files) await copyFile(path.join(repositoryFlows, file), path.join(next, file));
		await swap();
	}

	async function readFlows(folder: string): Promise<FlowNode[]> {
		const names = (await readdir(folder)).filter((name) => isFlowFile(name) || name === orderFile);
		const texts = names.map(async (name) => [name, await readFile(path.join(folder, name), "utf8")] as const);
		return fromFiles(new Map(await Promise.all(texts)));
	}

	async function writeFlows(nodes: readonly FlowNode[]): Promise<void> {
		await rm(next, { recursive: true, force: true });
		await mkdir(next);
		for (const [name, text] of toFiles(nodes)) await writeWhole(path.join(next, name), text);
		await syncFolder(next);
		await swap();
	}

	async function offerNewTabs(): Promise<void> {
		const { tabs: offered = firstTabs } = (await readJson(offeredFile)) as { tabs?: string[] };
		const [there, shipped] = [await readFlows(flows), await readFlows(repositoryFlows)];
		const today = withTodaysDashboard(there, shipped);
		if (today) await writeWhole(path.join(userDir, "flows-before-pages.json"), JSON.stringify(there));
		const all = withNewTabs(today ?? there, shipped, offered);
		if (today || all.length > there.length) await writeFlows(all);
		// Only now: after a kill before this they are there, and not offered twice.
		const tabs = [...new Set([...offered, ...tabsOf(shipped)])];
		await writeWhole(offeredFile, JSON.stringify({ tabs }));
	}

	return {
		async init() {
			await mkdir(userDir, { recursive: true });
			await writeWhole(path.join(userDir, "package.json"), '{ "name": "order-hub-editor", "private": true }\n');
			await recover();
			if (!(await exists(flows))) await copyFromRepository();
			await offerNewTabs();
		},
		getFlows: () => readFlows(flows),
		saveFlows: writeFlows,
		getCredentials: () => readJson(credentialsFile),
		saveCredentials: (credentials) => writeWhole(credentialsFile, JSON.stringify(credentials)),
		getSettings: () => readJson(settingsFile),
		saveSettings: (settings) => writeWhole(settingsFile, JSON.stringify(settings)),
		// Flows are shared through the repository, not through Node-RED's library.
		getLibraryEntry: async () => [],
		saveLibraryEntry: () => Promise.reject(new Error("the library is not in use: export the flow instead")),
	};
}

async function exists(file: string): Promise<boolean> {
	const names = await readdir(path.dirname(file));
	return names.includes(path.basename(file));
}

async function readJson(file: string): Promise<object> {
	return (await exists(file)) ? JSON.parse(await readFile(file, "utf8")) : {};
}

/** The old text or the new one, never a part of it. */
async function writeWhole(file: string, text: string): Promise<void> {
	const draft = `${file}.draft`;
	const handle = await open(draft, "w", 0o600);
	try {
		await handle.writeFile(text);
		await handle.sync();
	} finally {
		await handle.close();
	}
	await rename(draft, file);
}

/** So that renames in the folder survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, "r");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
