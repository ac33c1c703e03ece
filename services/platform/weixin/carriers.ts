/**
 * Our carrier codes -> `delivery_id`. Source: order/deliverycompanylist/get. The list's code of 邮政快递包裹 could not be
 * found out, so the hub does not offer it here.
 */
export const carriers: Readonly<Record<string, string>> = {
	SF: "SF",
	ZTO: "ZTO",
	YTO: "YTO",
	STO: "STO",
	YUNDA: "YUNDA",
	JTSD: "JTSD",
	EMS: "EMS",
	DBKD: "DBKD",
	JD: "JD",
	NONE: "", // without logistics, `deliver_type` 3
};
