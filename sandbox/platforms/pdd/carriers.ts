interface Company {
	id: number;
	code: string; // as in waybills
	name: string;
	carrier: string; // as ERPs call it
	pattern: RegExp; // of its tracking numbers
}

/** Companies as `pdd.logistics.companies.get` lists them. */
export const companies: readonly Company[] = [
	{ id: 1, code: "STO", name: "申通快递", carrier: "STO", pattern: /^77\d{13}$/ },
	{ id: 44, code: "SF", name: "顺丰快递", carrier: "SF", pattern: /^(SF\d{13}|\d{12})$/ },
	{ id: 85, code: "YTO", name: "圆通快递", carrier: "YTO", pattern: /^YT\d{13}$/ },
	{ id: 115, code: "ZTO", name: "中通快递", carrier: "ZTO", pattern: /^7\d{13}$/ },
	{ id: 118, code: "EMS", name: "邮政EMS", carrier: "EMS", pattern: /^(E[A-Z]\d{9}CN|1\d{12})$/ },
	{ id: 120, code: "JD", name: "京东配送", carrier: "JD", pattern: /^JD[A-Z0-9]{13}$/ },
	{ id: 121, code: "YUNDA", name: "韵达快递", carrier: "YUNDA", pattern: /^(4|31)\d{13}$/ },
	{ id: 131, code: "DB", name: "德邦快递", carrier: "DBKD", pattern: /^DPK\d{12}$/ },
	{ id: 132, code: "YZXB", name: "邮政快递包裹", carrier: "POSTB", pattern: /^9\d{12}$/ },
	{ id: 384, code: "JTSD", name: "极兔速递", carrier: "JTSD", pattern: /^JT\d{13}$/ },
];

/** What buyers write on their returns is an ERP's code; the platform shows the company's name. */
export function nameOf(carrier: string): string {
	return companies.find((company) => company.carrier === carrier)?.name ?? carrier;
}
