/**
 * What the dashboard's pages are made of, for browsers: Vue components (.vue) and TypeScript (.ts) of `dashboard/` and
 * the tables and words that they read, compiled when they are asked for. There is no build to run or to forget.
 */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compileScript, compileStyle, parse, type SFCDescriptor } from "@vue/compiler-sfc";
import express, { type Router } from "express";
import * as vue from "vue";

const root = path.resolve(import.meta.dirname, "../..");
/** Below the root, what a browser may have: the pages, and tables without a secret (env.ts is read by the hub alone). */
const folders = /^(dashboard\/([\w-]+\/)*[\w-]+\.(vue|ts|css)|config\/(?!env\b)[\w-]+\.ts)$/;
const tables: ReadonlySet<string> = new Set([
	"nodes/hub/subjects.ts",
	"nodes/reveal/purposes.ts",
	"services/aftersale/tabs.ts",
	"services/order/audit-hold.ts",
	"services/order/next-step.ts",
	"services/order/stage.ts",
	"services/order/tabs.ts",
]);
const isOffered = (name: string): boolean => tables.has(name) || (folders.test(name) && !name.endsWith(".test.ts"));

interface Compiled {
	type: string;
	text: string;
	etag: string;
	readAt: number; // mtime of the source, ms
}

/** @param mount below which address they are served */
export function deskModules(mount: string): Router {
	const router = express.Router();
	const compiled = new Map<string, Compiled>();

	router.get(`${mount}/vue.js`, (_req, res) => {
		res.set("Cache-Control", "no-cache").type("js").send(sharedVue);
	});
	// A bare name like this would be looked for at the address of whoever imports it.
	router.use(
		`${mount}/echarts.js`,
		express.static(fileURLToPath(new URL(import.meta.resolve("echarts/dist/echarts.esm.min.js")))),
	);

	router.get(`${mount}/*`, async (req, res, next) => {
		try {
			const name = (req.params as Record<string, string>)[0] ?? "";
			if (!isOffered(name)) return next();
			const { type, text, etag } = await moduleOf(name, mount, compiled);
			res.set({ "Cache-Control": "no-cache", ETag: etag });
			if (req.headers["if-none-match"] === etag) return void res.status(304).end();
			res.type(type).send(text);
		} catch (err) {
			if ((err as { code?: string }).code === "ENOENT") return next();
			next(err);
		}
	});
	return router;
}

async function moduleOf(name: string, mount: string, compiled: Map<string, Compiled>): Promise<Compiled> {
	const file = path.join(root, name);
	const readAt = (await stat(file)).mtimeMs;
	const known = compiled.get(name);
	if (known?.readAt === readAt) return known;
	const source = await readFile(file, "utf8");
	const made = name.endsWith(".css")
		? { type: "css", text: source }
		: { type: "js", text: toModule(name, source, mount) };
	const etag = `"${createHash("sha256").update(made.text).digest("base64url").slice(0, 22)}"`;
	const fresh = { ...made, etag, readAt };
	compiled.set(name, fresh);
	return fresh;
}

/** The JavaScript of a component or of a module. @throws Error with the file and what is wrong in it */
export function toModule(name: string, source: string, mount: string): string {
	const typed = name.endsWith(".vue") ? ofComponent(name, source) : source;
	const plain = stripTypeScriptTypes(typed, { mode: "strip" });
	return plain
		.replaceAll(/\bfrom\s*(["'])vue\1/g, `from "${mount}/vue.js"`)
		.replaceAll(/\bfrom\s*(["'])echarts\1/g, `from "${mount}/echarts.js"`);
}

function ofComponent(name: string, source: string): string {
	const { descriptor, errors } = parse(source, { filename: name });
	if (errors.length) throw new Error(`${name}: ${errors.map(({ message }) => message).join("; ")}`);
	const id = createHash("sha256").update(name).digest("hex").slice(0, 8);
	const scoped = descriptor.styles.some((style) => style.scoped);
	const { content } = compileScript(descriptor, {
		id: `data-v-${id}`,
		inlineTemplate: true,
		isProd: true,
		genDefaultAs: "component",
		templateOptions: { id: `data-v-${id}`, filename: name, scoped, compilerOptions: { scopeId: `data-v-${id}` } },
	});
	const end = scoped ? `component.__scopeId = "data-v-${id}";\n` : "";
	return `${content}\n${styleOf(name, descriptor, `data-v-${id}`)}${end}export default component;\n`;
}

/** Put into the page when the module is loaded, once. */
function styleOf(name: string, { styles }: SFCDescriptor, id: string): string {
	const texts = styles.map(({ content, scoped = false }) => {
		const { code, errors } = compileStyle({ source: content, filename: name, id, scoped });
		if (errors.length) throw new Error(`${name}: ${errors.map(({ message }) => message).join("; ")}`);
		return code;
	});
	if (!texts.length) return "";
	return `document.head.append(Object.assign(document.createElement("style"), { textContent: ${JSON.stringify(texts.join("\n"))} }));\n`;
}

const vueNames = Object.keys(vue).filter((name) => /^[a-zA-Z]\w*$/.test(name) && name !== "default");

/** The Vue that the dashboard's own page runs: a second one would not work with it. */
const sharedVue = `const { ${vueNames.map((name) => `${name}: _${name}`).join(", ")} } = window.Vue;
export { ${vueNames.map((name) => `_${name} as ${name}`).join(", ")} };
`;
