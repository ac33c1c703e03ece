import type { Carrier } from "../carriers.ts";

/** Shipping companies by `expressCode`; `ebill` is their code in electronic waybills, the same as ERPs use. */
export const carriers: readonly { code: number; ebill: Carrier; name: string }[] = [
	{ code: 4, ebill: "SF", name: "顺丰速运" },
	{ code: 9, ebill: "ZTO", name: "中通快递" },
	{ code: 6, ebill: "YTO", name: "圆通速递" },
	{ code: 3, ebill: "STO", name: "申通快递" },
	{ code: 11, ebill: "YUNDA", name: "韵达快递" },
	{ code: 2, ebill: "EMS", name: "EMS" },
	{ code: 8, ebill: "POSTB", name: "邮政包裹" },
	{ code: 17, ebill: "DBKD", name: "德邦快递" },
	{ code: 14, ebill: "JD", name: "京东快递" },
	{ code: 109, ebill: "JTSD", name: "极兔速递" },
];

/** The code of a company as others name it ("SF", or the code itself); 0: none of ours. */
export function expressCode(carrier: string): number {
	return carriers.find((each) => each.ebill === carrier || String(each.code) === carrier)?.code ?? 0;
}
