/** What the dialog of jsonata-map asks the editor's server: files, functions, samples, and trials of a mapping. */
import express, { type NextFunction, type Request, type Response } from "express";
import { Errors } from "moleculer";
import type { NodeAPI } from "node-red";
import { helperDocs } from "../../config/mappings/helper-docs.ts";
import { mappingNames, readMapping } from "./mapping-files.ts";
import { kindOfFile, type MappingKind, mappingKinds } from "./migrations.ts";
import { type CasesTrial, preview, previewCases, type Trial } from "./preview.ts";
import { listSamples, readSample, type Shops } from "./samples.ts";

const mayRead = "flows.read";
const mayRun = "flows.write";

/** A step that answers with what `answer` gives, or with the hub's error: its status and its words. */
const replies =
	(answer: (req: Request) => Promise<unknown> | unknown) =>
	async (req: Request, res: Response, next: NextFunction): Promise<void> => {
		try {
			res.json(await answer(req));
		} catch (err) {
			if (err instanceof Errors.MoleculerError) res.status(err.code).json({ message: err.message });
			else next(err);
		}
	};

const kindOf = (name: unknown): MappingKind => mappingKinds.find((kind) => kind === name) ?? "order";

/** settings.ts of the editor puts the person's shops beside the name. */
const shopsOf = (req: Request): Shops => (req as { user?: { shops?: Shops } }).user?.shops ?? [];

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
		replies((req) => listSamples(kindOf(req.params.kind), String(req.query.q ?? "").trim(), shopsOf(req))),
	);
	httpAdmin.get(
		"/hub/samples/:kind/:id",
		read,
		replies((req) => readSample(kindOf(req.params.kind), String(req.params.id), shopsOf(req))),
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
