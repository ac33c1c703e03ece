import type { Carrier } from "../carriers.ts";

/** Carriers as `taobao.logistics.companies.get` lists them. `ours`: the code ERPs use; 极兔 has 百世's here. */
export const carriers: readonly { id: number; code: string; name: string; ours: Carrier }[] = [
	{ id: 505, code: "SF", name: "顺丰速运", ours: "SF" },
	{ id: 500, code: "ZTO", name: "中通快递", ours: "ZTO" },
	{ id: 101, code: "YTO", name: "圆通速递", ours: "YTO" },
	{ id: 100, code: "STO", name: "申通快递", ours: "STO" },
	{ id: 102, code: "YUNDA", name: "韵达快递", ours: "YUNDA" },
	{ id: 2, code: "EMS", name: "EMS", ours: "EMS" },
	{ id: 200734, code: "POSTB", name: "邮政快递包裹", ours: "POSTB" },
	{ id: 107, code: "DBKD", name: "德邦快递", ours: "DBKD" },
	{ id: 1274, code: "JD", name: "京东物流", ours: "JD" },
	{ id: 1259, code: "HTKY", name: "极兔速递", ours: "JTSD" },
];

export const carrierOf = (code: string): (typeof carriers)[number] | undefined =>
	carriers.find((each) => each.code === code);

/** What documents say of a parcel: the carrier's name; one that is in no list stays as the buyer wrote it. */
export const carrierName = (code: string): string => carrierOf(code)?.name ?? code;
