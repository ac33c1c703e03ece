import { ourCarrier, platformCarrier } from "../table.ts";

/** Our carrier codes -> `company_code`. Source: taobao.logistics.companies.get. */
export const carriers: Readonly<Record<string, string>> = {
	SF: "SF",
	ZTO: "ZTO",
	YTO: "YTO",
	STO: "STO",
	YUNDA: "YUNDA",
	JTSD: "HTKY", // 极兔 took 百世's code over
	EMS: "EMS",
	POSTB: "POSTB",
	DBKD: "DBKD",
	JD: "JD",
};

/** What documents say: the carrier's name, as the same list has it. */
const names: Readonly<Record<string, string>> = {
	SF: "顺丰速运",
	ZTO: "中通快递",
	YTO: "圆通速递",
	STO: "申通快递",
	YUNDA: "韵达快递",
	JTSD: "极兔速递",
	EMS: "EMS",
	POSTB: "邮政快递包裹",
	DBKD: "德邦快递",
	JD: "京东物流",
};

/** The carrier's name, where a call wants it. @throws CARRIER_UNKNOWN */
export const carrierName = (carrier: string): string => platformCarrier(names, carrier);

/** Ours for the platform's name or code; one that we do not know stays as it is. */
export const carrierNamed = (said: string): string =>
	Object.values(names).includes(said) ? ourCarrier(names, said) : ourCarrier(carriers, said);
