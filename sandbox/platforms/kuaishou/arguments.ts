import { parse } from "lossless-json";
import { invalid, missing, refused } from "./errors.ts";

type Values = Record<string, unknown>;

/** Business parameters of one call. Every reader throws the platform's refusal naming the parameter. */
export class Arguments {
	readonly #values: Values;

	/** `values`: JSON whose whole numbers are bigints. */
	constructor(values: Values) {
		this.#values = values;
	}

	/** From the text of `param`. */
	static read(param: string): Arguments {
		try {
			const values = parse(param, undefined, (digits) => (/^-?\d+$/.test(digits) ? BigInt(digits) : Number(digits)));
			if (isObject(values)) return new Arguments(values);
		} catch {
			// told below
		}
		throw refused("param不是合法的JSON");
	}

	has(name: string): boolean {
		return (this.#values[name] ?? null) !== null;
	}

	/** Must be there, but may be empty. */
	text(name: string): string {
		const value = this.#needed(name);
		if (typeof value !== "string") throw invalid(name, "应为字符串");
		return value;
	}

	/** Must be there and say something. */
	words(name: string): string {
		return this.text(name) || raise(missing(name));
	}

	/** A platform id: a JSON number, kept as text. A text is refused: int64 is int64. */
	id(name: string): string {
		const value = this.#needed(name);
		if (typeof value !== "bigint" || value < 0n || value >= 2n ** 63n) throw invalid(name, "应为Long");
		return String(value);
	}

	int(name: string, from: number, to: number): number {
		const value = this.#needed(name);
		if (typeof value !== "bigint") throw invalid(name, "应为整数");
		const number = Number(value);
		if (number < from || number > to) throw invalid(name, `应为${from}-${to}`);
		return number;
	}

	optionalInt(name: string, fallback: number, from: number, to: number): number {
		return this.has(name) ? this.int(name, from, to) : fallback;
	}

	flag(name: string): boolean {
		const value = this.#values[name] ?? false;
		if (typeof value !== "boolean") throw invalid(name, "应为布尔值");
		return value;
	}

	/** An object inside; an empty one where it is missing. */
	part(name: string): Arguments {
		const value = this.#values[name] ?? {};
		return isObject(value) ? new Arguments(value) : raise(invalid(name, "应为对象"));
	}

	/** A list of one to `most` objects. */
	list(name: string, most: number): Arguments[] {
		const value = this.#needed(name);
		if (!Array.isArray(value) || !value.every(isObject)) throw invalid(name, "应为对象列表");
		if (value.length === 0 || value.length > most) throw invalid(name, `应为1-${most}个`);
		return value.map((each) => new Arguments(each));
	}

	texts(name: string): string[] {
		const value = this.#values[name] ?? [];
		const isTexts = Array.isArray(value) && value.every((each) => typeof each === "string");
		return isTexts ? value : raise(invalid(name, "应为字符串列表"));
	}

	/** `beginTime` and `endTime`, epoch milliseconds. */
	window(): { fromMs: number; toMs: number } {
		return { fromMs: this.int("beginTime", 1, latestMs), toMs: this.int("endTime", 1, latestMs) };
	}

	#needed(name: string): unknown {
		const value = this.#values[name] ?? null;
		if (value === null) throw missing(name);
		return value;
	}
}

export const dayMs = 24 * 3_600_000;
const latestMs = 10 ** 14;

function isObject(value: unknown): value is Values {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function raise(err: Error): never {
	throw err;
}
