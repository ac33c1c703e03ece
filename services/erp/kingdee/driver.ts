/**
 * 金蝶云星空 (Kingdee K/3 Cloud). Sale orders, their change and cancelling, returns; deliveries are read back.
 * `url`: the server's address, "https://example.ik3cloud.com". Source: 金蝶云星空 WebAPI documentation.
 */
import type { ErpDriver } from "../driver.ts";
import { aftersale } from "./aftersale.ts";
import { cancel } from "./cancel.ts";
import { change } from "./change.ts";
import { order } from "./order.ts";
import { parcels } from "./parcels.ts";
import { session } from "./session.ts";

export const kingdee: ErpDriver = {
	dialect: "kingdee",
	secretNames: ["acctId", "username", "appId", "appSecret"],
	settingNames: ["saleOrg", "customer", "saler"], // base data numbers; what else a mapping may use is told there
	kinds: { order, change, cancel, aftersale },
	session,
	parcels,
};
