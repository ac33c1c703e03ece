/**
 * What the dashboard's pages are made of, for browsers: Vue components (.vue) and TypeScript (.ts) of `dashboard/` and
 * the tables that they read, compiled when they are asked for. There is no build to run or to forget. Each stands at an
 * address that changes when any of them does, so that a browser asks for it once.
 */
import { createHash } from "node:crypto";
import { glob, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Router } from "express";
import { pages } from "../../dashboard/pages.ts";
import { sharedVue, toModule } from "./desk-compile.ts";

const root = path.resolve(import.meta.dirname, "../..");
/** Below the root, what a browser may have: the pages, and tables without a secret (env.ts is read by the hub alone). */
const folders = /^(dashboard\/([\w-]+\/)*[\w-]+\.(vue|ts|css)|config\/(?!env\b)[\w-]+\.ts)$/;
const tables: readonly string[] = [
	"nodes/hub/subjects.ts",
	"nodes/reveal/purposes.ts",
	"services/aftersale/tabs.ts",
	"services/alert/channel/words.ts",
	"services/order/audit-hold.ts",
	"services/order/next-step.ts",
	"services/order/stage.ts",
	"services/order/tabs.ts",
	"services/report/remedies.ts",
];
const isOffered = (name: string): boolean =>
	tables.includes(name) || (folders.test(name) && !name.endsWith(".test.ts"));

const frame = "dashboard/HubPage.vue";
const pageFile = (page: string): string => `dashboard/${page}/${page.charAt(0).toUpperCase()}${page.slice(1)}Page.vue`;
const forEver = "private, max-age=31536000, immutable";

/** @param mount below which address they are served */
export function deskModules(mount: string): Router {
	const router = express.Router();
	const compiled = new Map<string, { readAt: number; text: string }>(); // of the version of then

	/** What a page starts with: where today's modules are, and those that it needs, to be fetched all at once. */
	router.get(`${mount}/start/:page`, async (req, res, next) => {
		try {
			const base = `${mount}/${await versionOf()}`;
			const { page } = req.params;
			const names = pages.some(({ name }) => name === page) ? [frame, pageFile(page)] : [frame];
			const needed = await neededBy(names, (name) => textOf(name));
			res
				.set("Cache-Control", "no-store")
				.json({ base, modules: [`${base}/vue.js`, ...needed.map((name) => `${base}/${name}`)] });
		} catch (err) {
			next(err);
		}
	});
	router.get(`${mount}/:version/vue.js`, (_req, res) => {
		res.set("Cache-Control", forEver).type("js").send(sharedVue);
	});
	const echarts = fileURLToPath(new URL(import.meta.resolve("echarts/dist/echarts.esm.min.js")));
	router.get(`${mount}/:version/echarts.js`, (_req, res) => {
		res.set("Cache-Control", forEver).type("js").sendFile(echarts);
	});
	router.get(`${mount}/:version/*`, async (req, res, next) => {
		try {
			const { version = "", 0: name = "" } = req.params as Record<string, string>;
			if (!isOffered(name)) return next();
			res.set("Cache-Control", version === (await versionOf()) ? forEver : "no-store");
			res.type(name.endsWith(".css") ? "css" : "js").send(await textOf(name));
		} catch (err) {
			if ((err as { code?: string }).code === "ENOENT") return next();
			next(err);
		}
	});

	async function textOf(name: string): Promise<string> {
		const file = path.join(root, name);
		const readAt = (await stat(file)).mtimeMs;
		const known = compiled.get(name);
		if (known?.readAt === readAt) return known.text;
		const source = await readFile(file, "utf8");
		const text = name.endsWith(".css") ? source : toModule(name, source);
		compiled.set(name, { readAt, text });
		return text;
	}
	return router;
}

const lookEveryMs = 1_000;
let version = { text: "", untilMs: 0 };

/** Changes with any of the files. */
async function versionOf(): Promise<string> {
	if (version.untilMs > Date.now()) return version.text;
	const names = [...tables];
	for await (const name of glob(["dashboard/**/*.{vue,ts,css}", "config/*.ts"], { cwd: root })) names.push(name);
	const marks = names
		.filter(isOffered)
		.sort()
		.map(async (name) => `${name} ${(await stat(path.join(root, name))).mtimeMs}`);
	const text = createHash("sha256")
		.update((await Promise.all(marks)).join())
		.digest("hex")
		.slice(0, 12);
	version = { text, untilMs: Date.now() + lookEveryMs };
	return text;
}

/** The modules, and whatever they import, other than where a page asks for it later. */
async function neededBy(names: readonly string[], textOf: (name: string) => Promise<string>): Promise<string[]> {
	const found = new Set<string>();
	const open = [...names];
	for (let name = open.pop(); name !== undefined; name = open.pop()) {
		if (found.has(name) || !isOffered(name)) continue; // Vue itself is named by whoever asks
		found.add(name);
		const specifiers = (await textOf(name)).matchAll(/^\s*(?:import|export)\b[^;"]*?\bfrom\s*"(\.[^"]+)"/gm);
		for (const [, specifier = ""] of specifiers) open.push(path.posix.join(path.posix.dirname(name), specifier));
	}
	return [...found];
}
