import type { Carrier } from "../carriers.ts";

/** Carriers as `common.getExpressCompanyList` lists them. `ours`: the code ERPs use; null: the seller drives by itself. */
export const carriers: readonly { id: number; ours: Carrier | null; code: string; name: string }[] = [
	{ id: 1, ours: "SF", code: "shunfeng", name: "顺丰速运" },
	{ id: 2, ours: "ZTO", code: "zhongtong", name: "中通快递" },
	{ id: 3, ours: "YTO", code: "yuantong", name: "圆通速递" },
	{ id: 4, ours: "STO", code: "shentong", name: "申通快递" },
	{ id: 5, ours: "YUNDA", code: "yunda", name: "韵达快递" },
	{ id: 6, ours: "JTSD", code: "jtexpress", name: "极兔速递" },
	{ id: 7, ours: "EMS", code: "ems", name: "EMS" },
	{ id: 8, ours: "POSTB", code: "youzhengguonei", name: "邮政快递包裹" },
	{ id: 9, ours: "DBKD", code: "debangkuaidi", name: "德邦快递" },
	{ id: 10, ours: "JD", code: "jd", name: "京东快递" },
	{ id: 99, ours: null, code: "selfdelivery", name: "商家自送" },
];

export function carrierOf(code: string): (typeof carriers)[number] | undefined {
	return carriers.find((each) => each.code === code);
}

/** The market's buyers name carriers as every platform's buyers do. */
export function carrierCode(marketCode: string): string {
	return carriers.find(({ ours }) => ours === marketCode)?.code ?? marketCode;
}
