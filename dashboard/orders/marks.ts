import type { Colour } from "../colours.ts";

/** What platforms say of an order beside its state; one that is not here is shown as the platform's adapter calls it. */
export const orderMarks: Readonly<Record<string, { zh: string; en: string; colour: Colour }>> = {
	presale: { zh: "预售", en: "presale", colour: "orange" },
	"gift-to-friend": { zh: "送礼", en: "gift", colour: "blue" },
	group: { zh: "拼团", en: "group", colour: "blue" },
	virtual: { zh: "虚拟", en: "virtual", colour: "grey" },
	cod: { zh: "货到付款", en: "cash on delivery", colour: "orange" },
	exchange: { zh: "换货", en: "exchange", colour: "red" },
	manual: { zh: "手工", en: "manual", colour: "blue" },
	locked: { zh: "平台锁定", en: "locked", colour: "red" },
	"risk-check": { zh: "风控", en: "risk check", colour: "red" },
	"forbid-consign": { zh: "禁止发货", en: "must not ship", colour: "red" },
	"read-only": { zh: "只读", en: "read only", colour: "grey" },
};
