/** One operation: what it does, who may, what it takes and answers, and a form to try it. */
import { schemaRows } from "./schema.js";
import { tryOut } from "./try-out.js";
import { element, say, summaryOf } from "./words.js";

export function operationView({ path, method, operation }, document_) {
	const { schemas, responses, parameters: shared } = document_.components;
	const parameters = (operation.parameters ?? []).map((each) =>
		each.$ref ? shared[each.$ref.split("/").at(-1)] : each,
	);
	const body = operation.requestBody?.content["application/json"];
	const base = document_.servers[0].url;
	return [
		element("h2", {}, summaryOf(operation)),
		element(
			"p",
			{ className: "address" },
			element("span", { className: `method ${method}` }, method.toUpperCase()),
			element("code", {}, base + path),
			element("span", { className: "operation-id" }, operation.operationId),
		),
		element("p", { className: "who" }, whoMay(operation)),
		...(parameters.length
			? section(
					"parameters",
					parameters.flatMap((each) => parameterRows(each, schemas)),
				)
			: []),
		...(body ? section("body", schemaRows(body.schema, schemas)) : []),
		...section("tryOut", [tryOut({ base, path, method, parameters, body })]),
		...section(
			"answers",
			Object.entries(operation.responses).map((each) => answerView(each, schemas, responses)),
		),
	];
}

const section = (title, children) => [
	element("h3", {}, say(title)),
	element("div", { className: "card" }, ...children),
];

function whoMay(operation) {
	if (operation["x-roles"] === "anyone") return say("anyone");
	const scopes = operation["x-scopes"];
	const programs = scopes.length ? ` · ${say("programs")}: ${scopes.join(", ")}` : "";
	return `${say("roles")}: ${operation["x-roles"].join(", ")}${programs}`;
}

function parameterRows({ name, schema, required, description, in: place }, schemas) {
	const described = description ? { description, ...schema } : schema;
	return schemaRows(described, schemas, { name: place === "header" ? `${name} (header)` : name, required });
}

function answerView([status, written], schemas, responses) {
	const { description, content } = written.$ref ? responses[written.$ref.split("/").at(-1)] : written;
	const schema = content?.["application/json"]?.schema;
	const problem = Number(status) >= 400;
	return element(
		"details",
		{ open: !problem },
		element("summary", {}, element("code", { className: problem ? "problem" : "ok" }, status)),
		problem ? element("p", { className: "lines" }, description) : null,
		...(schema ? schemaRows(schema, schemas) : []),
	);
}
