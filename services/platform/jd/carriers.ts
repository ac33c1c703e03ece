/**
 * Our carrier codes -> 京东's number of the company. Source: integrators' lists of what a seller has signed up for
 * (jingdong.fce.alpha.getVenderCarrier). 极兔 is in none of them.
 */
export const carriers: Readonly<Record<string, string>> = {
	SF: "467",
	ZTO: "1499",
	YTO: "463",
	STO: "470",
	YUNDA: "1327",
	EMS: "465",
	POSTB: "2170",
	DBKD: "3046",
	JD: "2087",
	NONE: "1274", // 厂家自送: sent by the seller itself, without a number
};

/** As service orders name them. */
export const carrierNames: Readonly<Record<string, string>> = {
	SF: "顺丰快递",
	ZTO: "中通快递",
	YTO: "圆通快递",
	STO: "申通快递",
	YUNDA: "韵达快递",
	EMS: "邮政EMS",
	POSTB: "邮政快递包裹",
	DBKD: "德邦快递",
	JD: "京东快递",
};
