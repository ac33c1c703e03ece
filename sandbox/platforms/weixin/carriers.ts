/** Carriers as `order/deliverycompanylist/get` lists them: `pattern` is what a tracking number must look like. */
export const carriers: readonly { id: string; name: string; pattern: RegExp }[] = [
	{ id: "SF", name: "顺丰速运", pattern: /^(SF\d{13}|\d{12})$/ },
	{ id: "ZTO", name: "中通快递", pattern: /^7\d{13}$/ },
	{ id: "YTO", name: "圆通速递", pattern: /^YT\d{13}$/ },
	{ id: "STO", name: "申通快递", pattern: /^77\d{13}$/ },
	{ id: "YUNDA", name: "韵达快递", pattern: /^(4|31)\d{13}$/ },
	{ id: "JTSD", name: "极兔速递", pattern: /^JT\d{13}$/ },
	{ id: "EMS", name: "EMS", pattern: /^(E[A-Z]\d{9}CN|1\d{12})$/ },
	{ id: "DBKD", name: "德邦快递", pattern: /^DPK\d{12}$/ },
	{ id: "JD", name: "京东快递", pattern: /^JD[A-Z0-9]{13}$/ },
];

export type CarrierProblem = "CARRIER" | "TRACKING_NO";

/** Null when the number can be one of that carrier. */
export function carrierProblem(id: string, trackingNo: string): CarrierProblem | null {
	const carrier = carriers.find((each) => each.id === id);
	if (!carrier) return "CARRIER";
	return carrier.pattern.test(trackingNo) ? null : "TRACKING_NO";
}
