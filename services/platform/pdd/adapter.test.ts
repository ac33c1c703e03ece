import { describe } from "vitest";
import { describePlatform } from "../contract/platform-contract.ts";
import { pdd } from "./adapter.ts";
import PddService from "./pdd.service.ts";

describe("pdd", () => {
	describePlatform({
		adapter: pdd,
		service: PddService,
		parcel: { carrier: "YTO", trackingNo: "YT1234567890123", secondTrackingNo: "YT1234567890124" },
		unknownOrderNo: "260318-100000000000001",
	});
});
