/** A seller's answer to an after-sale, and how far it has come. */
import { hubError } from "../../config/errors.ts";
import { carrierOf } from "../shipment/parcel.ts";
import type { Decision, DecisionAction } from "./aftersale.ts";

/**
 * PENDING waits to be told to the platform · SENDING it is being told, or was and nobody knows the outcome · DONE the
 * platform has taken it · FAILED the platform refused, or it came too late · UNSUPPORTED a person must give it on the
 * platform's own pages.
 */
export const decisionStates = ["PENDING", "SENDING", "DONE", "FAILED", "UNSUPPORTED"] as const;
export type DecisionState = (typeof decisionStates)[number];

/** One try to tell the platform. */
export interface DecisionAttempt {
	at: Date;
	ms: number;
	outcome: string; // the state it led to
	reason: string;
}
export const attemptsKept = 20;

export interface StoredDecision extends Decision {
	state: DecisionState;
	by: string;
	at: Date;
	asOf: Date; // `modifiedAt` of the after-sale that was answered
	reason: string; // the platform's own words where it refused
	doubtful: boolean; // a call was made whose outcome nobody knows: look before the next one
	tries: number; // in a row without an outcome
	attempts: DecisionAttempt[]; // the last ones
	traceId: string;
}

export const isUnderWay = ({ state }: StoredDecision): boolean => state === "PENDING" || state === "SENDING";

/**
 * May another answer still take its place? While it waits after a try that was not done, for a token say, yes; in the
 * moment it was given, no: of two people the second is told of the first.
 */
export const isReplaceable = ({ state, tries }: StoredDecision): boolean => state === "PENDING" && tries > 0;

export const isShipment = (action: DecisionAction): boolean => action === "SHIP_EXCHANGE" || action === "SHIP_RESEND";

const trackingNoRule = /^[A-Za-z0-9-]{4,40}$/;

/** By action, what of a decision says something; the rest must be empty. `note` goes with each. */
export const wanted: Readonly<Record<DecisionAction, readonly (keyof Decision)[]>> = {
	AGREE_REFUND: [],
	AGREE_RETURN: ["addressId"],
	REFUSE: ["reasonCode"],
	REFUSE_RECEIPT: ["reasonCode"],
	SHIP_EXCHANGE: ["carrier", "trackingNo"],
	SHIP_RESEND: ["carrier", "trackingNo"],
};

/** The decision with our carrier code. @throws INVALID naming the field, CARRIER_UNKNOWN */
export function readDecision(given: Decision): Decision {
	for (const field of ["addressId", "reasonCode", "carrier", "trackingNo"] as const) {
		if (given[field] === "" || wanted[given.action].includes(field)) continue;
		throw hubError("INVALID", `${given.action} takes no ${field}`, { field });
	}
	if (!isShipment(given.action)) return given;
	const carrier = carrierOf(given.carrier);
	const trackingNo = given.trackingNo.trim();
	if (carrier === "NONE") throw hubError("INVALID", "something must be carried", { field: "carrier" });
	if (!trackingNoRule.test(trackingNo)) {
		throw hubError("INVALID", "trackingNo must be 4 to 40 letters, digits or hyphens", { field: "trackingNo" });
	}
	return { ...given, carrier, trackingNo };
}

export function sameDecision(some: Decision, other: Decision): boolean {
	const fields = ["action", "addressId", "reasonCode", "note", "carrier", "trackingNo"] as const;
	return fields.every((field) => some[field] === other[field]);
}
