/**
 * Our carrier codes -> `expressCode`, a whole number, for shipping. Source: open platform documentation, table of
 * shipping companies; there is no list to ask for. Nothing can be shipped without a carrier.
 */
export const carriers: Readonly<Record<string, string>> = {
	SF: "4",
	ZTO: "9",
	YTO: "6",
	STO: "3",
	YUNDA: "11", // 7 is its freight business
	JTSD: "109",
	EMS: "2",
	POSTB: "8",
	DBKD: "17",
	JD: "14",
};

/**
 * Our carrier codes -> `expressCompanyCode` of electronic waybills, a text. SF, YTO and ZTO are documented; the others
 * are inferred from their names. The company of the waybill and of the shipment must be the same.
 */
export const waybillCarriers: Readonly<Record<string, string>> = {
	SF: "SF",
	ZTO: "ZTO",
	YTO: "YTO",
	STO: "STO",
	YUNDA: "YUNDA",
	JTSD: "JTSD",
	EMS: "EMS",
	POSTB: "POSTB",
	DBKD: "DBKD",
	JD: "JD",
};
