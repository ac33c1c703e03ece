/** Carriers as `taobao.logistics.companies.get` lists them: `pattern` is what a tracking number must look like. */
export const carriers: readonly { id: number; code: string; name: string; pattern: string }[] = [
	{ id: 505, code: "SF", name: "顺丰速运", pattern: "^(SF\\d{13}|\\d{12})$" },
	{ id: 500, code: "ZTO", name: "中通快递", pattern: "^7\\d{13}$" },
	{ id: 101, code: "YTO", name: "圆通速递", pattern: "^YT\\d{13}$" },
	{ id: 100, code: "STO", name: "申通快递", pattern: "^77\\d{13}$" },
	{ id: 102, code: "YUNDA", name: "韵达快递", pattern: "^(4|31)\\d{13}$" },
	{ id: 2, code: "EMS", name: "EMS", pattern: "^(E[A-Z]\\d{9}CN|1\\d{12})$" },
	{ id: 200734, code: "POSTB", name: "邮政快递包裹", pattern: "^9\\d{12}$" },
	{ id: 107, code: "DBKD", name: "德邦快递", pattern: "^DPK\\d{12}$" },
	{ id: 1274, code: "JD", name: "京东物流", pattern: "^JD[A-Z0-9]{13}$" },
	{ id: 1259, code: "HTKY", name: "极兔速递", pattern: "^JT\\d{13}$" },
];

/** What documents say of a parcel: the carrier's name; one that is in no list stays as the buyer wrote it. */
export function carrierName(code: string): string {
	return carriers.find((each) => each.code === code)?.name ?? code;
}

export type CarrierProblem = "CARRIER" | "TRACKING_NO";

/** Null when the number can be one of that carrier. */
export function carrierProblem(code: string, trackingNo: string): CarrierProblem | null {
	const carrier = carriers.find((each) => each.code === code);
	if (!carrier) return "CARRIER";
	return new RegExp(carrier.pattern).test(trackingNo) ? null : "TRACKING_NO";
}
