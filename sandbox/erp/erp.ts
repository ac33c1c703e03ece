import type { Counters } from "../counters.ts";
import type { FaultPlan } from "../faults.ts";
import type { Target } from "../target.ts";
import type { Documents } from "./documents.ts";

/** What an ERP simulator is built with. */
export interface ErpParts {
	documents: Documents;
	faults: FaultPlan;
	counters: Counters;
}

/** One ERP dialect: a folder beside this file, and its line in `simulators.ts`. */
export interface ErpKind {
	dialect: string;
	/** What a client needs to connect, invented, as `GET /_control/erp` shows it. */
	credentials: Readonly<Record<string, string>>;
	/** It tells nobody of its parcels: whoever wants to know reads them (`Documents.shipped`). */
	silent?: true;
	create(parts: ErpParts): Target;
}
