/**
 * MongoDB's error codes by name. Clients branch on the number, people read the name.
 * Source: MongoDB's error_codes.yml. Codes without a name there are sent as `Location<number>`.
 */
const CODES = {
	InternalError: 1,
	BadValue: 2,
	FailedToParse: 9,
	TypeMismatch: 14,
	Overflow: 15,
	InvalidLength: 16,
	IllegalOperation: 20,
	InvalidBSON: 22,
	NamespaceNotFound: 26,
	IndexNotFound: 27,
	PathNotViable: 28,
	ConflictingUpdateOperators: 40,
	CursorNotFound: 43,
	NamespaceExists: 48,
	MaxTimeMSExpired: 50,
	DollarPrefixedFieldName: 52,
	InvalidIdField: 53,
	NotSingleValueField: 54,
	EmptyFieldName: 56,
	CommandNotFound: 59,
	ImmutableField: 66,
	CannotCreateIndex: 67,
	InvalidOptions: 72,
	InvalidNamespace: 73,
	IndexOptionsConflict: 85,
	IndexKeySpecsConflict: 86,
	CannotIndexParallelArrays: 171,
	QueryPlanKilled: 175,
	InvalidIndexSpecificationOption: 197,
	ConversionFailure: 241,
	IndexBuildAborted: 276,
	QueryExceededMemoryLimitNoDiskUseAllowed: 292,
	UnsupportedOpQueryCommand: 352,
	BSONObjectTooLarge: 10334,
	DuplicateKey: 11000,
	InterruptedAtShutdown: 11600,
	Interrupted: 11601,
} as const;

export type CodeName = keyof typeof CODES;

const NAMES = new Map<number, string>(Object.entries(CODES).map(([name, code]) => [code, name]));

/** An error that is answered to the client as it stands: `code`, `codeName`, `errmsg` and the `extra` fields beside them. */
export class StoreError extends Error {
	readonly code: number;
	readonly codeName: string;
	/** Further fields of the error document, such as keyPattern and keyValue of a duplicate key. */
	readonly extra: Readonly<Record<string, unknown>>;

	constructor(code: CodeName | number, message: string, extra: Readonly<Record<string, unknown>> = {}) {
		super(message);
		this.name = "StoreError";
		this.code = typeof code === "string" ? CODES[code] : code;
		this.codeName = NAMES.get(this.code) ?? `Location${this.code}`;
		this.extra = extra;
	}
}

export const badValue = (message: string): StoreError => new StoreError("BadValue", message);

export const failedToParse = (message: string): StoreError => new StoreError("FailedToParse", message);

export const typeMismatch = (message: string): StoreError => new StoreError("TypeMismatch", message);
