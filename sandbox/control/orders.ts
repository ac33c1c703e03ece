import {
	cancelRefund,
	changeAddress,
	changeMemo,
	close,
	confirm,
	confirmExchange,
	modify,
	pay,
	requestRefund,
	returnGoods,
} from "../platforms/buyer-actions.ts";
import type { LineWish } from "../platforms/buyers.ts";
import { aftersaleTypes, type MarketLine, type MarketOrder, RuleBroken } from "../platforms/market-order.ts";
import type { Receiver } from "../platforms/people.ts";
import type { PlatformSimulator } from "../platforms/platform.ts";
import type { Simulators } from "../simulators.ts";
import { Input, InputProblem, wrong } from "./input.ts";
import { aftersaleRow, orderRow } from "./truth.ts";

const mostOrders = 10_000;
const mostLines = 20;

/**
 * `POST /_control/platforms/:platform/orders {count, shopId?, seed?, lines?, paid?}` → `{orders: [{shopId, platformOrderId}]}`.
 * `lines`: how many lines each order has, or the lines themselves, `[{sku, quantity?, priceFen?}]`. Where orders have one
 * line, each of the `count` orders becomes as many as it has lines.
 */
export function placeOrders({ market }: Simulators, platform: PlatformSimulator, text: string): object {
	const input = Input.body(text, ["count", "shopId", "seed", "lines", "paid"]);
	const [firstShop] = platform.shops.all;
	const shopId = input.text("shopId") ?? firstShop?.shopId ?? "";
	if (!platform.shops.shop(shopId)) throw wrong("shopId", `is no shop of ${platform.name}`);
	const wish = {
		platform: platform.name,
		shopId,
		count: input.int("count", 1, mostOrders) ?? 1,
		seed: input.seed("seed"),
		lines: linesOf(input),
		paid: input.bool("paid") ?? true,
	};
	const orders = byTheRules("lines", () => market.place(wish));
	return { orders: orders.map((order) => ({ shopId: order.shopId, platformOrderId: order.platformOrderId })) };
}

function linesOf(input: Input): LineWish[] | number | null {
	const lines = input.any("lines");
	if (!Array.isArray(lines)) return input.int("lines", 1, mostLines);
	if (lines.length < 1 || lines.length > mostLines) throw wrong("lines", `must be 1 to ${mostLines} lines`);
	return lines.map((each: unknown) => {
		const line = new Input(each, ["sku", "quantity", "priceFen"], "lines");
		const quantity = line.int("quantity", 1, 9999) ?? 1;
		return { sku: line.neededText("sku"), quantity, priceFen: line.int("priceFen", 1, 100_000_000) };
	});
}

type Act = (simulators: Simulators, order: MarketOrder, input: Input) => void;

const receiverFields: readonly (keyof Receiver)[] = [
	"name",
	"mobile",
	"province",
	"city",
	"district",
	"town",
	"address",
];

/** What can be done to an order, and the fields each takes. */
const actions: Readonly<Record<string, { fields: readonly string[]; act: Act }>> = {
	pay: { fields: [], act: ({ market }, order) => pay(market, order) },
	close: { fields: [], act: ({ market }, order) => close(market, order) },
	confirm: { fields: [], act: ({ market }, order) => confirm(market, order) },
	"change-address": {
		fields: ["receiver"],
		act: ({ market }, order, input) => changeAddress(market, order, receiverOf(input)),
	},
	"change-memo": {
		fields: ["seller", "buyer", "flag"],
		act: ({ market }, order, input) => changeMemo(market, order, memoOf(input)),
	},
	"request-refund": {
		fields: ["type", "lines", "amountFen"],
		act({ market }, order, input) {
			const usual = order.status === "WAIT_SHIP" ? "REFUND_BEFORE_SHIP" : "REFUND_ONLY";
			const type = input.oneOf("type", aftersaleTypes) ?? usual;
			const known = market.rules(order.platform).aftersaleTypes;
			if (!known.includes(type)) throw wrong("type", `${order.platform} only has ${known.join(", ")}`);
			const amountFen = input.int("amountFen", 1, Number.MAX_SAFE_INTEGER);
			requestRefund(market, order, { type, lines: refundLines(order, input), amountFen });
		},
	},
	"cancel-refund": { fields: [], act: ({ market }, order) => void cancelRefund(market, order) },
	"confirm-exchange": { fields: [], act: ({ market }, order) => void confirmExchange(market, order) },
	modify: { fields: [], act: ({ market }, order) => modify(market, order) },
	"return-goods": {
		fields: ["carrier", "trackingNo"],
		act({ market }, order, input) {
			returnGoods(market, order, { carrier: input.text("carrier"), trackingNo: input.text("trackingNo") });
		},
	},
};

/**
 * `POST /_control/platforms/:platform/orders/:id/actions {action, …}` → `{order, aftersales}`, rows as in the truth. 404: no
 * such order; 422: a wrong field, or the platform would not allow it now.
 *
 * `request-refund {type?, lines?: [lineId | {lineId, quantity?}], amountFen?}` · `change-address {receiver?: {name?, mobile?, …}}`
 * · `change-memo {seller?, buyer?, flag?}` · `return-goods {carrier?, trackingNo?}` · the others take nothing.
 */
export function actOnOrder(simulators: Simulators, platform: PlatformSimulator, id: string, text: string): object {
	const order = simulators.market.order(platform.name, id);
	if (!order) throw new InputProblem(404, "id", `${platform.name} has no order ${id}`);
	const all = [...new Set(Object.values(actions).flatMap(({ fields }) => fields))];
	const name = Input.body(text, ["action", ...all]).oneOf("action", Object.keys(actions));
	const action = name === null ? undefined : actions[name];
	if (!action) throw wrong("action", `must be one of ${Object.keys(actions).join(", ")}`);
	byTheRules("action", () => action.act(simulators, order, Input.body(text, ["action", ...action.fields])));
	const aftersales = simulators.market.aftersalesOf(order).map(aftersaleRow);
	return { order: orderRow(order), aftersales };
}

/** What the marketplace does not allow is a wrong field. */
function byTheRules<T>(field: string, act: () => T): T {
	try {
		return act();
	} catch (err) {
		throw err instanceof RuleBroken ? wrong(field, err.message) : err;
	}
}

function receiverOf(input: Input): Partial<Receiver> {
	if (!input.has("receiver")) return {};
	const fields = new Input(input.any("receiver"), receiverFields, "receiver");
	return Object.fromEntries(
		receiverFields.filter((name) => fields.has(name)).map((name) => [name, fields.neededText(name)]),
	);
}

/** Without any field the seller's note is changed. */
function memoOf(input: Input): Partial<MarketOrder["memo"]> {
	const given = { seller: input.text("seller"), buyer: input.text("buyer"), flag: input.int("flag", 0, 5) };
	const memo = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
	return Object.keys(memo).length > 0 ? memo : { seller: "客户要求加急", flag: 1 };
}

function refundLines(order: MarketOrder, input: Input): { line: MarketLine; quantity: number }[] | null {
	const lines = input.any("lines");
	if (lines === null) return null;
	if (!Array.isArray(lines) || lines.length === 0) throw wrong("lines", "must be a list of line ids");
	return lines.map((each: unknown) => {
		const wish = new Input(typeof each === "string" ? { lineId: each } : each, ["lineId", "quantity"], "lines");
		const line = order.lines.find(({ lineId }) => lineId === wish.neededText("lineId"));
		if (!line) throw wrong("lines", `the order has no line ${wish.text("lineId")}`);
		return { line, quantity: wish.int("quantity", 1, line.quantity) ?? line.quantity };
	});
}
