import { randomInt } from "node:crypto";
import type { Behaviour, HubAccess } from "../erp/behaviour.ts";
import { type FaultName, faultNames, transportFaults } from "../faults.ts";
import { erpKinds, type Simulators } from "../simulators.ts";
import { Input, InputProblem, wrong } from "./input.ts";

/** `GET /_control/shops`: all that is needed to connect each shop, "" for what its platform has not. The secrets are demo values. */
export function listShops({ platforms }: Simulators, origin: string): object {
	const shops = platforms.flatMap(({ name, shops, gatewayPath, authPath, messagePath }) =>
		shops.all.map((shop) => {
			const { access, refresh, expiresMs } = shops.token(shop);
			return {
				platform: name,
				shopId: shop.shopId,
				name: shop.name,
				sellerId: shop.sellerId,
				gatewayUrl: `${origin}${gatewayPath}`,
				authUrl: authPath && `${origin}${authPath}`,
				messageUrl: messagePath && `${origin.replace(/^http/, "ws")}${messagePath}`,
				app: shop.app,
				token: { access, refresh, expiresAt: new Date(expiresMs).toISOString() },
			};
		}),
	);
	return { shops };
}

/** `GET /_control/erp`: all that is needed to connect each ERP, and how it behaves. */
export function listErps({ behaviours }: Simulators, origin: string): object {
	const erps = erpKinds.map(({ dialect, credentials }) => {
		return { url: `${origin}/erp/${dialect}`, credentials, ...shown(behaviours.of(dialect)) };
	});
	return { erps };
}

/**
 * `POST /_control/erp/:dialect {autoShip?, afterMs?, decide?, hub?: {url, clientId, clientSecret}, callbackUrl?}` → the
 * behaviour now. `callbackUrl`: where the ERP calls in its own format instead; null ends that.
 */
export function changeErp({ behaviours, autoShip, caller }: Simulators, dialect: string, text: string): object {
	const input = Input.body(text, ["autoShip", "afterMs", "decide", "hub", "callbackUrl"]);
	const { autoShip: ships, afterMs, decide, hub, callbackUrl } = behaviours.of(dialect);
	const callsTo = input.text("callbackUrl");
	if (callsTo !== null && !caller.can(dialect)) throw wrong("callbackUrl", `${dialect} calls nobody`);
	const changed = behaviours.change(dialect, {
		autoShip: input.bool("autoShip") ?? ships,
		afterMs: input.int("afterMs", 0, 24 * 3_600_000) ?? afterMs,
		decide: input.oneOf("decide", ["agree", "refuse"] as const) ?? decide,
		hub: input.has("hub") ? hubOf(input.any("hub")) : hub,
		callbackUrl: input.given("callbackUrl") ? callsTo && httpUrl("callbackUrl", callsTo) : callbackUrl,
	});
	autoShip.wake();
	return shown(changed);
}

function hubOf(fields: unknown): HubAccess {
	const hub = new Input(fields, ["url", "clientId", "clientSecret"], "hub");
	const url = httpUrl("hub.url", hub.neededText("url"));
	return { url, clientId: hub.neededText("clientId"), clientSecret: hub.neededText("clientSecret") };
}

function httpUrl(field: string, text: string): string {
	const url = text.replace(/\/+$/, "");
	if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw wrong(field, "must be an http address");
	return url;
}

/** `POST /_control/erp/:dialect/returns {key}`: the goods of this return are back, and the hub is told → its answer. */
export async function returnGoods(
	{ behaviours, caller, documents }: Simulators,
	dialect: string,
	text: string,
): Promise<object> {
	const key = Input.body(text, ["key"]).neededText("key");
	const { callbackUrl } = behaviours.of(dialect);
	if (!callbackUrl) throw wrong("dialect", "has no callbackUrl");
	const document = documents.find(dialect, key, "aftersale");
	if (!document) throw new InputProblem(404, "key", `${key} is no return`);
	return caller.returned(callbackUrl, document);
}

/** The client's secret stays inside. */
function shown({ hub, callbackUrl, ...behaviour }: Behaviour): object {
	return { ...behaviour, hub: hub && { url: hub.url, clientId: hub.clientId }, callbackUrl };
}

/** `POST /_control/faults {target, fault, times? | rate?}`; without either it strikes until `DELETE /_control/faults`. */
export function addFault({ faults, targets }: Simulators, text: string): object {
	const input = Input.body(text, ["target", "fault", "times", "rate"]);
	const target = targets.get(input.neededText("target"));
	if (!target) throw wrong("target", `must be one of ${[...targets.keys()].join(", ")}`);
	const everywhere: readonly FaultName[] = [...transportFaults, "clock"];
	const { name, value } = faultOf(input.neededText("fault"), [...everywhere, ...target.faults]);
	if (input.has("times") && input.has("rate")) throw wrong("rate", "excludes times");
	return {
		fault: faults.add({ target: target.name, name, value, left: input.int("times", 1, 1e9), rate: rateOf(input) }),
	};
}

function faultOf(text: string, allowed: readonly FaultName[]): { name: FaultName; value: number | null } {
	const [, word, number] = /^([a-z-]+?)(?::(-?\d{1,9}))?$/.exec(text) ?? [];
	const name = allowed.find((each) => each === word);
	if (!name) throw wrong("fault", `must be one of ${allowed.join(", ")}, some with :number`);
	const value = number === undefined ? null : Number(number);
	if (value === null && faultNames[name] === "needed") throw wrong("fault", `${name} needs a number: ${name}:N`);
	if (value !== null && faultNames[name] === "none") throw wrong("fault", `${name} takes no number`);
	if (value !== null && value < 0 && name !== "clock") throw wrong("fault", "the number must not be negative");
	if (name === "status" && (value === null || value < 200 || value > 599))
		throw wrong("fault", "must be status:200-599");
	if (name === "huge" && (value === null || value > 200)) throw wrong("fault", "must be at most huge:200");
	return { name, value };
}

function rateOf(input: Input): number {
	const rate = input.any("rate") ?? 1;
	if (typeof rate !== "number" || !(rate >= 0 && rate <= 1)) throw wrong("rate", "must be a number from 0 to 1");
	return rate;
}

/** `POST /_control/reset {seed?}` → `{seed}`: the one to give to get the same ids again. */
export function reset(simulators: Simulators, text: string): object {
	const seed = Input.body(text, ["seed"]).seed("seed") ?? String(randomInt(2 ** 31));
	simulators.reset(seed);
	return { seed };
}
