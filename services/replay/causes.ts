/**
 * Groups the differences of many orders by where they come from. Pure.
 *
 * What changes in an order is a set of *traits*: a field whatever its line ("orderLines.orderLine[].actualPrice"), a line
 * that goes, a reason to fail. One cause may have several traits: a tax rule touches price, tax, amount and total. Which
 * traits belong together the orders tell, by changing together:
 *
 * - Amounts and quantities of one document follow from each other, but not always all of them: rounding may leave a
 *   total as it was. Two of them are of one cause when, of the orders of the rarer, nine in ten or more changed the other
 *   too: one set of orders lies in the other.
 * - Any other two traits are of one cause when they changed in exactly the same orders: nothing tells them apart.
 *
 * So two changes that touch different orders stay two causes, even where some orders have both; such an order has both
 * causes. The limit: of two independent changes of amounts, the one that touches few orders among all that the other
 * touches joins it.
 */
import { createHash } from "node:crypto";
import type { Difference } from "./differences.ts";
import type { Made } from "./rig/plan.ts";

export interface Words {
	zh: string;
	en: string;
}

/** What changed, of whatever order and line. Its `key` tells it from others. */
export interface Trait {
	key: string;
	what: Difference["what"];
	of: string;
	path: string; // without places
	isNumber: boolean;
	ending: string; // of an outcome: how it ends now; "" else
}

export interface Cause {
	key: string; // the same for the same traits
	title: Words;
	traits: string[]; // their keys
	count: number; // of orders
	changeFen: number | null; // by how much more these orders are booked at; null: no document tells
	examples: Example[];
}

export interface Example {
	orderId: string;
	path: string;
	before: unknown;
	after: unknown;
}

/** One order's part in a trait. */
interface Seen {
	trait: Trait;
	orders: Set<number>;
	examples: Example[];
}

const examplesKept = 5;
const mostly = 0.9;
/** A document whose field names are data would have a trait an order. What comes later counts as one. */
const mostTraits = 400;

export function traitOf({ what, of, path, before, after }: Difference): Trait {
	const general = path.replaceAll(/\[\d+\]/g, "[]");
	const ending = what === "outcome" ? String(after).replaceAll(/\d+/g, "#").slice(0, 160) : "";
	const isNumber = what === "field" && isAmount(before) && isAmount(after);
	const direction = what === "field" ? "" : before === undefined ? "+" : after === undefined ? "-" : "";
	return { key: [what + direction, of, general, ending].join(" "), what, of, path: general, isNumber, ending };
}

/** A number, or a text that is one; a long one is somebody's id. */
const isAmount = (value: unknown): boolean =>
	typeof value === "number" || (typeof value === "string" && /^-?\d{1,9}(\.\d+)?$/.test(value));

/** Collects order by order, and tells the causes at the end. */
export class Causes {
	readonly #seen = new Map<string, Seen>();
	readonly #changes: (number | null)[] = []; // in fen, by the order's place

	/** Returns the keys of the traits the order has. */
	add(orderId: string, differences: readonly Difference[], changeFen: number | null): string[] {
		const place = this.#changes.push(changeFen) - 1;
		const keys = new Set<string>();
		for (const difference of differences) {
			const seen = this.#seenOf(traitOf(difference));
			keys.add(seen.trait.key);
			if (seen.orders.has(place)) continue;
			seen.orders.add(place);
			const { path, before, after } = difference;
			if (seen.examples.length < examplesKept) seen.examples.push({ orderId, path, before, after });
		}
		return [...keys];
	}

