/** One command as it arrived, and how its fields are read. */
import { decode, firstFieldName } from "../bson/decode.ts";
import { toInteger, toNumber } from "../bson/number.ts";
import { isNumeric, typeName } from "../bson/types.ts";
import { type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { badValue, StoreError, typeMismatch } from "../errors.ts";
import { truthy } from "../expression/truth.ts";

export interface Request {
	/** The first field of the body. */
	name: string;
	body: Doc;
	/** The body as it came: a reader thread gets it in this form. */
	bytes: Buffer;
	/** Lists of documents sent beside the body, by field name. */
	sequences: ReadonlyMap<string, Buffer[]>;
	database: string;
	connectionId: number;
}

const NO_SEQUENCES: ReadonlyMap<string, Buffer[]> = new Map();

/** `database` is given for the legacy hello only; others bring `$db`. Throws for transactions, other nodes, snapshots. */
export function readRequest(bytes: Buffer, connectionId: number, sequences = NO_SEQUENCES, database?: string): Request {
	const body = decode(bytes);
	const from = database ?? body.$db;
	if (typeof from !== "string") throw new StoreError(40571, "OP_MSG requests require a $db argument");
	if (body.txnNumber !== undefined || body.startTransaction !== undefined || body.autocommit !== undefined) {
		throw new StoreError("IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos");
	}
	const { readConcern, writeConcern } = body;
	const level = isPlain(readConcern) ? readConcern.level : undefined;
	if (level !== undefined && !["local", "available", "majority"].includes(String(level))) {
		throw new StoreError("InvalidOptions", `readConcern level '${level}' is not supported by the embedded store`);
	}
	const nodes = isPlain(writeConcern) && writeConcern.w !== undefined ? writeConcern.w : 1;
	if (nodes !== "majority" && !(isNumeric(nodes) && toNumber(nodes) <= 1)) {
		throw badValue("cannot use 'w' > 1 or the name of a mode: the embedded store is not replicated");
	}
	return { name: firstFieldName(bytes), body, bytes, sequences, database: from, connectionId };
}

/** Fields every command may carry. What they ask for is checked by readRequest, or has no bearing here. */
const COMMON_FIELDS = [
	"$db",
	"$readPreference",
	"apiDeprecationErrors",
	"apiVersion",
	"comment",
	"lsid",
	"maxTimeMS",
	"readConcern",
	"writeConcern",
];

/** Throws for a field of a command that is neither among `own` nor common to all. */
export const checkCommandFields = ({ name, body }: Request, own: readonly string[]): void =>
	refuseUnknownFields(body, name, [name, ...own, ...COMMON_FIELDS]);

/** Throws for a field that asks for what is not offered; `path` names the command or the part of it. */
export function refuseUnknownFields(fields: Doc, path: string, known: readonly string[]): void {
	for (const field in fields) {
		if (known.includes(field) || asksForNothing(field, fields[field])) continue;
		throw new StoreError(40415, `BSON field '${path}.${field}' is an unknown field to the embedded store`);
	}
}

/** Drivers send options that are switched off. The simple collation is the binary order there is. */
function asksForNothing(field: string, value: Value): boolean {
	if (!isPlain(value)) return value === undefined || value === null || value === false;
	return Object.keys(value).length === 0 || (field === "collation" && value.locale === "simple");
}

/** `database.collection` of a command. Throws InvalidNamespace. */
export function namespaceOf({ body, name, database }: Request, field = name): string {
	const collection = body[field];
	if (typeof collection === "string") return checkedNamespace(database, collection);
	throw new StoreError("InvalidNamespace", `collection name has invalid type ${typeName(collection)}`);
}

export function checkedNamespace(database: string, collection: string): string {
	const valid =
		collection !== "" && !collection.startsWith(".") && !/[\0$]/.test(collection) && !/[\0 ."$/\\]/.test(database);
	if (valid && database !== "") return `${database}.${collection}`;
	throw new StoreError("InvalidNamespace", `Invalid namespace specified '${database}.${collection}'`);
}

const wrongType = (name: string, value: Value, expected: string): StoreError =>
	typeMismatch(`BSON field '${name}' is the wrong type '${typeName(value)}', expected type '${expected}'`);

export function documentField(options: Doc, name: string): Doc {
	const value = options[name];
	if (value === undefined) return newDoc();
	if (isPlain(value)) return value;
	throw wrongType(name, value, "object");
}

/** A whole number that is not negative. */
export function countField(options: Doc, name: string, missing = 0): number {
	const number = integerField(options, name, missing);
	if (number >= 0) return number;
	throw new StoreError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
}

export function integerField(options: Doc, name: string, missing = 0): number {
	const value = options[name];
	if (value === undefined || value === null) return missing;
	if (!isNumeric(value)) throw wrongType(name, value, "number");
	const integer = toInteger(value);
	if (integer === undefined) throw badValue(`BSON field '${name}' must be a whole number`);
	return Number(integer);
}

export function flagField(options: Doc, name: string, missing = false): boolean {
	return options[name] === undefined ? missing : truthy(options[name]);
}

export const maxTimeOf = ({ body }: Request): number => countField(body, "maxTimeMS");
