import { describe } from "vitest";
import { describePlatform } from "../contract/platform-contract.ts";
import { jd } from "./adapter.ts";
import JdService from "./jd.service.ts";

describe("jd", () => {
	describePlatform({
		adapter: jd,
		service: JdService,
		parcel: { carrier: "SF", trackingNo: "SF1234567890123", secondTrackingNo: "SF1234567890124" },
		unknownOrderNo: "299999999999",
	});
});
