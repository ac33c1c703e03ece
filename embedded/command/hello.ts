/** What clients ask first: who are you, and what can you do. */
import { MAX_BATCH_DOCUMENTS, MAX_DOCUMENT_BYTES, MAX_MESSAGE_BYTES } from "../engine/limits.ts";
import type { Command, Commands } from "./command.ts";

/** The MongoDB version whose behaviour is followed; the wire version belongs to it. */
export const VERSION = "7.0.0";
const VERSION_ARRAY = [7, 0, 0, 0];
const WIRE_VERSION = 21;

/**
 * A standalone server: no `setName`, and no `logicalSessionTimeoutMinutes`, so drivers neither open sessions nor number
 * their writes for retries. `topologyVersion` is left out, so monitors poll.
 */
const hello: Command = {
	kind: "plain",
	run: ({ name, connectionId }) => ({
		...(name === "hello" ? { isWritablePrimary: true } : { ismaster: true }),
		helloOk: true,
		maxBsonObjectSize: MAX_DOCUMENT_BYTES,
		maxMessageSizeBytes: MAX_MESSAGE_BYTES,
		maxWriteBatchSize: MAX_BATCH_DOCUMENTS,
		localTime: new Date(),
		connectionId,
		minWireVersion: 0,
		maxWireVersion: WIRE_VERSION,
		readOnly: false,
	}),
};

const buildInfo: Command = {
	kind: "plain",
	run: () => ({
		version: VERSION,
		versionArray: VERSION_ARRAY,
		gitVersion: "embedded",
		modules: [],
		storageEngines: ["sqlite"],
		bits: 64,
		debug: false,
		maxBsonObjectSize: MAX_DOCUMENT_BYTES,
	}),
};

export const helloCommands: Commands = {
	hello,
	isMaster: hello,
	ismaster: hello,
	buildInfo,
	buildinfo: buildInfo,
	ping: { kind: "plain", run: () => ({}) },
	// Clients end sessions they never opened.
	endSessions: { kind: "plain", run: () => ({}) },
};
