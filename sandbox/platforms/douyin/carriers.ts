import type { Carrier } from "../carriers.ts";

/** Carriers as `order.logisticsCompanyList` lists them. `ours`: the code ERPs use. */
export const carriers: readonly { id: number; code: string; name: string; ours: Carrier }[] = [
	{ id: 12, code: "shunfeng", name: "顺丰速运", ours: "SF" },
	{ id: 15, code: "zhongtong", name: "中通快递", ours: "ZTO" },
	{ id: 7, code: "yuantong", name: "圆通快递", ours: "YTO" },
	{ id: 8, code: "shentong", name: "申通快递", ours: "STO" },
	{ id: 9, code: "yunda", name: "韵达快递", ours: "YUNDA" },
	{ id: 19, code: "jtexpress", name: "极兔速递", ours: "JTSD" },
	{ id: 17, code: "ems", name: "EMS", ours: "EMS" },
	{ id: 16, code: "youzhengguonei", name: "邮政快递包裹", ours: "POSTB" },
	{ id: 20, code: "debangwuliu", name: "德邦快递", ours: "DBKD" },
	{ id: 29, code: "jd", name: "京东物流", ours: "JD" },
];

/** By the platform's code; undefined for another. */
export const carrierOf = (code: string): (typeof carriers)[number] | undefined =>
	carriers.find((each) => each.code === code);

/** Buyers send goods back by carriers named as ERPs do; a carrier the platform has not keeps its name. */
export function carrierOfBuyer(named: string): { code: string; name: string } {
	const known = carriers.find((each) => each.ours === named || each.code === named);
	return known ?? { code: "", name: named };
}
