/** Random choices that come out the same for the same seed. */
export interface Random {
	/** 0 <= x < 1. */
	next(): number;
	/** Both ends included. */
	int(from: number, to: number): number;
	chance(probability: number): boolean;
	pick<T>(list: readonly T[]): T;
}

/** The generator is mulberry32 over an FNV-1a hash of the seed: small, fast, good enough for test data, not for secrets. */
export function seeded(seed: string): Random {
	let state = hash(seed);
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	return {
		next,
		int: (from, to) => from + Math.floor(next() * (to - from + 1)),
		chance: (probability) => next() < probability,
		pick: <T>(list: readonly T[]) => {
			if (list.length === 0) throw new RangeError("nothing to pick from");
			return list[Math.floor(next() * list.length)] as T;
		},
	};
}

/** A 32-bit number for a text; the same on every machine. */
export function hash(text: string): number {
	let value = 0x811c9dc5;
	for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
	return value >>> 0;
}
