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

/** The other way; a code we do not know stays as it is. */
export const ourCarrier = (companyCode: string): string =>
	Object.keys(carriers).find((ours) => carriers[ours] === companyCode) ?? companyCode;
