/** Carriers as `common.getExpressCompanyList` lists them: `ours` as in waybills, `pattern` of their tracking numbers. */
export const carriers: readonly { id: number; ours: string; code: string; name: string; pattern: string }[] = [
	{ id: 1, ours: "SF", code: "shunfeng", name: "顺丰速运", pattern: "^(SF\\d{13}|\\d{12})$" },
	{ id: 2, ours: "ZTO", code: "zhongtong", name: "中通快递", pattern: "^7\\d{13}$" },
	{ id: 3, ours: "YTO", code: "yuantong", name: "圆通速递", pattern: "^YT\\d{13}$" },
	{ id: 4, ours: "STO", code: "shentong", name: "申通快递", pattern: "^77\\d{13}$" },
	{ id: 5, ours: "YUNDA", code: "yunda", name: "韵达快递", pattern: "^(4|31)\\d{13}$" },
	{ id: 6, ours: "JTSD", code: "jtexpress", name: "极兔速递", pattern: "^JT\\d{13}$" },
	{ id: 7, ours: "EMS", code: "ems", name: "EMS", pattern: "^(E[A-Z]\\d{9}CN|1\\d{12})$" },
	{ id: 8, ours: "POSTB", code: "youzhengguonei", name: "邮政快递包裹", pattern: "^9\\d{12}$" },
	{ id: 9, ours: "DBKD", code: "debangkuaidi", name: "德邦快递", pattern: "^DPK\\d{12}$" },
	{ id: 10, ours: "JD", code: "jd", name: "京东快递", pattern: "^JD[A-Z0-9]{13}$" },
	{ id: 99, ours: "", code: "selfdelivery", name: "商家自送", pattern: "^.{1,100}$" },
];

export function carrierOf(code: string): (typeof carriers)[number] | undefined {
	return carriers.find((each) => each.code === code);
}

/** The market's buyers name carriers as every platform's buyers do. */
export function carrierCode(marketCode: string): string {
	return carriers.find(({ ours }) => ours === marketCode)?.code ?? marketCode;
}
