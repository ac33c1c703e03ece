/** The OpenAPI 3.1 document of the gateway: the table of routes and the parameters that the actions check. */

import { type Route, routes } from "../../../config/roles.ts";
import { chapters } from "../../../config/route-words.ts";
import about from "../../../package.json" with { type: "json" };
import { type JsonSchema, schemaOf } from "./json-schema.ts";
import { nouns } from "./nouns.ts";
import { type ActionRules, chapterOf, operationOf, templateOf } from "./operation.ts";
import { problems } from "./problems.ts";

const description = `
JSON in and out; unknown fields are refused. Amounts are integer fen, times UTC (ISO 8601), ids text however they look.
Lists answer {items, nextCursor}: give nextCursor as cursor for the next page. Errors are RFC 9457 problem details in
Chinese or English by Accept-Language; 429 and 503 may be sent again after Retry-After.

请求与响应均为 JSON，未知字段会被拒绝。金额单位为分（整数），时间为 UTC（ISO 8601），编号一律为文本。列表返回
{items, nextCursor}，下一页将 nextCursor 作为 cursor 传入。错误为 RFC 9457 格式，语言取决于 Accept-Language；
429 与 503 可在 Retry-After 之后重发。
`.trim();

export interface OpenApi extends JsonSchema {
	paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
	/** Services whose actions no process offers now: their routes are left out. */
	"x-missing": readonly string[];
}

/** @param rulesOf an action's own params; undefined: no process offers it now */
export function openApi(rulesOf: (action: string) => ActionRules | undefined, basePath: string): OpenApi {
	const offered = routes.filter(({ action }) => rulesOf(action));
	const missing = routes.filter((route) => !offered.includes(route)).map(({ action }) => action.split(".")[0] ?? "");
	const values = (action: string, param: string): JsonSchema => valuesOf(rulesOf(action)?.[param]);
	return {
		openapi: "3.1.0",
		info: { title: "OrderHub", version: about.version, summary: "订单集成枢纽", description },
		servers: [{ url: basePath }],
		tags: tagsOf(offered),
		paths: pathsOf(offered, (action) => rulesOf(action) ?? {}),
		components: {
			securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
			parameters: { IdempotencyKey: idempotencyKey },
			headers,
			responses: problems,
			schemas: nouns(values),
		},
		"x-missing": [...new Set(missing)],
	};
}

const idempotencyKey = {
	name: "Idempotency-Key",
	in: "header",
	required: false,
	description: "Your own key of this write: sent again within 24 hours, it gets the first answer and does nothing more",
	"x-description-zh": "调用方自定的键：24 小时内以同一键重发，得到首次的响应，不会重复执行",
	schema: { type: "string", pattern: String.raw`^[\x21-\x7e]{1,200}$` },
};

const headers = {
	RequestId: { description: "The id of the request in the hub's logs", schema: { type: "string" } },
	Location: { description: "Where what was made is", schema: { type: "string" } },
	IdempotencyReplayed: { description: "true: the answer that was given before", schema: { type: "string" } },
};

function tagsOf(offered: readonly Route[]): object[] {
	const used = new Set(offered.map(chapterOf));
	return Object.entries(chapters)
		.filter(([name]) => used.has(name))
		.map(([name, { en, zh }]) => ({ name, description: en, "x-name-zh": zh }));
}

function pathsOf(offered: readonly Route[], rulesOf: (action: string) => ActionRules): OpenApi["paths"] {
	const byPath = Map.groupBy(offered, ({ path }) => templateOf(path));
	return Object.fromEntries(
		[...byPath].map(([path, rows]) => [
			path,
			Object.fromEntries(rows.map((route) => [route.method.toLowerCase(), operationOf(route, rulesOf(route.action))])),
		]),
	);
}

/** The values of a parameter's rule, without what only goes for asking: its default. */
function valuesOf(rule: unknown): JsonSchema {
	if (rule === undefined) return { type: "string" };
	const { default: _, ...schema } = schemaOf(rule);
	return schema;
}
