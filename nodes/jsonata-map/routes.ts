/** What the dialog of jsonata-map asks the editor's server: files, functions, samples, and trials of a mapping. */
import express from "express";
import type { NodeAPI } from "node-red";
import { helperDocs } from "../../config/mappings/helper-docs.ts";
import { metaOf, replies } from "../hub/replies.ts";
import { mappingNames, readMapping } from "./mapping-files.ts";
import { kindOfFile, type MappingKind, mappingKinds } from "./migrations.ts";
import { type CasesTrial, preview, previewCases, type Trial } from "./preview.ts";
import { listSamples, readSample } from "./samples.ts";

const mayRead = "flows.read";
const mayRun = "flows.write";

const kindOf = (name: unknown): MappingKind => mappingKinds.find((kind) => kind === name) ?? "order";

export function mappingRoutes(RED: NodeAPI): void {
	const read = RED.auth.needsPermission(mayRead);
	const run = [RED.auth.needsPermission(mayRun), express.json({ limit: "1mb" })];
	const { httpAdmin } = RED;

	httpAdmin.get(
		"/hub/mappings",
		read,
		replies(async () => (await mappingNames()).map((name) => ({ name, kind: kindOfFile(name) }))),
	);
	httpAdmin.get(
		"/hub/mappings/:dialect/:name",
		read,
		replies(async ({ params }) => ({ text: await readMapping(`${params.dialect}/${params.name}`) })),
	);
	httpAdmin.get(
		"/hub/mapping-helpers",
		read,
		replies(() => helperDocs),
	);
	httpAdmin.get(
		"/hub/samples/:kind",
		read,
		replies((req) => listSamples(kindOf(req.params.kind), String(req.query.q ?? "").trim(), metaOf(req).shops)),
	);
	httpAdmin.get(
		"/hub/samples/:kind/:id",
		read,
		replies((req) => readSample(kindOf(req.params.kind), String(req.params.id), metaOf(req).shops)),
	);
	httpAdmin.post(
		"/hub/mapping-check",
		run,
		replies(({ body }) => preview(body as Trial)),
	);
	httpAdmin.post(
		"/hub/mapping-cases",
		run,
		replies(({ body }) => previewCases(body as CasesTrial)),
	);
}
