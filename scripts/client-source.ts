/** The text of the typed client: one file without imports, for any TypeScript program that has `fetch`. */
import { readFileSync } from "node:fs";
import type { OpenApi } from "../services/api/openapi/document.ts";
import type { JsonSchema } from "../services/api/openapi/json-schema.ts";
import { typeOf } from "./client-types.ts";

interface Operation {
	operationId: string; // "order.list"
	summary: string;
	"x-summary-zh": string;
	description: string;
	parameters?: { name?: string; in?: string; required?: boolean; schema: JsonSchema }[];
	requestBody?: { content: { "application/json": { schema: JsonSchema } } };
	responses: Record<string, { content?: Partial<Record<"application/json" | "text/csv", { schema: JsonSchema }>> }>;
}

interface Method {
	noun: string;
	verb: string;
	http: string;
	path: string;
	operation: Operation;
}

export function clientSource(document: OpenApi): string {
	const transport = readFileSync(new URL("../client/transport.ts", import.meta.url), "utf8");
	const { schemas } = document.components as { schemas: Record<string, JsonSchema> };
	const base = (document.servers as { url: string }[])[0]?.url ?? "";
	const methods = methodsOf(document, base);
	const byNoun = Map.groupBy(methods, ({ noun }) => noun);
	return [
		`// Made from the OpenAPI document of OrderHub ${(document.info as { version: string }).version}.`,
		transport,
		...Object.entries(schemas).map(([name, schema]) => `export type ${name} = ${typeOf(schema, "string")};`),
		...methods.flatMap(paramsType),
		"export function orderHub(hub: HubOptions) {",
		"	const call = callerOf(hub);",
		"	return {",
		...[...byNoun].flatMap(([noun, rows]) => [`		${noun}: {`, ...rows.map(methodSource), "		},"]),
		"	};",
		"}",
		"",
		"export type OrderHub = ReturnType<typeof orderHub>;",
		"",
	].join("\n");
}

function methodsOf({ paths }: OpenApi, base: string): Method[] {
	return Object.entries(paths).flatMap(([path, byHttp]) =>
		Object.entries(byHttp).map(([http, described]) => {
			const operation = described as unknown as Operation;
			const [noun = "", verb = ""] = operation.operationId.split(".");
			return { noun, verb, http: http.toUpperCase(), path: base + path, operation };
		}),
	);
}

const paramsName = ({ noun, verb }: Method): string => `${capital(noun)}${capital(verb)}Params`;
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** One flat object, as the action takes it: of the path, and of the query or the body. */
function paramsSchema({ operation: { parameters = [], requestBody } }: Method): JsonSchema {
	const named = parameters.filter((each) => each.in === "path" || each.in === "query");
	const body = requestBody?.content["application/json"].schema ?? {};
	return {
		type: "object",
		properties: {
			...Object.fromEntries(named.map(({ name, schema }) => [name, schema])),
			...(body.properties as Record<string, JsonSchema> | undefined),
		},
		required: [
			...named.filter(({ required }) => required).map(({ name }) => name),
			...((body.required as string[] | undefined) ?? []),
		],
	};
}

const isEmpty = (schema: JsonSchema): boolean => !Object.keys(schema.properties as object).length;
const needsNothing = (schema: JsonSchema): boolean => !(schema.required as string[]).length;

function paramsType(method: Method): string[] {
	const schema = paramsSchema(method);
	return isEmpty(schema) ? [] : [`export type ${paramsName(method)} = ${typeOf(schema, "string | Date")};`];
}

function methodSource(method: Method): string {
	const { verb, http, path, operation } = method;
	const schema = paramsSchema(method);
	const params = isEmpty(schema) ? "params: Record<string, never> = {}" : `params: ${paramsName(method)}`;
	const given = !isEmpty(schema) && needsNothing(schema) ? `${params} = {}` : params;
	const words = `${operation.summary} · ${operation["x-summary-zh"]}. ${operation.description}`;
	return [
		`			/** ${words} */`,
		`			${verb}: (${given}, options?: CallOptions): Promise<${answerType(operation)}> =>`,
		`				call(${JSON.stringify(http)}, ${JSON.stringify(path)}, params, options),`,
	].join("\n");
}

function answerType({ responses }: Operation): string {
	const [, success] = Object.entries(responses).find(([status]) => status.startsWith("2")) ?? [];
	const { "application/json": json, "text/csv": table } = success?.content ?? {};
	const schema = (json ?? table)?.schema;
	return schema ? typeOf(schema, "string") : "void";
}
