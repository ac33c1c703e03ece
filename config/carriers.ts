/** Our carrier codes. ERPs and people give these; every platform's adapter translates them into its own. */
export const carriers = {
	SF: { zh: "顺丰速运", en: "SF Express" },
	ZTO: { zh: "中通快递", en: "ZTO Express" },
	YTO: { zh: "圆通速递", en: "YTO Express" },
	STO: { zh: "申通快递", en: "STO Express" },
	YUNDA: { zh: "韵达快递", en: "Yunda Express" },
	JTSD: { zh: "极兔速递", en: "J&T Express" },
	EMS: { zh: "EMS", en: "EMS" },
	POSTB: { zh: "邮政快递包裹", en: "China Post parcel" },
	DBKD: { zh: "德邦快递", en: "Deppon Express" },
	JD: { zh: "京东快递", en: "JD Logistics" },
	NONE: { zh: "无需物流", en: "Nothing to carry" }, // virtual goods: no tracking number either
} as const satisfies Record<string, { zh: string; en: string }>;

export type CarrierCode = keyof typeof carriers;
export const carrierCodes = Object.keys(carriers) as CarrierCode[];
