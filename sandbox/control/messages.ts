import { messageManners } from "../platforms/messenger.ts";
import type { PlatformSimulator } from "../platforms/platform.ts";
import type { Simulators } from "../simulators.ts";
import { Input, wrong } from "./input.ts";

/** `POST /_control/platforms/:platform {hub?: "http://…" | null}` → `{platform, hub}`: where its messages go; null: nowhere. */
export function changePlatform({ messenger }: Simulators, { name }: PlatformSimulator, text: string): object {
	const input = Input.body(text, ["hub"]);
	if (input.given("hub")) messenger.setHub(name, addressOf(input));
	return { platform: name, hub: messenger.hub(name) };
}

function addressOf(input: Input): string | null {
	const url = input.text("hub")?.replace(/\/+$/, "") ?? null;
	if (url !== null && (!/^https?:\/\//.test(url) || !URL.canParse(url))) throw wrong("hub", "must be an http address");
	return url;
}

/**
 * `POST /_control/platforms/:platform/messages {orderId, shopId?, as?: "valid" | "forged" | "replayed" | "late"}` →
 * `{status, body}`, what the hub answered to one message about that order; status 0: it did not answer. 422 where the
 * platform calls no hook, or nobody has said where its messages go.
 */
export async function sendMessage(
	{ messenger, market }: Simulators,
	platform: PlatformSimulator,
	text: string,
): Promise<object> {
	const input = Input.body(text, ["shopId", "orderId", "as"]);
	const as = input.oneOf("as", messageManners) ?? "valid";
	const order = market.order(platform.name, input.neededText("orderId"));
	const shopId = input.text("shopId") ?? order?.shopId;
	if (!order || order.shopId !== shopId) throw wrong("orderId", `is no order of ${shopId ?? platform.name}`);
	if (!platform.messages) throw wrong("platform", `${platform.name} has no hooks`);
	if (messenger.hub(platform.name) === null) throw wrong("hub", "is not set");
	const answer = await messenger.sendOne(platform, order, as);
	if (!answer) throw wrong("orderId", "is an order the platform has no message for");
	return answer;
}
