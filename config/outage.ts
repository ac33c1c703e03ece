/** Errors that say nothing about the request: a part of the hub, or its store, is away for the moment. */
import { type ErrorType, ruleOf } from "./errors.ts";

/** Of the broker (moleculer/src/errors.js). */
const brokerTypes: ReadonlySet<unknown> = new Set([
	"SERVICE_NOT_FOUND",
	"SERVICE_NOT_AVAILABLE",
	"REQUEST_TIMEOUT",
	"REQUEST_SKIPPED",
	"REQUEST_REJECTED",
	"QUEUE_FULL",
	"BROKER_DISCONNECTED",
	"BAD_GATEWAY",
]);

/** Of the MongoDB driver: the server is away, or stepping down. */
const storeNames =
	/^Mongo(ose)?(ServerSelection|Network|NetworkTimeout|PoolCleared|WaitQueueTimeout|NotConnected|TopologyClosed|OperationTimeout|ServerClosed|ClientClosed|ExpiredSession)Error$/;
const stepDownCodes: ReadonlySet<unknown> = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

/** Of the NATS client. */
const natsNames: ReadonlySet<unknown> = new Set(["NatsError"]);

/** Classes do not survive the broker; name, type and code do. */
interface AnyError {
	name?: string;
	message?: string;
	type?: string | null;
	code?: unknown;
}

export function outageOf(thrown: unknown): ErrorType | undefined {
	const { name = "", message = "", type, code } = (thrown ?? {}) as AnyError;
	if (type && brokerTypes.has(type)) return "SERVICE_UNAVAILABLE";
	if (natsNames.has(name)) return "SERVICE_UNAVAILABLE";
	if (storeNames.test(name) || (name === "MongoServerError" && stepDownCodes.has(code))) return "STORE_UNAVAILABLE";
	if (name === "MongooseError" && /buffering timed out/.test(message)) return "STORE_UNAVAILABLE";
	return undefined;
}

/** The same thing may well succeed later without anybody doing anything about it. */
export const isPassing = (err: unknown): boolean => outageOf(err) !== undefined || ruleOf(err)?.repeat === true;
