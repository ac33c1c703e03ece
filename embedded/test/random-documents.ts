/** Random documents and filters over few fields and values, so that they often meet. All from a seed. */
import { Binary, Decimal128, Double, MaxKey, MinKey, ObjectId } from "bson";
import { BSONRegExp, type Doc, type Value } from "../bson/values.ts";

export class Random {
	private state: number;

	constructor(seed: number) {
		this.state = seed >>> 0 || 1;
	}

	/** In [0, 1). Source: mulberry32. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let t = this.state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	}

	below(n: number): number {
		return Math.floor(this.next() * n);
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(choices: readonly T[]): T {
		return choices[this.below(choices.length)] as T;
	}

	times<T>(count: number, make: (i: number) => T): T[] {
		return Array.from({ length: count }, (_, i) => make(i));
	}
}

export const FIELDS = ["a", "b", "c", "n.x", "list.k", "list.v"] as const;

function randomScalar(random: Random): Value {
	const { below, pick } = { below: (n: number) => random.below(n), pick: <T>(c: T[]) => random.pick(c) };
	return random.pick<() => Value>([
		() => below(6),
		() => below(6) - 2,
		() => new Double(below(4)),
		() => below(8) / 2 + 0.25,
		() => BigInt(below(5)),
		() => 9007199254740993n + BigInt(below(3)),
		() => Decimal128.fromString(pick(["1", "1.0", "1.5", "2", "-1", "3.14", "9007199254740993", "NaN", "Infinity"])),
		() => pick(["a", "b", "ab", "a\0b", "", "é", "z", "\u{1F600}", "\uffee"]),
		() => pick(["a", "b", "c"]),
		() => null,
		() => random.chance(0.5),
		() => new Date(below(4) * 1000 - 1000),
		() => new ObjectId(`65000000000000000000000${below(4)}`),
		() => pick([Number.NaN, Number.POSITIVE_INFINITY, -0]),
		() => (random.chance(0.5) ? new MinKey() : new MaxKey()),
		() => new Binary(Buffer.from([below(3)]), below(2)),
		() => pick<Value>([{ x: below(3) }, {}, { x: below(2), y: below(2) }]),
	])();
}

export function randomValue(random: Random): Value {
	if (!random.chance(0.2)) return randomScalar(random);
	return random.times(random.below(4), () => (random.chance(0.15) ? [randomScalar(random)] : randomScalar(random)));
}

/**
 * At most one field of a document holds arrays, since no index can hold two. `arrays` off: none of them does, so indexes
 * can serve sorts.
 */
export function randomDocument(random: Random, id: number, arrays: boolean): Doc {
	const withArrays = arrays ? random.pick(["a", "b", "c", "n", "list", "list"]) : "none";
	const valueIn = (field: string): Value => (field === withArrays ? randomValue(random) : randomScalar(random));
	const doc: Doc = { _id: id };
	for (const field of ["a", "b", "c"]) if (random.chance(0.85)) doc[field] = valueIn(field);
	if (random.chance(0.7)) doc.n = random.chance(0.2) ? valueIn("n") : { x: valueIn("n") };
	if (random.chance(0.7)) doc.list = randomList(random, withArrays === "list");
	return doc;
}

function randomList(random: Random, isArray: boolean): Value {
	const element = (): Doc => ({ k: randomScalar(random), v: random.below(5) });
	if (!isArray) return random.chance(0.8) ? element() : randomScalar(random);
	return random.times(random.below(4), () => (random.chance(0.1) ? randomValue(random) : element()));
}

function randomCondition(random: Random): Value {
	const scalar = (): Value => randomScalar(random);
	const operand = (): Value => (random.chance(0.1) ? randomValue(random) : scalar());
	return random.pick<() => Value>([
		operand,
		operand,
		() => ({ $eq: operand() }),
		() => ({ $gt: scalar() }),
		() => ({ $gte: scalar() }),
		() => ({ $lt: scalar() }),
		() => ({ $lte: scalar() }),
		() => ({ $gte: scalar(), $lt: scalar() }),
		() => ({ $gt: random.below(3), $lt: random.below(3) + 2 }),
		() => ({ $in: random.times(1 + random.below(3), operand) }),
		() => ({ $ne: operand() }),
		() => ({ $nin: [scalar(), scalar()] }),
		() => ({ $exists: random.chance(0.5) }),
		() => ({ $not: { $gt: scalar() } }),
		() => ({ $elemMatch: { $gte: random.below(3), $lt: random.below(3) + 3 } }),
		() => new BSONRegExp(random.pick(["^a", "^a.", "b", "^$", "^ab", "^a*", "^é"]), random.pick(["", "", "i"])),
		() => ({ $type: random.pick(["number", "string", "array", "object", "null", "date"]) }),
		() => ({ $size: random.below(3) }),
		() => ({ $all: random.times(1 + random.below(2), operand) }),
	])();
}

export function randomFilter(random: Random, nested = false): Doc {
	const filter: Doc = {};
	for (let i = random.below(3); i >= 0; i--) filter[random.pick(FIELDS)] = randomCondition(random);
	if (random.chance(0.12)) filter.list = { $elemMatch: { k: randomCondition(random), v: { $gte: random.below(4) } } };
	for (const operator of ["$or", "$and"]) {
		if (!nested && random.chance(0.15)) filter[operator] = [randomFilter(random, true), randomFilter(random, true)];
	}
	return filter;
}
