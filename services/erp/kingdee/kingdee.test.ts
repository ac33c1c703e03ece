import { describe, expect, it } from "vitest";
import type { Connection, ErpAnswer, ErpRequest } from "../driver.ts";
import type { ErpSteps } from "../steps.ts";
import { kingdee } from "./driver.ts";

const connection: Connection = {
	id: "k",
	dialect: "kingdee",
	name: "k",
	url: "https://k.example/k3cloud/",
	settings: {},
	secrets: { acctId: "a1", username: "u1", appId: "i1", appSecret: "s1" },
};

const answer = (body: unknown, headers: Record<string, string> = {}): ErpAnswer => ({
	status: 200,
	headers,
	body: typeof body === "string" ? body : JSON.stringify(body),
});
const status = (more: object): object => ({
	Result: { ResponseStatus: { IsSuccess: false, Errors: [], SuccessEntitys: [], MsgCode: 0, ...more } },
});
const done = (billNo = "X1", more: object = {}): object => ({
	Result: {
		ResponseStatus: { IsSuccess: true, SuccessEntitys: [{ Id: 7, Number: billNo, DIndex: 0 }], MsgCode: 0 },
		...more,
	},
});
const refusal = (Message: string, more: object = {}): object =>
	status({ MsgCode: 11, Errors: [{ FieldName: null, Message, DIndex: 0 }], ...more });
const lost = refusal("会话信息已丢失，请重新登录", { MsgCode: 1 });

/** Walks with these answers; what was asked, by the last part of the address and its `data`. */
function walk<T>(steps: ErpSteps<T>, answers: readonly unknown[]): { result: T; asked: [string, unknown][] } {
	const asked: [string, unknown][] = [];
	let next = steps.next();
	for (const body of answers) {
		if (next.done) throw new Error("no call was left to answer");
		const request = next.value.request(connection, new Date(0), "session-1");
		asked.push([operationIn(request), JSON.parse(JSON.parse(request.body).data)]);
		next = steps.next(next.value.read(answer(body), connection));
	}
	if (!next.done) throw new Error(`${next.value.name} was left to be answered`);
	return { result: next.value, asked };
}

const operationIn = ({ url }: ErpRequest): string => /\.(\w+)\.common\.kdsvc$/.exec(url)?.[1] ?? "";
const steps = <T>(made: ErpSteps<T> | undefined): ErpSteps<T> => {
	if (!made) throw new Error("the dialect has no such kind");
	return made;
};

const document = (price = "33.333333") => ({
	Model: {
		FNetOrderBillNo: "X1",
		FLinkMan: "张**",
		FSaleOrderEntry: [
			{ FMaterialId: { FNumber: "A" }, FQty: 3, FTaxPrice: price },
			{ FRowType: "Service", FMaterialId: { FNumber: "F" }, FQty: 1, FTaxPrice: "6.00" },
		],
	},
});

describe("the session", () => {
	const { session } = kingdee;

	it("is asked for at the server's address, given with or without its path", () => {
		for (const url of ["https://k.example", "https://k.example/", "https://k.example/K3Cloud", connection.url]) {
			const request = session?.signIn.request({ ...connection, url }, new Date(0), "");
			expect(request?.url).toBe(
				"https://k.example/K3Cloud/Kingdee.BOS.WebApi.ServicesStub.AuthService.LoginByAppSecret.common.kdsvc",
			);
			expect(JSON.parse(request?.body ?? "")).toEqual({ ...connection.secrets, lcid: 2052 });
		}
	});

	it.each([
		[{ LoginResultType: 1, KDSVCSessionId: "b" }, { "set-cookie": "a=1; path=/\nkdservice-sessionid=c; path=/" }, "c"],
		[{ LoginResultType: 1, KDSVCSessionId: "b" }, {}, "b"],
	])("is read from the cookie, or else from the body %j %j", (body, headers, id) => {
		expect(session?.signIn.read(answer(body, headers as Record<string, string>), connection)).toBe(id);
	});

	it.each([
		[{ LoginResultType: 0, Message: "密码错误" }, "ERP_REFUSED", "LoginResultType 0 密码错误"],
		[{ LoginResultType: 1 }, "ERP_UNREADABLE", ""],
		["<html/>", "ERP_UNREADABLE", ""],
		["null", "ERP_UNREADABLE", ""],
	])("is not read from %j", (body, type, words) => {
		expect(() => session?.signIn.read(answer(body), connection)).toThrow(
			expect.objectContaining({ type, message: expect.stringContaining(words) }),
		);
	});

	it("goes along as a cookie", () => {
		const first = kingdee.kinds.order.send(document()).next();
		if (first.done) throw new Error("no call was made");
		expect(first.value.request(connection, new Date(0), "c").headers.cookie).toBe("kdservice-sessionid=c");
	});

	it.each([
		[lost, true],
		[[[lost]], true],
		["会话信息已丢失，请重新登录", true],
		[refusal("库存不足"), false],
		[done("会话信息已丢失"), false], // somebody's bill number
		[[["会话信息已丢失"]], false],
	])("is lost when the ERP says so: %j", (body, isLost) => {
		expect(session?.isLost(answer(body))).toBe(isLost);
	});
});

