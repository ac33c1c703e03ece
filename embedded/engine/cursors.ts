/** Open cursors of one reader thread. */

import { encode } from "../bson/encode.ts";
import { type Doc, RawDocument } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { checkSize } from "./change.ts";
import { CURSOR_IDLE_MS, MAX_REPLY_BYTES } from "./limits.ts";
import type { Operation } from "./operation.ts";

/** Documents still to come, with room to look ahead. */
export class DocumentStream {
	private readonly documents: Iterator<Doc | RawDocument>;
	private next: RawDocument | undefined;
	private ended = false;

	constructor(documents: Iterable<Doc | RawDocument>) {
		this.documents = documents[Symbol.iterator]();
	}

	/** Up to `most` documents, fewer when they would outgrow a reply. */
	take(most: number): RawDocument[] {
		const batch: RawDocument[] = [];
		let bytes = 0;
		while (batch.length < most) {
			const document = this.peek();
			if (document === undefined) break;
			bytes += document.bytes.length;
			if (batch.length > 0 && bytes > MAX_REPLY_BYTES) break;
			batch.push(document);
			this.next = undefined;
		}
		return batch;
	}

	/** Whether nothing is left; reads one document ahead to know. */
	isDrained(): boolean {
		return this.peek() === undefined;
	}

	private peek(): RawDocument | undefined {
		if (this.next !== undefined || this.ended) return this.next;
		const { done, value } = this.documents.next();
		if (done) {
			this.ended = true;
			return undefined;
		}
		this.next = value instanceof RawDocument ? value : new RawDocument(encode(value));
		checkSize(this.next.bytes.length);
		return this.next;
	}
}

export interface Cursor {
	ns: string;
	stream: DocumentStream;
	operation: Operation;
}

/** Cursor ids tell which reader holds the cursor: the id modulo this. */
const READER_SLOTS = 16n;

export const readerOf = (cursorId: bigint): number => Number(cursorId % READER_SLOTS);

export class Cursors {
	private readonly open = new Map<bigint, { cursor: Cursor; usedAt: number }>();
	private lastId: bigint;

	/** `reader` is the number of the thread. Ids start at random, so that a restarted store does not know old ones. */
	constructor(reader: number) {
		const start = BigInt(Math.floor(Math.random() * 2 ** 46));
		this.lastId = start * READER_SLOTS + BigInt(reader);
	}

	add(cursor: Cursor): bigint {
		this.closeIdle();
		this.lastId += READER_SLOTS;
		this.open.set(this.lastId, { cursor, usedAt: performance.now() });
		return this.lastId;
	}

	/** Throws CursorNotFound, also for a cursor of another collection. */
	get(id: bigint, ns: string): Cursor {
		const found = this.open.get(id);
		if (found?.cursor.ns !== ns) throw new StoreError("CursorNotFound", `cursor id ${id} not found`);
		found.usedAt = performance.now();
		return found.cursor;
	}

	close(id: bigint): boolean {
		return this.open.delete(id);
	}

	private closeIdle(): void {
		const longAgo = performance.now() - CURSOR_IDLE_MS;
		for (const [id, { usedAt }] of this.open) if (usedAt < longAgo) this.open.delete(id);
	}
}
