/** Orders, refunds and pushes by hour and day. */
import { beijingDay, beijingMidnight } from "../../config/beijing.ts";
import { hubError } from "../../config/errors.ts";
import type { PlatformRefunds } from "../aftersale/report.ts";
import type { HourOutcomes } from "../erp/report.ts";
import type { HourOrders, PlatformOrders } from "../order/report.ts";
import type { Caller } from "./caller.ts";
import { dayByDay, type Stretch } from "./day-by-day.ts";

export interface HoursReport {
	from: Date;
	to: Date;
	hours: HourOrders[]; // hours without orders are left out
	today: TodayOfPlatform[]; // Beijing's day
}

export interface TodayOfPlatform extends PlatformRefunds {
	orders: number;
	paidFen: number;
}

export interface OutcomesReport {
	from: Date;
	to: Date;
	hours: HourOutcomes[]; // hours without any are left out
}

export interface DayRefunds extends PlatformRefunds {
	day: string; // Beijing's: "2026-03-18"
	orders: number;
	rate: number | null; // refunds applied for to orders placed on the day; null: there were no orders
}

const dayMs = 24 * 3_600_000;
const mostDays = 7;

const ordersOf = dayByDay((caller, day) => caller.call<HourOrders[], Stretch>("order.byHour", day));
const platformsOf = dayByDay((caller, day) => caller.call<PlatformOrders[], Stretch>("order.byPlatform", day));
const refundsOf = dayByDay((caller, day) =>
	caller.call<PlatformRefunds[], Stretch>("aftersale.refundsByPlatform", day),
);
const outcomesOf = dayByDay((caller, day) => caller.call<HourOutcomes[], Stretch>("erp.outcomesByHour", day));

/** Today where neither end is given. @throws INVALID for more than seven days, or an end before its start */
function stretchOf({ from, to }: Partial<Stretch>): Stretch {
	const end = to ?? new Date();
	const start = from ?? beijingMidnight(end);
	if (start >= end) throw hubError("INVALID", "from must be before `to`, and before now", { field: "from" });
	if (end.getTime() - start.getTime() > mostDays * dayMs) {
		throw hubError("INVALID", `from is more than ${mostDays} days before \`to\``, { field: "from" });
	}
	return { from: start, to: end };
}

const hourMs = 3_600_000;

/** Of whole days, the hours that the stretch touches, in order. */
function within<T extends { at: string }>(days: readonly { rows: T[] }[], { from, to }: Stretch): T[] {
	const first = Math.floor(from.getTime() / hourMs) * hourMs;
	return days
		.flatMap(({ rows }) => rows)
		.filter(({ at }) => Date.parse(at) >= first && Date.parse(at) < to.getTime())
		.sort((a, b) => (a.at < b.at ? -1 : 1));
}

export async function hoursReport(caller: Caller, asked: Partial<Stretch>): Promise<HoursReport> {
	const stretch = stretchOf(asked);
	const now = new Date();
	const today = { from: beijingMidnight(now), to: new Date(now.getTime() + 1) };
	const [days, ordersToday, refundsToday] = await Promise.all([
		ordersOf(caller, stretch),
		ordersOf(caller, today),
		refundsOf(caller, today),
	]);
	const orders = ordersToday.flatMap(({ rows }) => rows);
	return {
		...stretch,
		hours: within(days, stretch),
		today: todayOf(
			orders,
			refundsToday.flatMap(({ rows }) => rows),
		),
	};
}

function todayOf(orders: readonly HourOrders[], refunds: readonly PlatformRefunds[]): TodayOfPlatform[] {
	const platforms = new Set([...orders, ...refunds].map(({ platform }) => platform));
	return [...platforms].sort().map((platform) => {
		const placed = orders.filter((row) => row.platform === platform);
		const { refunds: count = 0, refundFen = 0 } = refunds.find((row) => row.platform === platform) ?? {};
		return {
			platform,
			orders: placed.reduce((sum, row) => sum + row.orders, 0),
			paidFen: placed.reduce((sum, row) => sum + row.paidFen, 0),
			refunds: count,
			refundFen,
		};
	});
}

export async function outcomesReport(caller: Caller, asked: Partial<Stretch>): Promise<OutcomesReport> {
	const stretch = stretchOf(asked);
	return { ...stretch, hours: within(await outcomesOf(caller, stretch), stretch) };
}

/** The last days, today among them; days and platforms without either are left out. */
export async function refundRates(caller: Caller, days: number): Promise<{ days: DayRefunds[] }> {
	const now = new Date();
	const from = new Date(beijingMidnight(now).getTime() - (days - 1) * dayMs);
	const stretch = { from, to: new Date(now.getTime() + 1) };
	const [orders, refunds] = await Promise.all([platformsOf(caller, stretch), refundsOf(caller, stretch)]);
	return { days: orders.flatMap(({ day, rows }, at) => ratesOf(day, rows, refunds[at]?.rows ?? [])) };
}

function ratesOf(day: Date, orders: readonly PlatformOrders[], refunds: readonly PlatformRefunds[]): DayRefunds[] {
	const platforms = new Set([...orders, ...refunds].map(({ platform }) => platform));
	return [...platforms].sort().map((platform) => {
		const placed = orders.find((row) => row.platform === platform)?.orders ?? 0;
		const { refunds: count = 0, refundFen = 0 } = refunds.find((row) => row.platform === platform) ?? {};
		return {
			day: beijingDay(day),
			platform,
			orders: placed,
			refunds: count,
			refundFen,
			rate: placed ? count / placed : null,
		};
	});
}
