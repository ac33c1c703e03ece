import type { ServiceSchema } from "moleculer";
import type { HubContext } from "../../mixins/actor.ts";
import type { Stretch } from "./day-by-day.ts";
import { hoursReport, outcomesReport, refundRates } from "./hours.ts";
import { deadlinesReport, windowsReport } from "./shops.ts";
import { workbench } from "./workbench.ts";

const date = { type: "date", convert: true, optional: true } as const;
const stretch = { $$strict: true, from: date, to: date } as const;
const wholeNumber = { type: "number", integer: true, convert: true } as const;
const slow = 30_000; // the first to ask for days that nobody has read yet

/**
 * report: figures for charts, the monitor and the workbench, within the caller's shops. It owns nothing: others count
 * what is theirs, and what they said is kept for a moment, as pages ask again and again.
 */
const ReportService: ServiceSchema = {
	name: "report",
	actions: {
		/** A HoursReport: at most seven days; today where neither end is given. @throws INVALID */
		hours: {
			timeout: slow,
			params: stretch,
			handler: (ctx: HubContext<Partial<Stretch>>) => hoursReport(ctx, ctx.params),
		},
		/** An OutcomesReport, of a stretch as above. @throws INVALID */
		outcomes: {
			timeout: slow,
			params: stretch,
			handler: (ctx: HubContext<Partial<Stretch>>) => outcomesReport(ctx, ctx.params),
		},
		/** {days: DayRefunds[]} */
		refundRate: {
			timeout: slow,
			params: { $$strict: true, days: { ...wholeNumber, min: 1, max: 30, default: 7 } },
			handler: (ctx: HubContext<{ days: number }>) => refundRates(ctx, ctx.params.days),
		},
		/** A DeadlinesReport */
		deadlines: {
			timeout: slow,
			params: { $$strict: true },
			handler: (ctx: HubContext<object>) => deadlinesReport(ctx),
		},
		/** A WindowsReport of the last hours. */
		windows: {
			timeout: slow,
			params: { $$strict: true, hours: { ...wholeNumber, min: 1, max: 72, default: 24 } },
			handler: (ctx: HubContext<{ hours: number }>) => windowsReport(ctx, ctx.params.hours),
		},
		/** A WorkbenchReport */
		workbench: {
			timeout: slow,
			params: { $$strict: true },
			handler: (ctx: HubContext<object>) => workbench(ctx),
		},
	},
};

export default ReportService;
