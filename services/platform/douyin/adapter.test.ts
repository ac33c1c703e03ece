import { describe } from "vitest";
import { describePlatform } from "../contract/platform-contract.ts";
import { douyin } from "./adapter.ts";
import DouyinService from "./douyin.service.ts";

describe("douyin", () => {
	describePlatform({
		adapter: douyin,
		service: DouyinService,
		parcel: { carrier: "SF", trackingNo: "SF1234567890123", secondTrackingNo: "SF1234567890124" },
		unknownOrderNo: "6800000000000000001",
	});
});
