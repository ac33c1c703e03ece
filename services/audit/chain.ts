/**
 * The audit as a chain: each row's `mac` proves the row and, through the mac of the one before, all before it. A row that
 * is changed, removed or put in between is found. Rows cut off at the end are found by who has noted a later head.
 */
import { createHmac } from "node:crypto";
import { AuditModel, type AuditRow } from "./audit.model.ts";
import { chainKey } from "./chain-key.ts";

export interface Head {
	seq: number;
	mac: string;
}

export const beginning: Head = { seq: 0, mac: "" };
const tries = 50; // others write too, and each of them took one place before us

let head: Head | undefined; // as this process knows it
let turn: Promise<unknown> = Promise.resolve();

/** Writes a row behind all others. Resolves when it is stored. */
export function append(row: Omit<AuditRow, "seq" | "mac">): Promise<void> {
	const written = turn.then(() => appendNow(row));
	turn = written.catch(() => undefined); // whoever asked hears of it; the next one tries for himself
	return written;
}

async function appendNow(row: Omit<AuditRow, "seq" | "mac">): Promise<void> {
	for (let attempt = 1; ; attempt += 1) {
		head ??= await storedHead();
		const seq: number = head.seq + 1;
		const mac = await macOf({ ...row, seq }, head.mac);
		try {
			await AuditModel.create({ ...row, seq, mac });
			head = { seq, mac };
			return;
		} catch (err) {
			head = undefined; // another process took the place, or nobody knows whether we did
			if ((err as { code?: number }).code !== 11000 || attempt >= tries) throw err;
		}
	}
}

async function storedHead(): Promise<Head> {
	const last = await AuditModel.findOne({ seq: { $gt: 0 } }, { seq: 1, mac: 1 })
		.sort({ seq: -1 })
		.lean<Head>();
	return last ?? beginning;
}

async function macOf(row: Omit<AuditRow, "mac">, before: string): Promise<string> {
	const { seq, _id, at, actor, what, ref, purpose, ip } = row;
	const text = JSON.stringify([before, seq, _id, at.toISOString(), actor, what, ref, purpose, ip]);
	return createHmac("sha256", await chainKey())
		.update(text)
		.digest("base64url");
}

export interface ChainPage {
	rows: number; // looked at
	broken: { seq: number; why: "missing" | "changed" }[];
	head: Head; // the last one looked at: where the next page begins
	more: boolean;
}

const pageSize = 1_000;

/** Checks the rows that follow one. */
export async function checkChain(from: Head): Promise<ChainPage> {
	const rows = await AuditModel.find({ seq: { $gt: from.seq } })
		.sort({ seq: 1 })
		.limit(pageSize)
		.lean<AuditRow[]>();
	const page: ChainPage = { rows: rows.length, broken: [], head: from, more: rows.length === pageSize };
	for (const row of rows) {
		const { seq, mac } = row;
		const isNext = seq === page.head.seq + 1;
		// The row behind a gap cannot be proved: its mac holds one that is gone.
		if (!isNext) page.broken.push({ seq: page.head.seq + 1, why: "missing" });
		else if (mac !== (await macOf(row, page.head.mac))) page.broken.push({ seq, why: "changed" });
		page.head = { seq, mac };
	}
	return page;
}

/** Whether a row that was the last one at some time is still there, as it was. */
export const hasHead = async ({ seq, mac }: Head): Promise<boolean> => (await AuditModel.exists({ seq, mac })) !== null;
