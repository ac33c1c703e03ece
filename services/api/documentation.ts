/** What people and their tools read of the gateway: /api/openapi.json, and a page to browse it. Without a token. */
import { readFileSync } from "node:fs";
import type { ServiceBroker } from "moleculer";
import type { GatewayResponse } from "moleculer-web";
import type { Step } from "./gateway.ts";
import { openApiOf } from "./openapi/registry.ts";

/** Documents as they are sent; making one takes too long to do it for everyone who asks. */
const made = new WeakMap<ServiceBroker, Promise<string>>();

/** To be called when services came or went. */
export const forgetDocument = (broker: ServiceBroker): void => void made.delete(broker);

function documentText(broker: ServiceBroker, basePath: string): Promise<string> {
	const known = made.get(broker);
	if (known) return known;
	const text = openApiOf(broker, basePath).then((document) => JSON.stringify(document));
	made.set(broker, text);
	text.catch(() => made.delete(broker));
	return text;
}

/** What the page loads, in docs/ beside it. */
const files: Readonly<Record<string, string>> = {
	"docs.css": "text/css",
	"docs.js": "text/javascript",
	"operation.js": "text/javascript",
	"schema.js": "text/javascript",
	"session.js": "text/javascript",
	"try-out.js": "text/javascript",
	"words.js": "text/javascript",
};

/** The page runs its own files and talks to this gateway; nothing comes from elsewhere, and nothing goes there. */
const pagePolicy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"connect-src 'self'",
	"img-src data:",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join("; ");

const read = (name: string): string => readFileSync(new URL(`./docs/${name}`, import.meta.url), "utf8");

export const documentation = (basePath: string): Record<string, Step> => ({
	"GET api/openapi.json": async function (_req, res) {
		return answer(res, "application/json", await documentText(this.broker, basePath));
	},
	"GET docs": pageStep("text/html", read("docs.html")),
	...Object.fromEntries(Object.entries(files).map(([name, type]) => [`GET docs/${name}`, pageStep(type, read(name))])),
});

const pageStep =
	(type: string, text: string): Step =>
	async (_req, res) => {
		res.setHeader("Content-Security-Policy", pagePolicy);
		return answer(res, type, text);
	};

function answer(res: GatewayResponse, type: string, text: string): boolean {
	res.writeHead(200, { "Content-Type": `${type}; charset=utf-8` }).end(text);
	return true;
}