describe("an order", () => {
	const { order } = kingdee.kinds;

	it("is saved and audited, with all that is checked", () => {
		const { result, asked } = walk(order.send(document()), [done()]);
		expect(result).toEqual({ state: "OK", docNo: "X1" });
		const options = { IsAutoSubmitAndAudit: "true", ValidateRepeatJson: "true", IsVerifyBaseDataField: "true" };
		expect(asked).toEqual([["Save", { ...options, NeedReturnFields: ["FBillAllAmount"], ...document() }]]);
	});

	it.each([
		[
			refusal("字段“客户”是必填项", { Errors: [{ FieldName: "FCustId", Message: "必填" }] }),
			"REJECTED",
			"FCustId: 必填",
		],
		[refusal("单据编号“X1”已存在"), "IN_DOUBT", "单据编号“X1”已存在"],
		[refusal("数据重复提交"), "IN_DOUBT", "数据重复提交"],
		[refusal("网络控制冲突", { MsgCode: 13 }), "IN_DOUBT", "网络控制冲突"],
		[refusal("调用次数超限", { MsgCode: 14 }), "IN_DOUBT", "调用次数超限"],
		[refusal("信用额度不足", { SuccessEntitys: [{ Id: 7, Number: "X1" }] }), "IN_DOUBT", "信用额度不足"],
		[status({ ErrorCode: 500 }), "REJECTED", "ErrorCode 500, no words"],
		[done(""), "IN_DOUBT", "ANSWER_UNREADABLE: no bill number"],
		[done("X1", { NeedReturnData: [{ FBillAllAmount: 106.01 }] }), "IN_DOUBT", "X1: 价税合计 106.01，应为 106.00"],
		[
			done("X1", { NeedReturnData: [{ FSaleOrderFinance: { FBillAllAmount: 105.99 } }] }),
			"IN_DOUBT",
			"X1: 价税合计 105.99，应为 106.00",
		],
	])("answered with %j is %s", (body, state, reason) => {
		expect(walk(order.send(document()), [body]).result).toEqual({ state, reason });
	});

	it("whose total the ERP came to as well is done", () => {
		const body = done("X1", { NeedReturnData: [{ FBillAllAmount: 106 }] });
		expect(walk(order.send(document()), [body]).result.state).toBe("OK");
	});

	it.each(["", "<html/>", "null", '{"Result":{}}', '{"Result":{"ResponseStatus":{"IsSucc'])(
		"is in doubt after %j",
		(body) => {
			expect(() => walk(order.send(document()), [body])).toThrow(expect.objectContaining({ type: "ERP_UNREADABLE" }));
		},
	);

	it.each([
		[[], { state: "NOT_FOUND" }],
		[[[7, "X1", "C", "A", 106]], { state: "FOUND", docNo: "X1" }],
		[[[7, "X1", "B", "A", 106]], { state: "FOUND", docNo: "X1" }],
		[[[7, "X1", "D", "B", 106]], { state: "FOUND", docNo: "X1" }], // cancelled there: it is not brought in once more
		[[[7, "X1", "A", "A", 106]], { state: "UNKNOWN", reason: "销售订单 X1 已保存，未审核 (A)" }],
		[[[7, "X1", "C", "A", 106.01]], { state: "UNKNOWN", reason: "X1: 价税合计 106.01，应为 106.00" }],
	])("looked for, with rows %j", (rows, found) => {
		const { result, asked } = walk(order.find("X'1", document()), [rows]);
		expect(result).toEqual(found);
		expect(asked[0]?.[1]).toMatchObject({ FormId: "SAL_SaleOrder", FilterString: "FNetOrderBillNo='X''1'" });
	});

	it("that the mapping does not want audited is there as soon as it is stored", () => {
		const kept = { ...document(), IsAutoSubmitAndAudit: "false" };
		expect(walk(order.find("X1", kept), [[[7, "X1", "A", "A", 106]]]).result.state).toBe("FOUND");
	});

	it.each([
		[[[refusal("没有权限")]], "ERP_REFUSED"],
		[[["too", "short"]], "ERP_UNREADABLE"],
		[{ rows: [] }, "ERP_UNREADABLE"],
	])("is not taken for absent after %j", (body, type) => {
		expect(() => walk(order.find("X1", document()), [body])).toThrow(expect.objectContaining({ type }));
	});

	it("names what it lacks", () => {
		expect(order.missing({}, {})).toEqual([
			...["FBillTypeID", "FNetOrderBillNo", "FDate", "FSaleOrgId", "FCustId", "FSalerId"],
			"FSaleOrderEntry",
		]);
		const line = {
			FMaterialId: {},
			FUnitID: { FNumber: "" },
			FQty: 1,
			FTaxPrice: "0.00",
			FSettleOrgIds: { FNumber: "1" },
		};
		const named = order.missing({ Model: { FSaleOrderEntry: [line] } }, {});
		expect(named).toContain("FSaleOrderEntry[0].FMaterialId");
		expect(named).toContain("FSaleOrderEntry[0].FUnitID");
		expect(named.filter((name) => name.startsWith("FSaleOrderEntry"))).toHaveLength(2);
	});
});

