import { describe } from "vitest";
import { describePlatform } from "../contract/platform-contract.ts";
import { taobao } from "./adapter.ts";
import TaobaoService from "./taobao.service.ts";

describe("taobao", () => {
	describePlatform({
		adapter: taobao,
		service: TaobaoService,
		parcel: { carrier: "SF", trackingNo: "SF1234567890123", secondTrackingNo: "SF1234567890124" },
		unknownOrderNo: "4000000000000000001",
	});
});
