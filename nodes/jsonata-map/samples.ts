/** Recent orders and after-sales of the hub, as samples for a mapping under work. Nothing in them finds a person again. */
import { type PlatformName, platforms } from "../../config/platforms.ts";
import type { AftersaleView } from "../../services/aftersale/view.ts";
import type { Order } from "../../services/order/order.ts";
import { hubBroker } from "../hub/broker.ts";
import type { Choice } from "../hub/choices.ts";
import type { MappingKind } from "./migrations.ts";

/** Whose samples: the shops that the person at the editor may see. */
export type Shops = "*" | readonly string[];

/** What a mapping sees, but for `cfg`. */
export interface SampleInput {
	order: unknown;
	aftersale?: unknown;
}

const most = 20;

/** The newest first; with `q`, those of that number. `value` is the id for `readSample`. */
export async function listSamples(kind: MappingKind, q: string, shops: Shops): Promise<Choice[]> {
	const query = { limit: most, ...(q && { q }) };
	if (kind === "aftersale") {
		const { items } = await call<{ items: AftersaleView[] }>("aftersale.list", query, shops);
		return items.map(({ _id, aftersaleNo, platform, lines }) => row(_id, aftersaleNo, platform, lines.length));
	}
	const { items } = await call<{ items: Order[] }>("order.list", query, shops);
	return items.map(({ _id, orderNo, platform, lines }) => row(_id, orderNo, platform, lines.length));
}

/** @throws NOT_FOUND, for what belongs to other shops too */
export async function readSample(kind: MappingKind, id: string, shops: Shops): Promise<SampleInput> {
	if (kind !== "aftersale") return { order: masked(await call<Order>("order.get", { id }, shops)) };
	const aftersale = await call<AftersaleView>("aftersale.get", { id }, shops);
	const order = await call<Order>("order.get", { id: aftersale.orderId }, shops);
	return { aftersale: masked(aftersale), order: masked(order) };
}

const call = <T>(action: string, params: object, shops: Shops): Promise<T> =>
	hubBroker().call<T, object>(action, params, { meta: { shops } });

function row(value: string, no: string, platform: string, lines: number): Choice {
	const { zh, en } = platforms[platform as PlatformName] ?? { zh: platform, en: platform };
	return { value, zh: `${no}　${zh}　${lines} 行`, en: `${no} · ${en} · ${lines} ${lines === 1 ? "line" : "lines"}` };
}

/** What decrypts a receiver or finds a buyer, and what people write freely: a sample may become a golden case in a file. */
const hidden = new Set(["cipher", "platformKey", "openId", "nick", "buyerNote", "note", "evidence"]);
const memos = new Set(["buyer", "seller"]);

/** The same shape with stand-ins for what is hidden; what is empty stays empty, as mappings ask for that. */
function masked(value: unknown, key = "", parent = ""): unknown {
	if (Array.isArray(value)) return value.map((each) => masked(each, key, parent));
	if (typeof value === "object" && value !== null && !(value instanceof Date))
		return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, masked(part, name, key)]));
	const hide = hidden.has(key) || (parent === "memo" && memos.has(key));
	return hide && typeof value === "string" && value !== "" ? `<${key}>` : value;
}
