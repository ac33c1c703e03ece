import type { Counters } from "../counters.ts";
import type { CallbackFault, FaultPlan } from "../faults.ts";
import type { Target } from "../target.ts";
import type { ErpDocument } from "./document.ts";
import type { Documents } from "./documents.ts";

/** What an ERP simulator is built with. */
export interface ErpParts {
	documents: Documents;
	faults: FaultPlan;
	counters: Counters;
}

/** A call of an ERP to the hub, to be made at the address it was given. */
export interface CallbackRequest {
	query: string;
	type: string; // Content-Type
	body: string;
}

/** For ERPs that call the hub in their own format. */
export interface CallbackKind {
	/** A parcel has left. Calls of one list are made at once, the lists one after the other. */
	shipped(document: ErpDocument, fault: CallbackFault | null, nowMs: number): CallbackRequest[][];
	/** The goods of a return are back, whole and good. */
	returned(document: ErpDocument, nowMs: number): CallbackRequest;
	/** Whether an answer says that the call was taken. */
	took(answer: string): boolean;
}

/** One ERP dialect: a folder beside this file, and its line in `simulators.ts`. */
export interface ErpKind {
	dialect: string;
	/** What a client needs to connect, invented, as `GET /_control/erp` shows it. */
	credentials: Readonly<Record<string, string>>;
	/** It tells nobody of its parcels: whoever wants to know reads them (`Documents.shipped`). */
	silent?: true;
	callbacks?: CallbackKind;
	create(parts: ErpParts): Target;
}
