/**
 * Our carrier codes -> `expressCompanyCode`, which is also the `cpCode` of waybills.
 * Source: common.getExpressCompanyList.
 */
export const carriers: Readonly<Record<string, string>> = {
	SF: "shunfeng",
	ZTO: "zhongtong",
	YTO: "yuantong",
	STO: "shentong",
	YUNDA: "yunda",
	JTSD: "jtexpress",
	EMS: "ems",
	POSTB: "youzhengguonei",
	DBKD: "debangkuaidi",
	JD: "jd",
	NONE: "selfdelivery",
};
