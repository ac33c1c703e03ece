import { beijingMs } from "../../beijing.ts";
import { invalid, missing } from "./errors.ts";

/** Business parameters of one call. Every reader throws the gateway's error 40 or 41 naming the parameter. */
export class Arguments {
	readonly #params: ReadonlyMap<string, string>;

	constructor(params: ReadonlyMap<string, string>) {
		this.#params = params;
	}

	/** Null when absent or empty. */
	text(name: string): string | null {
		return this.#params.get(name) || null;
	}

	needed(name: string): string {
		const value = this.text(name);
		if (value === null) throw missing(name);
		return value;
	}

	/** A comma separated list; null when absent. */
	csv(name: string): string[] | null {
		return (
			this.text(name)
				?.split(",")
				.map((part) => part.trim())
				.filter(Boolean) ?? null
		);
	}

	/** A platform id: digits only, kept as text. */
	id(name: string): string {
		const value = this.needed(name);
		if (!/^\d{1,19}$/.test(value)) throw invalid(name, "不是数字");
		return value;
	}

	int(name: string, fallback: number, from: number, to: number): number {
		const value = this.text(name);
		if (value === null) return fallback;
		const number = Number(value);
		if (!/^\d{1,9}$/.test(value) || number < from || number > to) throw invalid(name, `应为${from}-${to}`);
		return number;
	}

	flag(name: string): boolean {
		const value = this.text(name);
		if (value === null || value === "false") return false;
		if (value !== "true") throw invalid(name, "应为true或false");
		return true;
	}

	/** Epoch milliseconds of a Beijing time. */
	time(name: string): number {
		const ms = beijingMs(this.needed(name));
		if (ms === null) throw invalid(name, "应为yyyy-MM-dd HH:mm:ss");
		return ms;
	}

	/** A window of which either end may be left out: up to now, from ninety days before its end. */
	openWindow(startName: string, endName: string, nowMs: number): { fromMs: number; toMs: number } {
		const toMs = this.text(endName) ? this.time(endName) : nowMs;
		const fromMs = this.text(startName) ? this.time(startName) : toMs - 90 * dayMs;
		if (fromMs >= toMs) throw invalid(endName, "结束时间必须晚于开始时间");
		return { fromMs, toMs };
	}

	/** A window of time: it must run forward, be no longer than `mostMs` and begin in the last three months. */
	window(startName: string, endName: string, nowMs: number, mostMs: number): { fromMs: number; toMs: number } {
		const fromMs = this.time(startName);
		const toMs = this.time(endName);
		if (fromMs >= toMs) throw invalid(endName, "结束时间必须晚于开始时间");
		if (toMs - fromMs > mostMs) throw invalid(endName, "时间跨度过长");
		if (fromMs < nowMs - threeMonthsMs) throw invalid(startName, "只能查询三个月内的数据");
		return { fromMs, toMs };
	}
}

export const dayMs = 24 * 3_600_000;
/** 92 days: any three months. */
const threeMonthsMs = 92 * dayMs;
