/**
 * What the hub asks of an ERP dialect. Pure: builds requests and reads answers; `http.ts` sends them.
 * Every dialect passes `driver.contract.ts` against its simulator.
 */
export const pushKinds = ["order"] as const; // cancel, change and after-sale documents follow the same path
export type PushKind = (typeof pushKinds)[number];

/** An ERP connection, secrets decrypted: never logged, never in an error. */
export interface Connection {
	id: string;
	dialect: string;
	name: string;
	url: string;
	settings: Record<string, string>; // what the mapping may use too: ownerCode, warehouseCode …
	secrets: Record<string, string>; // appKey, secret, token …: never reach a mapping
}

export interface ErpRequest {
	method: "GET" | "POST";
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** A whole answer. What never came whole, and every 5xx, is in doubt whatever the dialect: see `exchange.ts`. */
export interface ErpAnswer {
	status: number; // below 500
	body: string;
}

/** OK and REJECTED are the ERP's own words; everything else is IN_DOUBT. Errors inside HTTP 200 are errors. */
export type Outcome =
	| { state: "OK"; docNo: string }
	| { state: "REJECTED"; reason: string }
	| { state: "IN_DOUBT"; reason: string };

/** What asking by our number tells. UNKNOWN: the ERP did not say; ask again later. */
export type Found = { state: "FOUND"; docNo: string } | { state: "NOT_FOUND" } | { state: "UNKNOWN"; reason: string };

export interface ErpDriver {
	dialect: string;
	secretNames: readonly string[]; // required secrets of a connection
	settingNames: readonly string[]; // required settings
	/** Our number as the document carries it, the one the ERP is asked by. @throws INVALID when it carries none. */
	numberOf(kind: PushKind, document: Record<string, unknown>): string;
	/** `document` is what the mapping made. @throws INVALID naming the fields the dialect cannot do without. */
	sendRequest(connection: Connection, kind: PushKind, document: Record<string, unknown>, now: Date): ErpRequest;
	/** A refusal because our number is there already is IN_DOUBT: it may be our own earlier call that came through. */
	readSend(answer: ErpAnswer): Outcome;
	findRequest(connection: Connection, kind: PushKind, number: string, now: Date): ErpRequest;
	readFound(answer: ErpAnswer): Found;
}