	#seenOf(trait: Trait): Seen {
		const known = this.#seen.get(trait.key);
		if (known) return known;
		const rest: Trait = { key: "others", what: "field", of: "", path: "", isNumber: false, ending: "" };
		const own = this.#seen.size < mostTraits ? trait : rest;
		const seen = this.#seen.get(own.key) ?? { trait: own, orders: new Set(), examples: [] };
		this.#seen.set(own.key, seen);
		return seen;
	}

	/** Those of most orders first. */
	list(): Cause[] {
		return grouped([...this.#seen.values()])
			.map((group) => this.#causeOf(group))
			.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
	}

	#causeOf(group: readonly Seen[]): Cause {
		const byCount = [...group].sort((a, b) => b.orders.size - a.orders.size || (a.trait.key < b.trait.key ? -1 : 1));
		const orders = group.reduce((all, { orders }) => all.union(orders), new Set<number>());
		const traits = group.map(({ trait: { key } }) => key).sort();
		const changes = [...orders].map((place) => this.#changes[place] ?? null);
		const known = changes.filter((change) => change !== null);
		return {
			key: createHash("sha256").update(traits.join("\n")).digest("hex").slice(0, 12),
			title: titleOf(byCount.map(({ trait }) => trait)),
			traits,
			count: orders.size,
			changeFen: known.length ? known.reduce((sum, change) => sum + change, 0) : null,
			examples: byCount[0]?.examples ?? [],
		};
	}
}

/** The groups that the relation above makes, whoever is related to whom by way of others included. */
function grouped(all: readonly Seen[]): Seen[][] {
	const groups: Seen[][] = [];
	for (const seen of all) {
		const related = groups.filter((group) => group.some((other) => areOne(seen, other)));
		for (const group of related) groups.splice(groups.indexOf(group), 1);
		groups.push([...related.flat(), seen]);
	}
	return groups;
}

function areOne({ trait, orders }: Seen, other: Seen): boolean {
	const follow = trait.isNumber && other.trait.isNumber && trait.of === other.trait.of;
	if (!follow && orders.size !== other.orders.size) return false; // spares what is slow
	const shared = orders.intersection(other.orders).size;
	return follow ? shared >= mostly * Math.min(orders.size, other.orders.size) : shared === orders.size;
}

const namesShown = 4;

/** Names the fields: the one that most orders have first. */
function titleOf(traits: readonly Trait[]): Words {
	const [first] = traits;
	if (!first) throw new Error("a cause without traits");
	if (first.key === "others") return { zh: "许多其他字段变化", en: "Many other fields change" };
	const paths = [...new Set(traits.filter(({ path }) => path).map(({ path }) => path))];
	const more = paths.length - namesShown;
	const names = paths.slice(0, namesShown).join(", ");
	const list = {
		zh: names + (more > 0 ? ` 等 ${paths.length} 个字段` : ""),
		en: names + (more > 0 ? ` and ${more} more` : ""),
	};
	const { of, ending } = first;
	const rejected = traits.find(({ what }) => what === "rejected");
	if (rejected) {
		return rejected.key.startsWith("rejected+")
			? { zh: `${rejected.of} 将被 ERP 拒绝：${list.zh}`, en: `${rejected.of} would be rejected: ${list.en}` }
			: {
					zh: `${rejected.of} 不再被 ERP 拒绝：${list.zh}`,
					en: `${rejected.of} would no longer be rejected: ${list.en}`,
				};
	}
	switch (first.what) {
		case "outcome":
			return endingWords(ending);
		case "document":
			return first.key.startsWith("document+")
				? { zh: `多推送单据 ${of}`, en: `A document ${of} is pushed in addition` }
				: { zh: `不再推送单据 ${of}`, en: `The document ${of} is no longer pushed` };
		case "line":
			return { zh: `${of} 的明细增减：${list.zh}`, en: `Lines of ${of} come or go: ${list.en}` };
		case "deed":
			return { zh: `动作 ${of} 变化：${list.zh || "次数"}`, en: `The action ${of} differs: ${list.en || "how often"}` };
		default:
			return traits.some(({ isNumber }) => isNumber)
				? { zh: `${of} 的金额或数量变化：${list.zh}`, en: `Amounts or quantities of ${of} change: ${list.en}` }
				: { zh: `${of} 的字段变化：${list.zh}`, en: `Fields of ${of} change: ${list.en}` };
	}
}

const endings: Readonly<Record<Made["outcome"], Words>> = {
	ack: { zh: "确认完成", en: "ends well" },
	fail: { zh: "失败", en: "fails" },
	park: { zh: "搁置", en: "parks the order" },
	done: { zh: "自行结束", en: "ends by itself" },
	nothing: { zh: "没有结束", en: "does not end" },
};

/** `ending`: "<outcome>: <reason>", as differences tell it. */
function endingWords(ending: string): Words {
	const [, outcome = "", reason = ""] = /^(\w+)(.*)$/s.exec(ending) ?? [];
	const { zh, en } = endings[outcome as Made["outcome"]];
	return { zh: `流程现在${zh}${reason}`, en: `The flow now ${en}${reason}` };
}
