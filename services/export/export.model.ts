import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { type Due, dueFields, dueIndex } from "../../mixins/due.ts";
import type { ShopScope } from "../shop/scope.ts";
import type { ExportKind } from "./sources.ts";

export const exportStates = ["RUNNING", "DONE", "FAILED", "CANCELLED"] as const;
export type ExportState = (typeof exportStates)[number];

export const formats = ["xlsx", "csv"] as const;
export const languages = ["zh-CN", "en-US"] as const;

/** A table that somebody asked for: made by whichever process is free, from the beginning again when that one dies. */
export interface Export extends Due {
	what: ExportKind;
	query: Record<string, unknown>; // as the list takes it
	columns: string[];
	format: (typeof formats)[number];
	language: (typeof languages)[number];
	state: ExportState;
	reason: string; // why it failed
	rows: number; // written so far
	bytes: number; // of the whole file
	by: string;
	shops: ShopScope; // that the one who asked may see
	at: Date;
	endedAt: Date | null;
}

/** A piece of the file. `_id` = `<export>:<turn>:<number>`: those of a turn that was cut off are nobody's. */
export interface ExportChunk {
	_id: string;
	exportId: string;
	turn: number;
	no: number;
	bytes: Buffer;
	at: Date;
}

export const keptSec = 86_400;

const text = { type: String, required: true };
const count = { type: Number, default: 0 };

const schema = new Schema<Export>(
	{
		_id: text,
		what: text,
		query: { type: Object, default: {} },
		columns: [String],
		format: { ...text, enum: formats },
		language: { ...text, enum: languages },
		state: { ...text, enum: exportStates },
		reason: { type: String, default: "" },
		rows: count,
		bytes: count,
		by: text,
		shops: { type: Schema.Types.Mixed, required: true },
		at: { type: Date, required: true },
		endedAt: { type: Date, default: null },
		...dueFields,
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
schema.index(...dueIndex);
schema.index({ by: 1, at: -1, _id: -1 });
schema.index({ at: -1, _id: -1 });
schema.index({ at: 1 }, { expireAfterSeconds: keptSec });

const chunkSchema = new Schema<ExportChunk>(
	{
		_id: text,
		exportId: text,
		turn: { type: Number, required: true },
		no: { type: Number, required: true },
		bytes: { type: Buffer, required: true },
		at: { type: Date, required: true },
	},
	{ strict: "throw", versionKey: false },
);
chunkSchema.index({ exportId: 1, turn: 1, no: 1 });
chunkSchema.index({ at: 1 }, { expireAfterSeconds: keptSec });

export const ExportModel = database.model("export", schema, "exports");
export const ExportChunkModel = database.model("export_chunk", chunkSchema, "export_chunks");
