/**
 * Frames of the message service: little endian; version, type, then fields up to one of type 0. Written on its own, so
 * that a client's mistake in it does not go unnoticed.
 */

/** A value of a custom header, by its format on the wire. */
export type FrameValue =
	| { format: "string"; value: string }
	| { format: "byte"; value: number }
	| { format: "int64" | "date"; value: bigint }
	| { format: "bytes"; value: Buffer };

export interface TmcFrame {
	type: number; // 0 connect, 1 its answer, 2 send, 3 its answer
	token: string;
	status: number; // 0: all is well
	phrase: string;
	headers: ReadonlyMap<string, FrameValue>;
}

const version = 2;
const formats = { 1: "string", 2: "byte", 5: "int64", 6: "date", 7: "bytes" } as const;
const formatNumbers: Readonly<Record<FrameValue["format"], number>> = {
	string: 1,
	byte: 2,
	int64: 5,
	date: 6,
	bytes: 7,
};

export function writeFrame({ type, token, status, phrase, headers }: TmcFrame): Buffer {
	const parts: Buffer[] = [Buffer.from([version, type])];
	if (status) parts.push(numbers(2, 2), numbers(4, status));
	if (phrase) parts.push(numbers(2, 3), sized(phrase));
	if (token) parts.push(numbers(2, 5), sized(token));
	for (const [name, header] of headers) {
		parts.push(numbers(2, 1), sized(name), numbers(1, formatNumbers[header.format]), valueBytes(header));
	}
	return Buffer.concat([...parts, numbers(2, 0)]);
}

/** Throws RangeError for what is no whole frame, or has values a client does not send. */
export function readFrame(bytes: Buffer): TmcFrame {
	let at = 0;
	const take = (size: number): Buffer => {
		if (at + size > bytes.length) throw new RangeError("the frame ends too soon");
		at += size;
		return bytes.subarray(at - size, at);
	};
	const text = (): string => take(take(4).readUInt32LE()).toString("utf8");
	if (take(1)[0] !== version) throw new RangeError("another version");
	const frame = { type: take(1).readUInt8(), token: "", status: 0, phrase: "" };
	const headers = new Map<string, FrameValue>();
	for (let field = take(2).readUInt16LE(); field !== 0; field = take(2).readUInt16LE()) {
		if (field === 1) headers.set(text(), headerValue(take, text));
		else if (field === 2) frame.status = take(4).readUInt32LE();
		else if (field === 3) frame.phrase = text();
		else if (field === 4)
			take(4); // a flag, of no meaning here
		else if (field === 5) frame.token = text();
		else throw new RangeError(`no field ${field}`);
	}
	if (at !== bytes.length) throw new RangeError("bytes after the end");
	return { ...frame, headers };
}

function headerValue(take: (size: number) => Buffer, text: () => string): FrameValue {
	const number = take(1).readUInt8();
	const format = formats[number as keyof typeof formats];
	switch (format) {
		case "string":
			return { format, value: text() };
		case "byte":
			return { format, value: take(1).readUInt8() };
		case "int64":
		case "date":
			return { format, value: take(8).readBigInt64LE() };
		case "bytes":
			return { format, value: take(take(4).readUInt32LE()) };
		default:
			throw new RangeError(`no client sends format ${number}`);
	}
}

function valueBytes(header: FrameValue): Buffer {
	switch (header.format) {
		case "byte":
			return numbers(1, header.value);
		case "string":
		case "bytes":
			return sized(header.value);
		default: {
			const eight = Buffer.alloc(8);
			eight.writeBigInt64LE(header.value);
			return eight;
		}
	}
}

function sized(content: string | Buffer): Buffer {
	const bytes = Buffer.from(content);
	return Buffer.concat([numbers(4, bytes.length), bytes]);
}

function numbers(size: number, value: number): Buffer {
	const bytes = Buffer.alloc(size);
	bytes.writeUIntLE(value, 0, size);
	return bytes;
}
