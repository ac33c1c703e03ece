/** A document as it is stored: decoded only when somebody looks inside. */
import { decode } from "../bson/decode.ts";
import type { Doc } from "../bson/values.ts";

export class StoredDocument {
	/** SQLite row id: the natural order. */
	readonly row: number;
	readonly bytes: Buffer;
	private decoded: Doc | undefined;

	constructor(row: number, bytes: Buffer) {
		this.row = row;
		this.bytes = bytes;
	}

	get doc(): Doc {
		this.decoded ??= decode(this.bytes);
		return this.decoded;
	}

	/** The same document without its decoded form: a fraction of the memory, for those that wait. */
	undecoded(): StoredDocument {
		return new StoredDocument(this.row, this.bytes);
	}
}
