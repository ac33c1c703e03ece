import { invalid, missing, PddError } from "./errors.ts";
import type { Params } from "./gateway.ts";

const dayMs = 24 * 3_600_000;
/** 92 days: any three months. */
const threeMonthsMs = 92 * dayMs;

/** Business parameters of one call. Every reader throws PddError naming the parameter. */
export class Arguments {
	readonly #params: Params;

	constructor(params: Params) {
		this.#params = params;
	}

	/** Null when absent or empty. */
	text(name: string): string | null {
		return this.#params.get(name) || null;
	}

	/** Null when absent; may be empty. */
	given(name: string): string | null {
		return this.#params.get(name) ?? null;
	}

	needed(name: string): string {
		return this.text(name) ?? fail(missing(name));
	}

	/** A platform's number, kept as text. */
	id(name: string): string {
		const value = this.needed(name);
		return /^\d{1,19}$/.test(value) ? value : fail(invalid(name, "不是数字"));
	}

	/** `fallback` null: the parameter is needed. */
	int(name: string, fallback: number | null, from: number, to: number): number {
		const value = this.text(name);
		if (value === null) return fallback ?? fail(missing(name));
		const number = Number(value);
		return /^-?\d{1,15}$/.test(value) && number >= from && number <= to
			? number
			: fail(invalid(name, `应为${from}-${to}`));
	}

	oneOf(name: string, values: readonly number[]): number {
		const value = this.int(name, null, 0, 1_000);
		return values.includes(value) ? value : fail(invalid(name, "取值不在范围内"));
	}

	flag(name: string): boolean {
		const value = this.text(name);
		if (value !== null && value !== "true" && value !== "false") throw invalid(name, "应为true或false");
		return value === "true";
	}

	/** JSON text of an object. */
	object(name: string): Record<string, unknown> {
		const value = this.json(name);
		if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(name, "不是JSON对象");
		return value as Record<string, unknown>;
	}

	/** JSON text of a list of objects, of which there may be `most`. */
	objects(name: string, most: number): Record<string, unknown>[] {
		const value = this.json(name);
		if (!Array.isArray(value) || value.length < 1 || value.length > most) throw invalid(name, `应为1-${most}个对象`);
		if (value.some((each) => typeof each !== "object" || each === null)) throw invalid(name, "不是对象列表");
		return value as Record<string, unknown>[];
	}

	/** A window of changes in seconds: at most half an hour, ended three minutes ago, begun in the last three months. */
	window(nowMs: number): { fromMs: number; toMs: number } {
		const fromMs = this.int("start_updated_at", null, 1, 9_999_999_999) * 1000;
		const toMs = this.int("end_updated_at", null, 1, 9_999_999_999) * 1000;
		if (fromMs >= toMs) throw invalid("end_updated_at", "必须晚于开始时间");
		if (toMs - fromMs > 30 * 60_000) throw invalid("end_updated_at", "与开始时间间隔不能超过30分钟");
		if (toMs > nowMs - 3 * 60_000) throw invalid("end_updated_at", "必须早于当前时间3分钟");
		if (fromMs < nowMs - threeMonthsMs) throw invalid("start_updated_at", "只能查询三个月内的数据");
		return { fromMs, toMs };
	}

	/** Page, from 1, and its size. */
	page(): { page: number; size: number } {
		return { page: this.int("page", 1, 1, 1_000_000), size: this.int("page_size", 100, 1, 100) };
	}

	json(name: string): unknown {
		try {
			return JSON.parse(this.needed(name));
		} catch (err) {
			throw err instanceof PddError ? err : invalid(name, "不是JSON");
		}
	}
}

function fail(err: PddError): never {
	throw err;
}
