import { describe } from "vitest";
import { describePlatform } from "../contract/platform-contract.ts";
import { kuaishou } from "./adapter.ts";
import KuaishouService from "./kuaishou.service.ts";

describe("kuaishou", () => {
	describePlatform({
		adapter: kuaishou,
		service: KuaishouService,
		parcel: { carrier: "SF", trackingNo: "SF1234567890123", secondTrackingNo: "SF1234567890124" },
		unknownOrderNo: "2600000000000000001",
	});
});
