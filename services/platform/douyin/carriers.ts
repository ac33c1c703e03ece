/** Our carrier codes -> `company_code`. Source: order.logisticsCompanyList. */
export const carriers: Readonly<Record<string, string>> = {
	SF: "shunfeng",
	ZTO: "zhongtong",
	YTO: "yuantong",
	STO: "shentong",
	YUNDA: "yunda",
	JTSD: "jtexpress",
	EMS: "ems",
	POSTB: "youzhengguonei",
	DBKD: "debangwuliu",
	JD: "jd",
};
