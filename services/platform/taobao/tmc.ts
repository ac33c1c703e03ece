/** The frames of 淘宝's message service (TMC): little endian, one frame a binary WebSocket message. */
import { sign } from "./sign.ts";

/** A value in a frame. int64 and date are bigints: message ids are beyond 2^53. */
export type TmcValue =
	| { type: "void"; value: null }
	| { type: "string"; value: string }
	| { type: "byte" | "int16" | "int32"; value: number }
	| { type: "int64" | "date"; value: bigint } // date: epoch milliseconds
	| { type: "bytes"; value: Buffer };

export interface TmcFrame {
	messageType: number; // 0 connect, 1 its acknowledgement, 2 send, 3 its acknowledgement
	token: string; // "" before the server gave one; afterwards frames without it are thrown away
	statusCode: number; // 0 unless the server refuses
	statusPhrase: string;
	flag: number;
	headers: Map<string, TmcValue>;
}

const protocolVersion = 2;
const fieldTypes = { end: 0, custom: 1, statusCode: 2, statusPhrase: 3, flag: 4, token: 5 } as const;
const formats = ["void", "string", "byte", "int16", "int32", "int64", "date", "bytes"] as const;

/** The connect signature covers exactly these three. `timestamp`: epoch milliseconds as text. */
export function connectSign(appKey: string, groupName: string, timestamp: string, secret: string): string {
	return sign({ app_key: appKey, group_name: groupName, timestamp }, secret, "md5");
}

export function encodeFrame(frame: TmcFrame): Buffer {
	const parts: Buffer[] = [Buffer.of(protocolVersion, frame.messageType)];
	if (frame.statusCode) parts.push(u16(fieldTypes.statusCode), u32(frame.statusCode));
	if (frame.statusPhrase) parts.push(u16(fieldTypes.statusPhrase), lengthAnd(frame.statusPhrase));
	if (frame.flag) parts.push(u16(fieldTypes.flag), u32(frame.flag));
	if (frame.token) parts.push(u16(fieldTypes.token), lengthAnd(frame.token));
	for (const [name, value] of frame.headers) {
		parts.push(u16(fieldTypes.custom), lengthAnd(name), Buffer.of(formats.indexOf(value.type)), encodeValue(value));
	}
	parts.push(u16(fieldTypes.end));
	return Buffer.concat(parts);
}

/** @throws Error for bytes that are no whole frame */
export function decodeFrame(bytes: Buffer): TmcFrame {
	const reader = new Reader(bytes);
	if (reader.u8() !== protocolVersion) throw new Error("not a TMC frame of version 2");
	const messageType = reader.u8();
	const frame: TmcFrame = {
		messageType,
		token: "",
		statusCode: 0,
		statusPhrase: "",
		flag: 0,
		headers: new Map(),
	};
	for (let field = reader.u16(); field !== fieldTypes.end; field = reader.u16()) {
		if (field === fieldTypes.custom) frame.headers.set(reader.text(), reader.value());
		else if (field === fieldTypes.statusCode) frame.statusCode = reader.u32();
		else if (field === fieldTypes.statusPhrase) frame.statusPhrase = reader.text();
		else if (field === fieldTypes.flag) frame.flag = reader.u32();
		else if (field === fieldTypes.token) frame.token = reader.text();
		else throw new Error(`TMC field type ${field} is unknown`);
	}
	return frame;
}

function encodeValue(header: TmcValue): Buffer {
	switch (header.type) {
		case "void":
			return Buffer.alloc(0);
		case "string":
		case "bytes":
			return lengthAnd(header.value);
		case "byte":
			return Buffer.of(header.value);
		case "int16":
			return fixed(2, (buffer) => buffer.writeInt16LE(header.value));
		case "int32":
			return fixed(4, (buffer) => buffer.writeInt32LE(header.value));
		case "int64":
		case "date":
			return fixed(8, (buffer) => buffer.writeBigInt64LE(header.value));
	}
}

const u16 = (value: number): Buffer => fixed(2, (buffer) => buffer.writeUInt16LE(value));
const u32 = (value: number): Buffer => fixed(4, (buffer) => buffer.writeUInt32LE(value));

function fixed(size: number, write: (buffer: Buffer) => number): Buffer {
	const buffer = Buffer.alloc(size);
	write(buffer);
	return buffer;
}

function lengthAnd(content: string | Buffer): Buffer {
	const bytes = Buffer.from(content);
	return Buffer.concat([u32(bytes.length), bytes]);
}

/** Walks over a frame; reading behind its end is a RangeError. */
class Reader {
	readonly #bytes: Buffer;
	#at = 0;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	#move(size: number): number {
		const from = this.#at;
		this.#at += size;
		return from;
	}

	u8 = (): number => this.#bytes.readUInt8(this.#move(1));
	u16 = (): number => this.#bytes.readUInt16LE(this.#move(2));
	u32 = (): number => this.#bytes.readUInt32LE(this.#move(4));
	text = (): string => this.bytes().toString("utf8");

	bytes(): Buffer {
		const length = this.u32();
		const from = this.#move(length);
		if (this.#at > this.#bytes.length) throw new RangeError("the TMC frame is cut short");
		return this.#bytes.subarray(from, this.#at);
	}

	value(): TmcValue {
		const format = this.u8();
		const type = formats[format];
		switch (type) {
			case "void":
				return { type, value: null };
			case "string":
				return { type, value: this.text() };
			case "bytes":
				return { type, value: this.bytes() };
			case "byte":
				return { type, value: this.u8() };
			case "int16":
				return { type, value: this.#bytes.readInt16LE(this.#move(2)) };
			case "int32":
				return { type, value: this.#bytes.readInt32LE(this.#move(4)) };
			case "int64":
			case "date":
				return { type, value: this.#bytes.readBigInt64LE(this.#move(8)) };
			default:
				throw new Error(`TMC value format ${format} is unknown`);
		}
	}
}
