import { describe } from "vitest";
import { describePlatform } from "../contract/platform-contract.ts";
import { weixin } from "./adapter.ts";
import WeixinService from "./weixin.service.ts";

describe("weixin", () => {
	describePlatform({
		adapter: weixin,
		service: WeixinService,
		parcel: { carrier: "SF", trackingNo: "SF1234567890123", secondTrackingNo: "SF1234567890124" },
		unknownOrderNo: "3700000000000000001",
	});
});
