/** What tracking numbers of each carrier look like, by the codes ERPs use. */
export const trackingNumbers = {
	SF: /^(SF\d{13}|\d{12})$/,
	ZTO: /^7\d{13}$/,
	YTO: /^YT\d{13}$/,
	STO: /^77\d{13}$/,
	YUNDA: /^(4|31)\d{13}$/,
	JTSD: /^JT\d{13}$/,
	EMS: /^(E[A-Z]\d{9}CN|1\d{12})$/,
	POSTB: /^9\d{12}$/,
	DBKD: /^DPK\d{12}$/,
	JD: /^JD[A-Z0-9]{13}$/,
} as const;

export type Carrier = keyof typeof trackingNumbers;

export type CarrierProblem = "CARRIER" | "TRACKING_NO";

/** Null when the number can be one of that carrier. `carrier` undefined: the platform knows no such carrier. */
export function carrierProblem(carrier: Carrier | undefined, trackingNo: string): CarrierProblem | null {
	if (!carrier) return "CARRIER";
	return trackingNumbers[carrier].test(trackingNo) ? null : "TRACKING_NO";
}
