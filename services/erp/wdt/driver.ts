/**
 * 旺店通旗舰版, the flagship edition of 旺店通 (now 慧策). Orders go in as those of a shop of its own platform (自有平台).
 * The connection's secrets are as 旺店通 gives them: sid, key (appkey) and secret (appsecret, "<secret>:<salt>").
 */
import type { ErpDriver } from "../driver.ts";
import { parcels } from "./parcels.ts";
import { aftersale } from "./refunds.ts";
import { cancel, change, order } from "./trades.ts";

export const wdt: ErpDriver = {
	dialect: "wdt",
	secretNames: ["sid", "key", "secret"],
	settingNames: ["shopNo"],
	kinds: { order, change, cancel, aftersale },
	parcels,
};
