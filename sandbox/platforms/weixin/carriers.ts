import type { Carrier } from "../carriers.ts";

/** Carriers as `order/deliverycompanylist/get` lists them; the platform's codes are those ERPs use. */
export const carriers: readonly { id: Carrier; name: string }[] = [
	{ id: "SF", name: "顺丰速运" },
	{ id: "ZTO", name: "中通快递" },
	{ id: "YTO", name: "圆通速递" },
	{ id: "STO", name: "申通快递" },
	{ id: "YUNDA", name: "韵达快递" },
	{ id: "JTSD", name: "极兔速递" },
	{ id: "EMS", name: "EMS" },
	{ id: "DBKD", name: "德邦快递" },
	{ id: "JD", name: "京东快递" },
];
