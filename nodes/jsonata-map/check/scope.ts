import type { Shape } from "./shape.ts";

/** Variables in sight. */
export class Scope {
	readonly #own = new Map<string, Shape>();
	readonly #outer: Scope | null;
	constructor(outer: Scope | null) {
		this.#outer = outer;
	}
	set(name: string, shape: Shape): void {
		this.#own.set(name, shape);
	}
	get(name: string): Shape | undefined {
		return this.#own.get(name) ?? this.#outer?.get(name);
	}
	names(): string[] {
		return [...this.#own.keys(), ...(this.#outer?.names() ?? [])];
	}
}
