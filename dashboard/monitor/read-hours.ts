/** Which hours of a shop were read, whatever is read of it: the worst that is true of an hour. Pure. */
import type { ReadingOfShop } from "../lag.ts";
import type { HourRead, HourState } from "../shops/readings.ts";

const worstFirst: readonly HourState[] = ["GAP", "FAILED", "OPEN", "DONE", "NONE"];

export interface ShopHours {
	shopId: string;
	shopName: string;
	platform: string;
	hours: HourRead[];
	reasons: string[]; // why a list could not be read the last time
	pausedUntil: string | null; // the platform wants no calls until then
}

/** The shop with the most hours that are missing first. */
export function hoursByShop(readings: readonly ReadingOfShop[]): ShopHours[] {
	const shops = [...Map.groupBy(readings, ({ shopId }) => shopId).values()].map(shopOf);
	const missing = ({ hours }: ShopHours): number => hours.filter(({ state }) => isMissing(state)).length;
	return shops.sort((a, b) => missing(b) - missing(a));
}

export const isMissing = (state: HourState): boolean => state === "GAP" || state === "FAILED";

function shopOf(readings: readonly ReadingOfShop[]): ShopHours {
	const [first] = readings as [ReadingOfShop, ...ReadingOfShop[]];
	const { shopId, shopName, platform } = first;
	const hours = first.hours.map(({ at }, index) => {
		const states = new Set(readings.map(({ hours }) => hours[index]?.state));
		return { at, state: worstFirst.find((state) => states.has(state)) ?? "NONE" };
	});
	const until = readings.flatMap(({ paused }) => paused.map((pause) => pause.until)).sort();
	const reasons = [...new Set(readings.map(({ reason }) => reason).filter(Boolean))];
	return { shopId, shopName, platform, hours, reasons, pausedUntil: until.at(-1) ?? null };
}
