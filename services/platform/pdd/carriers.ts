import type { CarrierCode } from "../../../config/carriers.ts";

interface Company {
	id: string; // `logistics_id` when shipping
	wpCode: string; // `wp_code` of waybills
	name: string;
}

/** Our carrier codes -> the platform's companies. Source: pdd.logistics.companies.get. */
const companies: Readonly<Record<Exclude<CarrierCode, "NONE">, Company>> = {
	SF: { id: "44", wpCode: "SF", name: "顺丰快递" },
	ZTO: { id: "115", wpCode: "ZTO", name: "中通快递" },
	YTO: { id: "85", wpCode: "YTO", name: "圆通快递" },
	STO: { id: "1", wpCode: "STO", name: "申通快递" },
	YUNDA: { id: "121", wpCode: "YUNDA", name: "韵达快递" },
	JTSD: { id: "384", wpCode: "JTSD", name: "极兔速递" },
	EMS: { id: "118", wpCode: "EMS", name: "邮政EMS" },
	POSTB: { id: "132", wpCode: "YZXB", name: "邮政快递包裹" },
	DBKD: { id: "131", wpCode: "DB", name: "德邦快递" },
	JD: { id: "120", wpCode: "JD", name: "京东配送" },
};

const by = (field: keyof Company): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(companies).map(([ours, company]) => [ours, company[field]]));

export const logisticsIds = by("id");
export const wpCodes = by("wpCode");
export const companyNames = by("name");
