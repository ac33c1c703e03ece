import { invalid, missing } from "./errors.ts";

/**
 * Business parameters of one call, or one object among them. The platform is strict about types: a number in quotes is
 * no number. Every reader throws its argument error naming the parameter.
 */
export class Arguments {
	readonly #fields: Readonly<Record<string, unknown>>;
	readonly #inside: string;

	constructor(fields: Readonly<Record<string, unknown>>, inside = "") {
		this.#fields = fields;
		this.#inside = inside;
	}

	/** Null when absent or empty. */
	text(name: string): string | null {
		const value = this.#value(name);
		if (value === null || value === "") return null;
		if (typeof value !== "string") throw invalid(this.#name(name), "应为字符串");
		return value;
	}

	needed(name: string): string {
		return this.text(name) ?? this.#missing(name);
	}

	/** Absent: the fallback; without one, an error. */
	int(name: string, from: number, to: number, fallback?: number): number {
		const value = this.#value(name) ?? fallback ?? this.#missing(name);
		if (typeof value !== "number" || !Number.isInteger(value)) throw invalid(this.#name(name), "应为整数");
		if (value < from || value > to) throw invalid(this.#name(name), `应在${from}-${to}之间`);
		return value;
	}

	/** Null when absent. */
	flag(name: string): boolean | null {
		const value = this.#value(name);
		if (value !== null && typeof value !== "boolean") throw invalid(this.#name(name), "应为布尔值");
		return value;
	}

	neededFlag(name: string): boolean {
		return this.flag(name) ?? this.#missing(name);
	}

	/** Empty when absent. */
	texts(name: string): string[] {
		const value = this.#list(name);
		if (!value.every((each) => typeof each === "string")) throw invalid(this.#name(name), "应为字符串数组");
		return value;
	}

	ints(name: string): number[] {
		const value = this.#list(name);
		if (!value.every((each) => Number.isInteger(each))) throw invalid(this.#name(name), "应为整数数组");
		return value as number[];
	}

	/** From one to `most` objects. */
	objects(name: string, most: number): Arguments[] {
		const value = this.#list(name);
		if (value.length === 0) throw missing(this.#name(name));
		if (value.length > most) throw invalid(this.#name(name), `最多${most}条`);
		return value.map((each) => this.#object(name, each));
	}

	object(name: string): Arguments {
		return this.#object(name, this.#value(name) ?? this.#missing(name));
	}

	#object(name: string, value: unknown): Arguments {
		if (typeof value !== "object" || value === null || Array.isArray(value))
			throw invalid(this.#name(name), "应为对象");
		return new Arguments(value as Record<string, unknown>, this.#name(name));
	}

	#list(name: string): unknown[] {
		const value = this.#value(name) ?? [];
		if (!Array.isArray(value)) throw invalid(this.#name(name), "应为数组");
		return value;
	}

	#value(name: string): unknown {
		return Object.hasOwn(this.#fields, name) ? (this.#fields[name] ?? null) : null;
	}

	#name(name: string): string {
		return this.#inside ? `${this.#inside}.${name}` : name;
	}

	#missing(name: string): never {
		throw missing(this.#name(name));
	}
}
