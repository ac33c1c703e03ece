import { isLosslessNumber, parse } from "lossless-json";
import { badArgument, WxError, wrongType } from "./errors.ts";

/**
 * The JSON body of a call, read as strictly as the platform does: a field of another JSON type is error 47001, a value out
 * of range 40097. Numbers keep all their digits.
 */
export class Body {
	readonly #fields: Record<string, unknown>;
	readonly #path: string;

	private constructor(fields: Record<string, unknown>, path: string) {
		this.#fields = fields;
		this.#path = path;
	}

	/** @throws WxError for what is no JSON object; an empty body too */
	static of(text: string): Body {
		let fields: unknown;
		try {
			fields = parse(text);
		} catch {
			throw new WxError(47001, "data format error");
		}
		if (!isObject(fields)) throw new WxError(47001, "data format error");
		return new Body(fields, "");
	}

	has(name: string): boolean {
		return this.#fields[name] !== undefined && this.#fields[name] !== null;
	}

	/** "" when absent. */
	text(name: string): string {
		const value = this.#fields[name] ?? "";
		if (typeof value !== "string") throw wrongType(this.#named(name));
		return value;
	}

	needed(name: string): string {
		return this.text(name) || this.#missing(name);
	}

	/** A number of the platform's, as text of digits. */
	id(name: string): string {
		const value = this.needed(name);
		if (!/^\d{1,20}$/.test(value)) throw badArgument(this.#named(name));
		return value;
	}

	/** A number of the platform's, which here is a JSON number: the digits as they were sent. */
	numericId(name: string): string {
		const value = this.#fields[name];
		if (!isLosslessNumber(value)) throw wrongType(this.#named(name));
		if (!/^\d{1,20}$/.test(value.toString())) throw badArgument(this.#named(name));
		return value.toString();
	}

	/** Text or number alike. */
	anyId(name: string): string {
		return isLosslessNumber(this.#fields[name]) ? this.numericId(name) : this.id(name);
	}

	/** A whole number; null when absent. */
	optionalInt(name: string, from: number, to: number): number | null {
		const value = this.#fields[name];
		if (value === undefined || value === null) return null;
		if (!isLosslessNumber(value)) throw wrongType(this.#named(name));
		const number = Number(value.toString());
		if (!Number.isInteger(number) || number < from || number > to) throw badArgument(this.#named(name));
		return number;
	}

	int(name: string, from: number, to: number): number {
		return this.optionalInt(name, from, to) ?? this.#missing(name);
	}

	/** False when absent. */
	flag(name: string): boolean {
		const value = this.#fields[name] ?? false;
		if (typeof value !== "boolean") throw wrongType(this.#named(name));
		return value;
	}

	object(name: string): Body {
		const value = this.#fields[name];
		if (value === undefined) this.#missing(name);
		if (!isObject(value)) throw wrongType(this.#named(name));
		return new Body(value, `${this.#named(name)}.`);
	}

	/** A list of objects that must not be empty. */
	objects(name: string): Body[] {
		const value = this.#fields[name];
		if (value === undefined) this.#missing(name);
		if (!Array.isArray(value) || !value.every(isObject)) throw wrongType(this.#named(name));
		if (value.length === 0) this.#missing(name);
		return value.map((each, at) => new Body(each, `${this.#named(name)}[${at}].`));
	}

	/** Unix seconds, as epoch milliseconds. */
	seconds(name: string): number {
		return this.int(name, 1, 9_999_999_999) * 1000;
	}

	#named(name: string): string {
		return `${this.#path}${name}`;
	}

	#missing(name: string): never {
		throw badArgument(this.#named(name), "is missing");
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}
