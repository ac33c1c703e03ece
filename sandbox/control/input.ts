/** Control input that is not right: HTTP 400 for what is no JSON, 404 for what is not there, 422 for a wrong field. */
export class InputProblem extends Error {
	readonly status: 400 | 404 | 405 | 422;
	readonly field: string;
	constructor(status: 400 | 404 | 405 | 422, field: string, message: string) {
		super(message);
		this.status = status;
		this.field = field;
	}
}

export function wrong(field: string, message: string): InputProblem {
	return new InputProblem(422, field, message);
}

/** The fields of one JSON object; reading one that is absent gives null. */
export class Input {
	readonly #fields: Readonly<Record<string, unknown>>;

	/** `allowed`: every field there may be; another one is an error. */
	constructor(fields: unknown, allowed: readonly string[], where = "body") {
		if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
			throw new InputProblem(where === "body" ? 400 : 422, where, "must be an object");
		}
		this.#fields = fields as Record<string, unknown>;
		const unknown = Object.keys(fields).find((name) => !allowed.includes(name));
		if (unknown !== undefined) throw wrong(unknown, `is unknown; known are ${allowed.join(", ")}`);
	}

	/** The body of a request; an empty one is an object without fields. */
	static body(text: string, allowed: readonly string[]): Input {
		let fields: unknown;
		try {
			fields = text.trim() === "" ? {} : JSON.parse(text);
		} catch {
			throw new InputProblem(400, "body", "is no JSON");
		}
		return new Input(fields, allowed);
	}

	/** Whether the field is there at all, be it null. */
	given(name: string): boolean {
		return this.#fields[name] !== undefined;
	}

	has(name: string): boolean {
		return this.#fields[name] !== undefined && this.#fields[name] !== null;
	}

	any(name: string): unknown {
		return this.#fields[name] ?? null;
	}

	text(name: string): string | null {
		const value = this.any(name);
		if (value !== null && typeof value !== "string") throw wrong(name, "must be a text");
		return value;
	}

	neededText(name: string): string {
		const value = this.text(name);
		if (!value) throw wrong(name, "is needed");
		return value;
	}

	int(name: string, from: number, to: number): number | null {
		const value = this.any(name);
		if (value === null) return null;
		if (typeof value !== "number" || !Number.isInteger(value) || value < from || value > to) {
			throw wrong(name, `must be a whole number from ${from} to ${to}`);
		}
		return value;
	}

	bool(name: string): boolean | null {
		const value = this.any(name);
		if (value !== null && typeof value !== "boolean") throw wrong(name, "must be true or false");
		return value;
	}

	/** A number or a text, as text. */
	seed(name: string): string | null {
		const value = this.any(name);
		if (value === null) return null;
		if (typeof value !== "string" && typeof value !== "number") throw wrong(name, "must be a number or a text");
		return String(value);
	}

	oneOf<T extends string>(name: string, values: readonly T[]): T | null {
		const value = this.text(name);
		if (value === null) return null;
		const found = values.find((each) => each === value);
		if (!found) throw wrong(name, `must be one of ${values.join(", ")}`);
		return found;
	}
}
