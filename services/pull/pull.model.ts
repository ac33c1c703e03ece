/** What the pull keeps: where it is (cursor), what it did (window), and what it has read already (reading). */
import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { type PullKind, pullKinds } from "./kinds.ts";

/** How far one list of a shop has been read. Everything that changed until `at` is stored. */
export interface Cursor {
	_id: string; // <shopId>:<kind>:<list>
	shopId: string;
	kind: PullKind;
	list: string; // as the platform's adapter names it
	at: Date; // the platform's clock
	/** Who reads now, and until when that holds unless renewed: one reader a list. */
	lease: { by: string; until: Date };
	ranAt: Date | null; // the last run that went through
	rereadAt: Date | null; // when everything open was read again
	reason: string; // why the last run did not; "" when it did
}

export const windowStates = ["OPEN", "DONE", "GAP", "FAILED"] as const;
export type WindowState = (typeof windowStates)[number];

/** One stretch of time that was, or is to be, read. GAP: it was not read, and its repair is not done yet. */
export interface PullWindow {
	_id: string;
	shopId: string;
	kind: PullKind;
	list: string;
	from: Date; // both ends belong to it
	to: Date;
	asked: boolean; // by a person or for a gap: everything in it is read again
	by: string; // "clock", "rule:gap", or who asked
	state: WindowState;
	pages: number;
	total: number; // how many the platform claimed
	seen: number; // how many it listed
	read: number; // how many of them were not known yet, or not in this state
	parked: number; // how many of those could not be taken
	hash: string; // of what was listed: the same again means nothing changed
	attempts: number;
	rechecks: number; // how often the list was read again because it moved under us
	reason: string; // of the last failure
	repairs: string; // the gap it fills; "" for most
	expireAt: Date | null; // null: kept until it is settled
	createdAt: Date;
	updatedAt: Date;
}

/** The state of a record that was taken last, so that it is not asked for again while it stays the same. */
export interface Reading {
	_id: string; // <shopId>:<kind>:<id>
	shopId: string;
	kind: PullKind;
	id: string; // the platform's number
	modifiedAt: Date;
	fetchedAt: Date; // the platform's clock
	failures: number; // since it was taken last; 0: it was taken
	retryAt: Date | null; // when a parked record is tried again
	expireAt: Date | null;
}

const needed = { type: String, required: true };
const text = { type: String, default: "" };
const date = { type: Date, required: true };
const maybeDate = { type: Date, default: null };
const count = { type: Number, default: 0 };
const kind = { ...needed, enum: pullKinds };
const options = { strict: "throw", versionKey: false } as const;

const cursor = new Schema<Cursor>(
	{
		_id: needed,
		shopId: needed,
		kind,
		list: needed,
		at: date,
		lease: { by: text, until: date },
		ranAt: maybeDate,
		rereadAt: maybeDate,
		reason: text,
	},
	options,
);

const pullWindow = new Schema<PullWindow>(
	{
		_id: needed,
		shopId: needed,
		kind,
		list: needed,
		from: date,
		to: date,
		asked: { type: Boolean, required: true },
		by: needed,
		state: { ...needed, enum: windowStates },
		pages: count,
		total: count,
		seen: count,
		read: count,
		parked: count,
		hash: text,
		attempts: count,
		rechecks: count,
		reason: text,
		repairs: text,
		expireAt: maybeDate,
	},
	{ ...options, timestamps: true },
);
pullWindow.index({ shopId: 1, kind: 1, from: -1, _id: -1 });
pullWindow.index({ shopId: 1, kind: 1, list: 1, asked: 1, to: -1 });
pullWindow.index({ state: 1, from: -1 });
pullWindow.index({ repairs: 1 }, { partialFilterExpression: { repairs: { $gt: "" } } });
pullWindow.index({ expireAt: 1 }, { expireAfterSeconds: 0 });

const reading = new Schema<Reading>(
	{
		_id: needed,
		shopId: needed,
		kind,
		id: needed,
		modifiedAt: date,
		fetchedAt: date,
		failures: count,
		retryAt: maybeDate,
		expireAt: maybeDate,
	},
	options,
);
reading.index({ shopId: 1, kind: 1, retryAt: 1 });
reading.index({ expireAt: 1 }, { expireAfterSeconds: 0 });

export const CursorModel = database.model("pull_cursor", cursor, "pull_cursors");
export const WindowModel = database.model("pull_window", pullWindow, "windows");
export const ReadingModel = database.model("pull_reading", reading, "pull_readings");