describe("a change", () => {
	const change = () => steps(kingdee.kinds.change?.send(document()));

	it("takes the audit back and saves the bill that is there, with all its lines anew", () => {
		const { result, asked } = walk(change(), [[[7, "X1", "C", "A"]], done(), done()]);
		expect(result).toEqual({ state: "OK", docNo: "X1" });
		expect(asked.map(([operation]) => operation)).toEqual(["ExecuteBillQuery", "UnAudit", "Save"]);
		expect(asked[1]?.[1]).toEqual({ Ids: "7" });
		expect(asked[2]?.[1]).toMatchObject({
			IsDeleteEntry: "true",
			ValidateRepeatJson: "false",
			Model: { ...document().Model, FID: 7 },
		});
	});

	it("tells a person when it leaves the bill unaudited", () => {
		const { result } = walk(change(), [[[7, "X1", "C", "A"]], done(), refusal("物料不存在")]);
		expect(result).toEqual({ state: "REJECTED", reason: "物料不存在 (已反审核，未重新审核)" });
	});

	it.each([13, 14])(
		"is not refused when the audit cannot be taken back now (MsgCode %i), but tried again",
		(MsgCode) => {
			const answers = [[[7, "X1", "C", "A"]], refusal("请稍后再试", { MsgCode })];
			expect(() => walk(change(), answers)).toThrow(
				expect.objectContaining({ type: "ERP_REFUSED", message: expect.stringContaining("请稍后再试") }),
			);
		},
	);

	it("of a bill that is not audited is saved at once", () => {
		expect(walk(change(), [[[7, "X1", "D", "A"]], done()]).asked.map(([operation]) => operation)).toEqual([
			"ExecuteBillQuery",
			"Save",
		]);
	});

	it.each([
		[[[]], "销售订单 X1 不存在"],
		[[[[7, "X1", "D", "B"]]], "销售订单 X1 已作废"],
		[[[[7, "X1", "C", "A"]], refusal("已关联下游单据")], "已关联下游单据"],
		[[[[7, "X1", "D", "A"]], refusal("物料不存在")], "物料不存在"],
	])("is refused after %j", (answers, reason) => {
		expect(walk(change(), answers).result).toEqual({ state: "REJECTED", reason });
	});

	it.each([
		[["C", "张**", "A", 3, 33.333333], ["C", "张**", "F", 1, 6], "FOUND"],
		[["C", "张**", "F", 1, 6], ["C", "张**", "A", 3, "33.333333"], "FOUND"], // in whatever order
		[["D", "张**", "A", 3, 33.333333], ["D", "张**", "F", 1, 6], "NOT_FOUND"], // not audited
		[["C", "李**", "A", 3, 33.333333], ["C", "李**", "F", 1, 6], "NOT_FOUND"],
		[["C", "张**", "A", 2, 33.333333], ["C", "张**", "F", 1, 6], "NOT_FOUND"],
		[["C", "张**", "A", 3, 33.333333], null, "NOT_FOUND"],
	])("is there when the bill reads as it does: %j %j", (first, second, state) => {
		const rows = [first, second].filter((row) => row !== null).map((row) => ["X1", ...row]);
		const found = steps(kingdee.kinds.change?.find("X1", document()));
		expect(walk(found, [rows]).result.state).toBe(state);
	});
});

