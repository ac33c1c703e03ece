/** The settings of a jsonata-map node, and how those saved by older versions become today's. */
import type { NodeDef } from "node-red";
import type { CaseSettings, OwnCase } from "./cases.ts";

/** What a mapping makes documents for. A change and a cancel see the order, as its first document did. */
export const mappingKinds = ["order", "change", "cancel", "aftersale"] as const;
export type MappingKind = (typeof mappingKinds)[number];

export interface JsonataMapDef extends NodeDef, CaseSettings {
	expression: string; // of an inline mapping
	connection: string; // the configuration node; "": cfg is empty
	kind: MappingKind;
	casesFrom: string;
	cases: OwnCase[];
	version: number;
}

type Saved = { version: number } & Record<string, unknown>;

/** "qimen/aftersale" -> "aftersale"; null for a file that is named after nothing of these. */
export const kindOfFile = (file: string): MappingKind | null =>
	mappingKinds.find((kind) => kind === file.split("/")[1]) ?? null;

/** Step n makes settings of version n + 1 of those of version n. The dialog does the same when it opens an old node. */
const steps: Record<number, (old: Saved) => Saved> = {
	/** Kind and cases came: the kind was told by the file's name alone. */
	1: (old) => ({ ...old, kind: kindOfFile(String(old.file ?? "")) ?? "order", casesFrom: "", cases: [], version: 2 }),
};

/** Of any saved version, today's settings. What it does not know of it keeps. */
export function migrate(saved: object): JsonataMapDef {
	let settings: Saved = { version: 1, ...saved };
	for (let step = steps[settings.version]; step; step = steps[settings.version]) settings = step(settings);
	return settings as unknown as JsonataMapDef;
}
