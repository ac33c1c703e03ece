/** Reads requests and writes replies. Source: MongoDB wire protocol, OP_MSG, and OP_QUERY for the first hello. */

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

export const HEADER_BYTES = 16;

const MORE_TO_COME = 1 << 1;
/** Bits below 16 that a receiver does not know make the message invalid. That of a checksum, which no driver sends, is one. */
const UNKNOWN_REQUIRED = 0xffff & ~MORE_TO_COME;

/** The message can't be understood: the connection is closed. */
export class MalformedMessage extends Error {}

export interface Message {
	requestId: number;
	/** The command document. */
	body: Buffer;
	/** Lists of documents that travel beside the body, by field name. */
	sequences: Map<string, Buffer[]>;
	/** The client waits for no answer (write concern 0). */
	unanswered: boolean;
	/** For OP_QUERY: the collection it names; its answer is an OP_REPLY. */
	legacyNamespace: string | undefined;
}

/** `bytes` is one whole message, header included. */
export function readMessage(bytes: Buffer): Message {
	const requestId = bytes.readInt32LE(4);
	switch (bytes.readInt32LE(12)) {
		case OP_MSG:
			return readOpMsg(bytes, requestId);
		case OP_QUERY:
			return readOpQuery(bytes, requestId);
		default:
			throw new MalformedMessage(`opcode ${bytes.readInt32LE(12)} is not supported`);
	}
}

function readOpMsg(bytes: Buffer, requestId: number): Message {
	if (bytes.length < HEADER_BYTES + 5) throw new MalformedMessage("OP_MSG without a section");
	const flags = bytes.readUInt32LE(16);
	if (flags & UNKNOWN_REQUIRED) throw new MalformedMessage(`unknown flags ${flags}`);
	const sequences = new Map<string, Buffer[]>();
	let body: Buffer | undefined;
	let at = HEADER_BYTES + 4;
	while (at < bytes.length) {
		const kind = bytes[at++];
		const section = sized(bytes, at);
		if (kind === 0 && body === undefined) body = section;
		else if (kind === 1) addSequence(sequences, section);
		else throw new MalformedMessage(`section of kind ${kind}`);
		at += section.length;
	}
	if (body === undefined) throw new MalformedMessage("OP_MSG without a body");
	return { requestId, body, sequences, unanswered: (flags & MORE_TO_COME) !== 0, legacyNamespace: undefined };
}

/** The part at `at` that starts with its own length. */
function sized(bytes: Buffer, at: number): Buffer {
	const length = at + 4 <= bytes.length ? bytes.readInt32LE(at) : 0;
	if (length < 5 || at + length > bytes.length) throw new MalformedMessage("section or document is cut short");
	return bytes.subarray(at, at + length);
}

function addSequence(sequences: Map<string, Buffer[]>, section: Buffer): void {
	const nameEnd = section.indexOf(0, 4);
	if (nameEnd < 0) throw new MalformedMessage("document sequence without a name");
	const documents: Buffer[] = [];
	let at = nameEnd + 1;
	while (at < section.length) {
		const document = sized(section, at);
		documents.push(document);
		at += document.length;
	}
	sequences.set(section.toString("utf8", 4, nameEnd), documents);
}

function readOpQuery(bytes: Buffer, requestId: number): Message {
	const nameEnd = bytes.indexOf(0, 20);
	const at = nameEnd + 9; // after the name: numberToSkip and numberToReturn
	if (nameEnd < 0) throw new MalformedMessage("OP_QUERY without a collection");
	return {
		requestId,
		body: sized(bytes, at),
		sequences: new Map(),
		unanswered: false,
		legacyNamespace: bytes.toString("utf8", 20, nameEnd),
	};
}

let lastId = 0;

function header(length: number, responseTo: number, opcode: number): Buffer {
	lastId = (lastId + 1) & 0x7fffffff;
	const bytes = Buffer.alloc(length);
	bytes.writeInt32LE(length, 0);
	bytes.writeInt32LE(lastId, 4);
	bytes.writeInt32LE(responseTo, 8);
	bytes.writeInt32LE(opcode, 12);
	return bytes;
}

/** The answer to a message: `reply` is an encoded document. */
export function writeReply(message: Message, reply: Buffer): Buffer {
	return message.legacyNamespace === undefined ? writeOpMsg(message, reply) : writeOpReply(message, reply);
}

function writeOpMsg({ requestId }: Message, reply: Buffer): Buffer {
	const start = HEADER_BYTES + 5; // flags and the kind of the one section stay 0
	const bytes = header(start + reply.length, requestId, OP_MSG);
	reply.copy(bytes, start);
	return bytes;
}

const AWAIT_CAPABLE = 8;

function writeOpReply({ requestId }: Message, reply: Buffer): Buffer {
	const start = HEADER_BYTES + 20; // flags, cursor id (8), starting from, number returned
	const bytes = header(start + reply.length, requestId, OP_REPLY);
	bytes.writeInt32LE(AWAIT_CAPABLE, 16);
	bytes.writeInt32LE(1, 32);
	reply.copy(bytes, start);
	return bytes;
}