describe("a cancel", () => {
	const cancel = () => steps(kingdee.kinds.cancel?.send({ FNetOrderBillNo: "X1" }));

	it("takes the audit back and cancels every bill of the number", () => {
		const rows = [
			[7, "X1", "C", "A"],
			[8, "X2", "A", "A"],
			[9, "X3", "D", "B"],
		];
		const { result, asked } = walk(cancel(), [rows, done(), done()]);
		expect(result).toEqual({ state: "OK", docNo: "X1" });
		expect(asked.slice(1)).toEqual([
			["UnAudit", { Ids: "7" }],
			["ExcuteOperation", { Ids: "7,8" }],
		]);
	});

	it("is done already where the bill is cancelled", () => {
		expect(walk(cancel(), [[[7, "X1", "D", "B"]]]).result).toEqual({ state: "OK", docNo: "X1" });
	});

	it.each([
		[[[]], "REJECTED", "销售订单 X1 不存在"],
		[[[[7, "X1", "C", "A"]], refusal("已关联下游单据")], "REJECTED", "已关联下游单据"],
		[[[[7, "X1", "D", "A"]], refusal("不允许作废")], "REJECTED", "不允许作废"],
		[[[[7, "X1", "D", "A"]], refusal("冲突", { MsgCode: 13 })], "IN_DOUBT", "冲突"],
	])("after %j is %s", (answers, state, reason) => {
		expect(walk(cancel(), answers).result).toEqual({ state, reason });
	});

	it.each([
		[[], "NOT_FOUND"],
		[[[7, "X1", "C", "A"]], "NOT_FOUND"],
		[[[7, "X1", "D", "B"]], "FOUND"],
		[
			[
				[7, "X1", "D", "B"],
				[8, "X2", "C", "A"],
			],
			"NOT_FOUND",
		],
	])("looked for, with rows %j, is %s", (rows, state) => {
		const found = steps(kingdee.kinds.cancel?.find("X1", {}));
		expect(walk(found, [rows]).result.state).toBe(state);
	});
});

describe("parcels", () => {
	const since = new Date("2026-01-01T16:00:00Z");
	const row = (id: number, at: string, waybill: string, billNo: string, sku: string, quantity = 1) => [
		...[id, at, waybill, "SF", "顺丰速运", billNo, sku, quantity],
	];
	const read = (...answers: unknown[]) => walk(steps(kingdee.parcels?.(since)), answers);

	it("are the waybills of audited deliveries, under our order numbers", () => {
		const { result, asked } = read(
			[
				row(1, "2026-01-02T08:00:00.5", "SF1", "XSDD1", "A", 2),
				row(1, "2026-01-02T08:00:00.5", "SF1", "XSDD1", "B"),
				row(2, "2026-01-02T08:00:01", "SF2", "XSDD2", "A"),
				row(3, "2026-01-02T08:00:02", "SF3", "BY-HAND", "A"),
			],
			[
				["XSDD1", "T1"],
				["XSDD2", "T2"],
				["BY-HAND", " "],
			],
		);
		const lines = [
			{ sku: "A", quantity: 2 },
			{ sku: "B", quantity: 1 },
		];
		expect(result).toEqual({
			parcels: [
				{ number: "T1", carrier: "SF", trackingNo: "SF1", lines },
				{ number: "T2", carrier: "SF", trackingNo: "SF2", lines: [{ sku: "A", quantity: 1 }] },
			],
			until: new Date("2026-01-02T00:00:02Z"),
		});
		expect(asked[0]?.[1]).toMatchObject({
			FilterString: expect.stringContaining("FModifyDate>='2026-01-01 23:59:00'"),
		});
		expect(asked[1]?.[1]).toMatchObject({ FilterString: "FBillNo in ('XSDD1','XSDD2','BY-HAND')" });
	});

	it("name the carrier where its number is not our code", () => {
		const strange = [1, "2026-01-02T08:00:00", "SF1", "GYS001", "中通快递", "XSDD1", "A", 1];
		expect(read([strange], [["XSDD1", "T1"]]).result.parcels[0]?.carrier).toBe("中通快递");
	});

	it("of a full answer end before its last delivery, which may not be whole", () => {
		const many = Array.from({ length: 999 }, (_, at) => row(1, "2026-01-02T08:00:00", "SF1", "XSDD1", `A${at}`));
		const { result } = read([...many, row(2, "2026-01-02T08:00:01", "SF2", "XSDD2", "A")], [["XSDD1", "T1"]]);
		expect(result.parcels.map(({ trackingNo }) => trackingNo)).toEqual(["SF1"]);
		expect(result.until).toEqual(new Date("2026-01-02T00:00:00Z"));
	});

	it("never go back in time, and stay where they are without any", () => {
		expect(read([]).result).toEqual({ parcels: [], until: since });
		const early = row(1, "2026-01-01T23:59:30", "SF1", "XSDD1", "A");
		expect(read([early], [["XSDD1", "T1"]]).result.until).toEqual(since);
	});
});
