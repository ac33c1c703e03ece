import { parse } from "lossless-json";
import { DoudianError, invalidParam, missingParam } from "./errors.ts";

/** The business parameters of one call, or an object inside them. Every reader throws the gateway's error naming the parameter. */
export class Params {
	readonly #values: Readonly<Record<string, unknown>>;
	readonly #path: string;

	constructor(values: Readonly<Record<string, unknown>>, path = "") {
		this.#values = values;
		this.#path = path;
	}

	/** The body of a call: one JSON object; numbers beyond 2^53 become bigints. */
	static ofBody(body: string): Params {
		const wrong = () => new DoudianError(40003, "isv.parameter-format-invalid", "param_json不是合法的JSON");
		let value: unknown;
		try {
			value = parse(body, undefined, numberOf);
		} catch {
			throw wrong();
		}
		if (!isObject(value)) throw wrong();
		return new Params(value);
	}

	has(name: string): boolean {
		return this.#values[name] !== undefined;
	}

	/** Null when absent or empty. */
	text(name: string): string | null {
		const value = this.#values[name];
		if (value === undefined || value === "") return null;
		if (typeof value !== "string") throw invalidParam(this.#path + name, "应为字符串");
		return value;
	}

	neededText(name: string): string {
		return this.text(name) ?? this.#missing(name);
	}

	/** A whole number as JSON has it. */
	int(name: string, fallback: number | null, from: number, to: number): number {
		const value = this.#values[name] ?? fallback;
		if (value === null) return this.#missing(name);
		if (typeof value !== "number" || !Number.isInteger(value)) throw invalidParam(this.#path + name, "应为整数");
		if (value < from || value > to) throw invalidParam(this.#path + name, `应为${from}-${to}`);
		return value;
	}

	/** The digits of an id that the platform takes as a number, or as text of digits. */
	id(name: string): string {
		const value = this.#values[name];
		if (value === undefined || value === "") return this.#missing(name);
		const digits =
			typeof value === "string" || typeof value === "bigint" || Number.isInteger(value) ? String(value) : "";
		if (!/^\d{1,19}$/.test(digits)) throw invalidParam(this.#path + name, "应为数字ID");
		return digits;
	}

	bool(name: string, fallback: boolean): boolean {
		const value = this.#values[name] ?? fallback;
		if (typeof value !== "boolean") throw invalidParam(this.#path + name, "应为布尔值");
		return value;
	}

	object(name: string): Params {
		const value = this.#values[name];
		if (value === undefined) return this.#missing(name);
		if (!isObject(value)) throw invalidParam(this.#path + name, "应为对象");
		return new Params(value, `${this.#path}${name}.`);
	}

	/** A list of one to `most` objects. */
	objects(name: string, most: number): Params[] {
		return this.#list(name, most).map((value, at) => {
			if (!isObject(value)) throw invalidParam(this.#path + name, "应为对象数组");
			return new Params(value, `${this.#path}${name}[${at}].`);
		});
	}

	/** A list of one to `most` texts. */
	texts(name: string, most: number): string[] {
		return this.#list(name, most).map((value) => {
			if (typeof value !== "string" || value === "") throw invalidParam(this.#path + name, "应为字符串数组");
			return value;
		});
	}

	/** Unix seconds -> epoch milliseconds. */
	time(name: string): number {
		return this.int(name, null, 0, 9_999_999_999) * 1000;
	}

	#list(name: string, most: number): unknown[] {
		const value = this.#values[name];
		if (value === undefined) return this.#missing(name);
		if (!Array.isArray(value)) throw invalidParam(this.#path + name, "应为数组");
		if (value.length === 0 || value.length > most) throw invalidParam(this.#path + name, `应为1-${most}个`);
		return value;
	}

	#missing(name: string): never {
		throw missingParam(this.#path + name);
	}
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

function numberOf(digits: string): number | bigint {
	return /^-?\d{16,}$/.test(digits) ? BigInt(digits) : Number(digits);
}
