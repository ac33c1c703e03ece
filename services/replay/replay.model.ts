import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import type { Cause } from "./causes.ts";
import type { Difference } from "./differences.ts";
import type { Network } from "./rig/plan.ts";

export const replayStates = ["RUNNING", "DONE", "FAILED", "CANCELLED"] as const;
export type ReplayState = (typeof replayStates)[number];

/** A revision as the report names it. */
export interface RevisionName {
	label: string;
	hash: string; // of all that it does by: equal for what does the same; "" for what ERPs were given
	tabId: string; // of a tab; else ""
	kind: string; // this and the next: of a mapping; else ""
	connectionId: string;
}

/** What orders it is over. */
export interface Selection {
	from?: Date; // placed in [from, to)
	to?: Date;
	platform?: string;
	shopId?: string;
	status?: string;
	orderIds?: string[]; // instead of a period
}

/** One revision run over stored orders beside another, nothing sent: the report of what would be different. */
export interface Replay {
	_id: string;
	state: ReplayState;
	reason: string; // why it failed
	by: string;
	at: Date;
	endedAt: Date | null;
	beatAt: Date; // when it last said that it goes on
	selection: Omit<Selection, "orderIds"> & { orderIds: number };
	candidate: RevisionName;
	baseline: RevisionName;
	progress: { done: number; total: number };
	network: Network;
	same: number;
	different: number;
	rejected: number; // orders with a document of the candidate that the ERP would refuse
	failed: number; // orders that the candidate does not bring to an end
	leftOut: number; // orders that the ERP has nothing of and should not have now, with the baseline "pushed"
	causes: Cause[];
}

/** One order that is different. */
export interface ReplayRow {
	_id: string; // <replay>:<order>
	replayId: string;
	orderId: string;
	traits: string[]; // by which a cause finds its orders
	changeFen: number | null; // by how much more it is booked at
	differences: Difference[]; // the first ones
	at: Date;
}

const text = { type: String, required: true };
const words = { type: String, default: "" };
const count = { type: Number, default: 0 };
const name = { label: text, hash: words, tabId: words, kind: words, connectionId: words };
const keptSec = 30 * 86_400;

const replaySchema = new Schema<Replay>(
	{
		_id: text,
		state: { ...text, enum: replayStates },
		reason: words,
		by: text,
		at: { type: Date, required: true },
		endedAt: { type: Date, default: null },
		beatAt: { type: Date, required: true },
		selection: { from: Date, to: Date, platform: String, shopId: String, status: String, orderIds: count },
		candidate: name,
		baseline: name,
		progress: { done: count, total: count },
		network: { attempts: count, connections: count, targets: [String] },
		same: count,
		different: count,
		rejected: count,
		failed: count,
		leftOut: count,
		causes: { type: [Object], default: [] },
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
replaySchema.index({ at: -1, _id: -1 });
replaySchema.index({ state: 1, beatAt: 1 });
replaySchema.index({ at: 1 }, { expireAfterSeconds: keptSec });

const rowSchema = new Schema<ReplayRow>(
	{
		_id: text,
		replayId: text,
		orderId: text,
		traits: [String],
		changeFen: { type: Number, default: null },
		differences: { type: [Object], default: [] },
		at: { type: Date, required: true },
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
rowSchema.index({ replayId: 1, _id: 1 });
rowSchema.index({ at: 1 }, { expireAfterSeconds: keptSec });

export const ReplayModel = database.model("replay", replaySchema, "replays");
export const ReplayRowModel = database.model("replay_row", rowSchema, "replay_rows");
