/**
 * What the hub asks of an ERP dialect. Pure: tables and steps that say which calls to make; `exchange.ts` makes them.
 * Every dialect passes `driver.contract.ts` against its simulator.
 */
import type { Form } from "./form.ts";
import type { Booking } from "./judgement.ts";
import type { ErpStep, ErpSteps } from "./steps.ts";

/**
 * What an ERP is told. order: to be delivered · change: an order it has, as it is now · cancel: an order it has is not to
 * be delivered · aftersale: a refund, a return, an exchange as it stands now.
 */
export const pushKinds = ["order", "change", "cancel", "aftersale"] as const;
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
	method: "GET" | "POST" | "PUT" | "DELETE";
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** A whole answer. What never came whole, and every 5xx, is in doubt whatever the dialect: see `exchange.ts`. */
export interface ErpAnswer {
	status: number; // below 500
	headers: Record<string, string>; // names in lower case; several of one name joined by "\n"
	body: string;
}

/** OK and REJECTED are the ERP's own words; everything else is IN_DOUBT. Errors inside HTTP 200 are errors. */
export type Outcome =
	| { state: "OK"; docNo: string }
	| { state: "REJECTED"; reason: string }
	| { state: "IN_DOUBT"; reason: string };

/** What asking by our number tells. UNKNOWN: the ERP did not say; ask again later. */
export type Found = { state: "FOUND"; docNo: string } | { state: "NOT_FOUND" } | { state: "UNKNOWN"; reason: string };

/** One kind of document. */
export interface KindDriver {
	/** Our number as the document carries it, the one the ERP is asked by. @throws INVALID when it carries none. */
	numberOf(document: Record<string, unknown>, settings: Connection["settings"]): string;
	/** The fields the dialect cannot do without and the document lacks, as paths: "receiver.name", "lines[0].sku". */
	missing(document: Record<string, unknown>, settings: Connection["settings"]): string[];
	/** How its fields must be written. */
	form(settings: Connection["settings"]): Form;
	/** What the ERP would make of it. */
	booking(document: Record<string, unknown>, settings: Connection["settings"]): Booking;
	/**
	 * Brings it in. `document` is what the mapping made. One of the steps is `decisive`: before it nothing is there, from
	 * it on it may be. A refusal because our number is there already is IN_DOUBT: it may be our own earlier call.
	 */
	send(document: Record<string, unknown>): ErpSteps<Outcome>;
	/** Asks whether it is there: for a cancel, whether the order is cancelled. */
	find(number: string, document: Record<string, unknown>): ErpSteps<Found>;
}

/** A parcel the ERP has sent, read back from an ERP that tells nobody by itself. */
export interface ErpParcel {
	number: string; // ours, of the order
	carrier: string; // our code, or the carrier's name, as `shipment.accept` takes it
	trackingNo: string;
	lines: Pieces[]; // empty: the whole order
}

/** A call of the ERP to the hub, as it came. */
export interface ErpCall {
	query: Readonly<Record<string, string>>;
	headers: Readonly<Record<string, string>>; // names in lower case
	body: Buffer;
}

/** Pieces of one of the ERP's SKUs. */
export interface Pieces {
	sku: string;
	quantity: number;
}

/** Goods that a buyer sent back have arrived, all of them or a part. */
export interface Arrival {
	number: string; // ours, of the after-sale
	part: string; // the ERP's number of this telling: the same when it is told again
	good: Pieces[];
	defective: Pieces[];
}

/** What an ERP tells by itself. */
export type Callback = { parcels: ErpParcel[] } | { arrival: Arrival };

/** For ERPs that call the hub in their own format, at `POST /hooks/erp/:connectionId`. */
export interface Callbacks {
	/** Over the raw bytes. @throws HOOK_REFUSED for a call that is not proved to be the ERP's, HOOK_LATE for an old one */
	verify(call: ErpCall, connection: Connection, now: Date): void;
	/** @throws INVALID naming what is wrong or not known */
	read(call: ErpCall): Callback;
	/** What the ERP is answered. `refusal`: null when all was taken; `message` empty where a stranger may read it. */
	answer(refusal: { code: string; message: string } | null): ErpReply;
	/** The pieces that the after-sale's document expects to come back. */
	expected(document: Record<string, unknown>): Pieces[];
}

export interface ErpReply {
	status: number;
	type: string; // Content-Type
	body: string;
}

export interface ErpDriver {
	dialect: string;
	secretNames: readonly string[]; // required secrets of a connection
	settingNames: readonly string[]; // required settings
	/** Of `secretNames`, those that these settings make needless. */
	needless?(settings: Connection["settings"]): readonly string[];
	/** A kind that is not there cannot be told to this ERP: a person has to do it there. */
	kinds: Partial<Record<PushKind, KindDriver>> & { order: KindDriver };
	/** For ERPs that want a sign-in: its result goes to every other step as `session`. */
	session?: {
		signIn: ErpStep<string>;
		/** The answer says that the session is gone, so the call was not done: sign in again, once, and repeat it. */
		isLost(answer: ErpAnswer): boolean;
	};
	/** Parcels sent since then, oldest first, at most a few hundred; `until`: where to go on the next time. */
	parcels?(since: Date): ErpSteps<{ parcels: ErpParcel[]; until: Date }>;
	callbacks?: Callbacks;
}
