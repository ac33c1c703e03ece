import { isLosslessNumber, parse } from "lossless-json";
import { beijingMs } from "../../beijing.ts";
import { invalid, missing } from "./errors.ts";

/** Business parameters of one call: an object of JSON. Every reader throws the gateway's error naming the parameter. */
export class Arguments {
	readonly #fields: Readonly<Record<string, unknown>>;
	readonly #where: string;

	constructor(fields: unknown, where = "360buy_param_json") {
		if (typeof fields !== "object" || fields === null || Array.isArray(fields)) throw invalid(where, "应为JSON对象");
		this.#fields = fields as Record<string, unknown>;
		this.#where = where;
	}

	/** @throws JdError for a text that is no JSON object */
	static of(json: string | null | undefined, where = "360buy_param_json"): Arguments {
		if (!json) throw missing(where);
		let fields: unknown;
		try {
			fields = parse(json);
		} catch {
			throw invalid(where, "不是JSON");
		}
		return new Arguments(fields, where);
	}

	has(name: string): boolean {
		const value = this.#fields[name];
		return value !== undefined && value !== null && value !== "";
	}

	/** Text, or a number's digits; null when absent or empty. */
	text(name: string): string | null {
		if (!this.has(name)) return null;
		const value = this.#fields[name];
		if (typeof value === "string") return value;
		if (isLosslessNumber(value)) return value.toString();
		throw invalid(name, "应为文本");
	}

	needed(name: string): string {
		return this.text(name) ?? fail(name);
	}

	/** A text that must be there, but may be empty. */
	present(name: string): string {
		const value = this.#fields[name];
		return typeof value === "string" ? value : fail(name);
	}

	csv(name: string): string[] {
		return this.needed(name)
			.split(",")
			.map((part) => part.trim())
			.filter(Boolean);
	}

	/** A number of 京东's, as text. */
	id(name: string): string {
		const value = this.needed(name);
		if (!/^\d{1,19}$/.test(value)) throw invalid(name, "不是数字");
		return value;
	}

	int(name: string, from: number, to: number, fallback?: number): number {
		const value = this.text(name);
		if (value === null && fallback !== undefined) return fallback;
		const number = Number(value ?? fail(name));
		if (!Number.isInteger(number) || number < from || number > to) throw invalid(name, `应为${from}-${to}`);
		return number;
	}

	flag(name: string): boolean {
		const value = this.#fields[name] ?? false;
		if (typeof value !== "boolean") throw invalid(name, "应为true或false");
		return value;
	}

	/** Epoch milliseconds of a Beijing time. */
	time(name: string): number {
		const ms = beijingMs(this.needed(name));
		if (ms === null) throw invalid(name, "应为yyyy-MM-dd HH:mm:ss");
		return ms;
	}

	/** A window that runs forward and is at most `mostMs` long. */
	window(start: string, end: string, mostMs: number): { fromMs: number; toMs: number } {
		const fromMs = this.time(start);
		const toMs = this.time(end);
		if (fromMs > toMs) throw invalid(end, "不能早于开始时间");
		if (toMs - fromMs > mostMs) throw invalid(end, "时间跨度过长");
		return { fromMs, toMs };
	}

	part(name: string): Arguments {
		return new Arguments(this.#fields[name] ?? fail(name), name);
	}

	/** A list of objects. */
	parts(name: string): Arguments[] {
		return this.#list(name).map((each) => new Arguments(each, name));
	}

	/** A list of numbers, as texts; empty when absent. */
	ids(name: string): string[] {
		if (!this.has(name)) return [];
		return this.#list(name).map((each) => {
			const value = isLosslessNumber(each) || typeof each === "string" ? each.toString() : "";
			return /^\d{1,19}$/.test(value) ? value : fail(name);
		});
	}

	#list(name: string): unknown[] {
		const value = this.#fields[name];
		if (!Array.isArray(value)) throw invalid(`${this.#where}.${name}`, "应为数组");
		return value;
	}
}

function fail(name: string): never {
	throw missing(name);
}

export const dayMs = 24 * 3_600_000;
