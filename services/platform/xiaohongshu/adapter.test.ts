import { describe } from "vitest";
import { describePlatform } from "../contract/platform-contract.ts";
import { xiaohongshu } from "./adapter.ts";
import XiaohongshuService from "./xiaohongshu.service.ts";

describe("xiaohongshu", () => {
	describePlatform({
		adapter: xiaohongshu,
		service: XiaohongshuService,
		parcel: { carrier: "SF", trackingNo: "SF1234567890123", secondTrackingNo: "SF1234567890124" },
		unknownOrderNo: "P700000000000000001",
	});
});
