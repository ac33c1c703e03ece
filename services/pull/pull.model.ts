/** What the pull keeps: where it is (cursor), what it did (window), and what it has read already (reading). */
import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

export const pullKinds = ["orders"] as const;
export type PullKind = (typeof pullKinds)[number];

/** How far one shop has been read. Everything that changed until `at` is stored. */
export interface Cursor {
	_id: string; // <shopId>:<kind>
	shopId: string;
	kind: PullKind;
	at: Date; // the platform's clock
	/** Who reads now, and until when that holds unless renewed: one reader a shop and kind. */
	lease: { by: string; until: Date };
	ranAt: Date | null; // the last run that went through
	reason: string; // why the last run did not; "" when it did
}

export const windowStates = ["OPEN", "DONE", "GAP", "FAILED"] as const;
export type WindowState = (typeof windowStates)[number];

/** One stretch of time that was, or is to be, read. GAP: the platform no longer answers for it. */
export interface PullWindow {
	_id: string;
	shopId: string;
	kind: PullKind;
	from: Date; // both ends belong to it
	to: Date;
	asked: boolean; // by a person: everything in it is read again
	by: string; // "clock", or who asked
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
		at: date,
		lease: { by: text, until: date },
		ranAt: maybeDate,
		reason: text,
	},
	options,
);

const pullWindow = new Schema<PullWindow>(
	{
		_id: needed,
		shopId: needed,
		kind,
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
		expireAt: maybeDate,
	},
	{ ...options, timestamps: true },
);
pullWindow.index({ shopId: 1, kind: 1, from: -1, _id: -1 });
pullWindow.index({ shopId: 1, kind: 1, asked: 1, to: -1 });
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
