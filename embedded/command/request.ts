/** One command as it arrived, and how its fields are read. */
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

/** Fields every command may carry. What they ask for is checked by checkCommonFields, or has no bearing here. */
const COMMON_FIELDS: ReadonlySet<string> = new Set([
	"$db",
	"$readPreference",
	"apiDeprecationErrors",
	"apiStrict",
	"apiVersion",
	"comment",
	"lsid",
	"maxTimeMS",
	"readConcern",
	"writeConcern",
]);

export function refuseUnknownFields(request: Request, known: readonly string[]): void {
	for (const field in request.body) {
		if (field === request.name || COMMON_FIELDS.has(field) || known.includes(field)) continue;
		throw unknownField(`${request.name}.${field}`);
	}
}

export const unknownField = (path: string): StoreError =>
	new StoreError(40415, `BSON field '${path}' is an unknown field.`);

/** Throws for what this server can't give: transactions, other nodes, snapshots. */
export function checkCommonFields({ body }: Request): void {
	if (body.txnNumber !== undefined || body.startTransaction !== undefined || body.autocommit !== undefined) {
		throw new StoreError("IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos");
	}
	const { readConcern, writeConcern } = body;
	const level = isPlain(readConcern) ? readConcern.level : undefined;
	if (level !== undefined && !["local", "available", "majority"].includes(String(level))) {
		throw new StoreError("InvalidOptions", `readConcern level '${level}' is not supported by the embedded store`);
	}
	const nodes = isPlain(writeConcern) ? writeConcern.w : undefined;
	if (isNumeric(nodes) && toNumber(nodes) > 1) throw badValue("cannot use 'w' > 1 when a host is not replicated");
	if (typeof nodes === "string" && nodes !== "majority") {
		throw badValue(`cannot use non-majority 'w' mode "${nodes}" when a host is not a member of a replica set`);
	}
	if (body.apiStrict === true) {
		throw new StoreError("InvalidOptions", "apiStrict is not supported by the embedded store");
	}
}

/** Options that change what a command means: refused rather than ignored. Values that ask for nothing pass. */
export function refuseOptions(options: Doc, command: string, refused: readonly string[]): void {
	for (const name of refused) {
		const value = options[name];
		const asksForNothing = value === undefined || value === null || value === false || isEmpty(value);
		if (!asksForNothing) {
			throw new StoreError("InvalidOptions", `${command}: option '${name}' is not supported by the embedded store`);
		}
	}
}

const isEmpty = (value: Value): boolean => isPlain(value) && Object.keys(value).length === 0;

/** Only binary order is offered; asking for it by name is fine. */
export function refuseCollation({ collation }: Doc): void {
	if (collation === undefined || isEmpty(collation)) return;
	if (isPlain(collation) && collation.locale === "simple") return;
	throw new StoreError("InvalidOptions", "collation is not supported by the embedded store");
}

/** `database.collection` of a command. Throws InvalidNamespace. */
export function namespaceOf({ body, name, database }: Request, field = name): string {
	const collection = body[field];
	if (typeof collection !== "string") {
		throw new StoreError("InvalidNamespace", `collection name has invalid type ${typeName(collection)}`);
	}
	return checkedNamespace(database, collection);
}

export function checkedNamespace(database: string, collection: string): string {
	const valid =
		collection !== "" && !collection.startsWith(".") && !/[\0$]/.test(collection) && !/[\0 ."$/\\]/.test(database);
	if (valid && database !== "") return `${database}.${collection}`;
	throw new StoreError("InvalidNamespace", `Invalid namespace specified '${database}.${collection}'`);
}

export function documentField(options: Doc, name: string, command: string): Doc {
	const value = options[name];
	if (value === undefined) return newDoc();
	if (isPlain(value)) return value;
	throw typeMismatch(`BSON field '${command}.${name}' is the wrong type '${typeName(value)}', expected type 'object'`);
}

/** A whole number that is not negative. */
export function countField(options: Doc, name: string, command: string, missing = 0): number {
	const number = integerField(options, name, command, missing);
	if (number >= 0) return number;
	throw new StoreError(51024, `BSON field '${command}.${name}' value must be >= 0, actual value '${number}'`);
}

export function integerField(options: Doc, name: string, command: string, missing = 0): number {
	const value = options[name];
	if (value === undefined || value === null) return missing;
	if (!isNumeric(value)) {
		throw typeMismatch(
			`BSON field '${command}.${name}' is the wrong type '${typeName(value)}', expected types '[long, int, decimal, double]'`,
		);
	}
	const integer = toInteger(value);
	if (integer === undefined) throw badValue(`BSON field '${command}.${name}' must be a whole number`);
	return Number(integer);
}

export function flagField(options: Doc, name: string, missing = false): boolean {
	return options[name] === undefined ? missing : truthy(options[name]);
}

export const maxTimeOf = ({ body, name }: Request): number => countField(body, "maxTimeMS", name);
