import { describe } from "vitest";
import { describePlatform } from "../adapter.contract.ts";
import { taobao } from "./adapter.ts";
import TaobaoService from "./taobao.service.ts";

describe("taobao", () => {
	describePlatform({
		adapter: taobao,
		service: TaobaoService,
		parcel: { carrier: "SF", trackingNo: "SF1234567890123" },
	});
});
