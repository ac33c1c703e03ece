import type { Journal } from "../journal.ts";
import type { PlatformSimulator } from "../platforms/platform.ts";
import { type DemoShop, Shops } from "../platforms/shops.ts";
import { json } from "../target.ts";

export const plainShop: DemoShop = {
	platform: "plain",
	shopId: "plain-demo",
	name: "示例店",
	sellerId: "1",
	app: { key: "app", secret: "secret" },
	token: { access: "access-token", refresh: "refresh-token" },
};

/** A platform that says of every change its event and the time, confirmed by "ok"; changes of memos it keeps to itself. */
export function plainPlatform(journal: Journal): PlatformSimulator {
	return {
		name: "plain",
		faults: [],
		gatewayPath: "/plain/api",
		authPath: "",
		messagePath: "/plain/socket",
		shops: new Shops(journal, [plainShop]),
		handle: () => json(404, {}),
		messages({ order, event }, { app }, nowMs) {
			if (event === "memo") return [];
			return [
				{
					method: "POST",
					query: { app: app.key },
					headers: { "x-sign": "0123", "sign-method": "none" },
					body: `${event} ${order.platformOrderId} ${nowMs}`,
					acked: ({ status, body }) => status === 200 && body === "ok",
				},
			];
		},
		reset: () => {},
	};
}
