/** Amounts, times and names as operators read them. */
import { carriers } from "../config/carriers.ts";
import { platforms } from "../config/platforms.ts";
import { language, told } from "./language.ts";

/** Fen -> "1,234.50", without a sign of the currency: it is yuan everywhere. */
export const yuan = (fen: number): string =>
	(fen / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const zone = "Asia/Shanghai";
const beijing = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });

/** Beijing time: "2026-11-11 00:00:05"; "—" where there is none. */
export const time = (at: string | Date | null | undefined): string => (at ? beijing.format(new Date(at)) : "—");

/** "11-11 00:00", for columns. */
export const shortTime = (at: string | Date | null | undefined): string =>
	at ? time(at).slice("2026-".length, "2026-11-11 00:00".length) : "—";

/** "3 分钟前". */
export function ago(at: string | Date | null | undefined, nowMs = Date.now()): string {
	if (!at) return "—";
	const seconds = Math.round((nowMs - new Date(at).getTime()) / 1_000);
	const format = new Intl.RelativeTimeFormat(language.value === "zh" ? "zh-CN" : "en", { numeric: "auto" });
	const units = [
		["day", 86_400],
		["hour", 3_600],
		["minute", 60],
	] as const;
	for (const [unit, length] of units)
		if (Math.abs(seconds) >= length) return format.format(-Math.round(seconds / length), unit);
	return format.format(-seconds, "second");
}

/** Orders that people enter are of no platform. */
const byHand = { manual: { zh: "手工订单", en: "By hand" } };

export const platformName = (name: string): string => {
	const known = ({ ...platforms, ...byHand } as Record<string, { zh: string; en: string }>)[name];
	return known ? told(known) : name;
};

export const carrierName = (code: string): string => {
	const known = (carriers as Record<string, { zh: string; en: string }>)[code];
	return known ? told(known) : code;
};

export const count = (amount: number): string => amount.toLocaleString("en-US");
