/**
 * Shipping companies by `expressCode`: `ebill` is their code in electronic waybills, `pattern` what a tracking number
 * must look like.
 */
export const carriers: readonly { code: number; ebill: string; name: string; pattern: RegExp }[] = [
	{ code: 4, ebill: "SF", name: "顺丰速运", pattern: /^(SF\d{13}|\d{12})$/ },
	{ code: 9, ebill: "ZTO", name: "中通快递", pattern: /^7\d{13}$/ },
	{ code: 6, ebill: "YTO", name: "圆通速递", pattern: /^YT\d{13}$/ },
	{ code: 3, ebill: "STO", name: "申通快递", pattern: /^77\d{13}$/ },
	{ code: 11, ebill: "YUNDA", name: "韵达快递", pattern: /^(4|31)\d{13}$/ },
	{ code: 2, ebill: "EMS", name: "EMS", pattern: /^(E[A-Z]\d{9}CN|1\d{12})$/ },
	{ code: 8, ebill: "POSTB", name: "邮政包裹", pattern: /^9\d{12}$/ },
	{ code: 17, ebill: "DBKD", name: "德邦快递", pattern: /^DPK\d{12}$/ },
	{ code: 14, ebill: "JD", name: "京东快递", pattern: /^JD[A-Z0-9]{13}$/ },
	{ code: 109, ebill: "JTSD", name: "极兔速递", pattern: /^JT\d{13}$/ },
];

/** Null when the number can be one of that company. */
export function carrierProblem(code: number, trackingNo: string): "CARRIER" | "TRACKING_NO" | null {
	const carrier = carriers.find((each) => each.code === code);
	if (!carrier) return "CARRIER";
	return carrier.pattern.test(trackingNo) ? null : "TRACKING_NO";
}

/** The code of a company as others name it ("SF", or the code itself); 0: none of ours. */
export function expressCode(carrier: string): number {
	return carriers.find((each) => each.ebill === carrier || String(each.code) === carrier)?.code ?? 0;
}
