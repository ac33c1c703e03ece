import type { Carrier } from "../carriers.ts";

interface Company {
	id: number;
	code: string; // as in waybills
	name: string;
	carrier: Carrier; // as ERPs call it
}

/** Companies as `pdd.logistics.companies.get` lists them. */
export const companies: readonly Company[] = [
	{ id: 1, code: "STO", name: "申通快递", carrier: "STO" },
	{ id: 44, code: "SF", name: "顺丰快递", carrier: "SF" },
	{ id: 85, code: "YTO", name: "圆通快递", carrier: "YTO" },
	{ id: 115, code: "ZTO", name: "中通快递", carrier: "ZTO" },
	{ id: 118, code: "EMS", name: "邮政EMS", carrier: "EMS" },
	{ id: 120, code: "JD", name: "京东配送", carrier: "JD" },
	{ id: 121, code: "YUNDA", name: "韵达快递", carrier: "YUNDA" },
	{ id: 131, code: "DB", name: "德邦快递", carrier: "DBKD" },
	{ id: 132, code: "YZXB", name: "邮政快递包裹", carrier: "POSTB" },
	{ id: 384, code: "JTSD", name: "极兔速递", carrier: "JTSD" },
];

/** What buyers write on their returns is an ERP's code; the platform shows the company's name. */
export function nameOf(carrier: string): string {
	return companies.find((company) => company.carrier === carrier)?.name ?? carrier;
}
