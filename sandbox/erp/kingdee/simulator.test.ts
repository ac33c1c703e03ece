import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox, until } from "../../testing/running.ts";
import { kingdee } from "./simulator.ts";

interface Said {
	Result: {
		ResponseStatus: {
			IsSuccess: boolean;
			MsgCode: number;
			Errors: { FieldName: string | null; Message: string; DIndex: number }[];
			SuccessEntitys: { Id: number; Number: string; DIndex: number }[];
		};
		NeedReturnData?: { FBillAllAmount: number }[];
	};
}

let sandbox: RunningSandbox;
let cookie: string;
beforeAll(async () => {
	sandbox = await runSandbox();
	cookie = await signIn();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", {});
	await sandbox.control("POST", "erp/kingdee", { autoShip: false, decide: "agree" });
});

const post = (service: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
	fetch(`${sandbox.url}/erp/kingdee/K3Cloud/Kingdee.BOS.WebApi.ServicesStub.${service}.common.kdsvc`, {
		method: "POST",
		headers,
		body: JSON.stringify(body),
	});

async function signIn(change: object = {}): Promise<string> {
	const response = await post("AuthService.LoginByAppSecret", { ...kingdee.credentials, lcid: 2052, ...change });
	return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function call<T = Said>(operation: string, formid: string, data: object, more: object = {}): Promise<T> {
	const body = { formid, data: JSON.stringify(data), ...more };
	return (await (await post(`DynamicFormService.${operation}`, body, { cookie })).json()) as T;
}

const query = <T = unknown[][]>(FormId: string, FieldKeys: string, FilterString = ""): Promise<T> =>
	call<T>("ExecuteBillQuery", "", { FormId, FieldKeys, FilterString });
const statusOf = ({ Result }: Said) => Result.ResponseStatus;
const wordsOf = (said: Said) =>
	statusOf(said)
		.Errors.map(({ Message }) => Message)
		.join();
const idOf = (said: Said) => statusOf(said).SuccessEntitys[0]?.Id ?? 0;

const number = (FNumber: string) => ({ FNumber });
const line = (more: object = {}) => ({
	FRowType: "Standard",
	FMaterialId: number("CUP-BK-500"),
	FUnitID: number("Pcs"),
	FQty: 3,
	FTaxPrice: "33.333333",
	FSettleOrgIds: number("100"),
	...more,
});
const freight = line({ FRowType: "Service", FMaterialId: number("FY001"), FQty: 1, FTaxPrice: "6.00" });
const order = (no: string, more: object = {}) => ({
	FBillTypeID: { FNUMBER: "XSDD01_SYS" },
	FBillNo: no,
	FNetOrderBillNo: no,
	FDate: "2026-01-02",
	FSaleOrgId: number("100"),
	FCustId: number("CUST0001"),
	FSalerId: number("S001"),
	FSaleOrderEntry: [line(), freight],
	...more,
});
const save = (Model: object, options: object = { IsAutoSubmitAndAudit: "true" }) =>
	call("Save", "SAL_SaleOrder", { ...options, Model });

describe("the Kingdee simulator", () => {
	it("lets nobody in with a wrong secret, and nobody go on without a session", async () => {
		expect(await signIn({ appSecret: "wrong" })).toBe("");
		const response = await post("DynamicFormService.Save", { formid: "SAL_SaleOrder", data: "{}" });
		expect(response.status).toBe(200);
		expect(statusOf((await response.json()) as Said)).toMatchObject({ IsSuccess: false, MsgCode: 1 });
		const counters = await sandbox.control<Record<string, object>>("GET", "counters");
		expect(counters["erp/kingdee"]).toMatchObject({ refusedSignatures: 1, expiredTokens: 1 });
	});

	it("loses a session when a fault wants it: the call was not done", async () => {
		await sandbox.control("POST", "faults", { target: "erp/kingdee", fault: "expired-token", times: 1 });
		expect(wordsOf(await save(order("X1")))).toContain("会话信息已丢失");
		expect(await query<[[Said]]>("SAL_SaleOrder", "FID")).toMatchObject([
			[{ Result: { ResponseStatus: { MsgCode: 1 } } }],
		]);
		cookie = await signIn();
		expect(await query("SAL_SaleOrder", "FID")).toEqual([]);
	});

	it("takes an order once under its bill number, and adds it up as it does", async () => {
		const said = await save(order("X1"), { IsAutoSubmitAndAudit: "true", NeedReturnFields: ["FBillAllAmount"] });
		expect(said.Result.NeedReturnData).toEqual([{ FBillAllAmount: 106 }]);
		expect(wordsOf(await save(order("X1")))).toContain("已存在");
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{
				kind: "order",
				key: "X1",
				accepted: 1,
				freightFen: 600,
				totalFen: 10_600,
				lines: [{ quantity: 3, totalFen: 10_000 }],
			},
		]);
		expect(await query("SAL_SaleOrder", "FBillNo,FDocumentStatus,FBillAllAmount", "FNetOrderBillNo='X1'")).toEqual([
			["X1", "C", 106],
		]);
	});

	it("takes an order twice that carries no bill number, unless it shall know a repeat", async () => {
		const own = order("X1", { FBillNo: undefined });
		const first = await save(own);
		const second = await save(own);
		expect(statusOf(first).SuccessEntitys[0]?.Number).not.toBe(statusOf(second).SuccessEntitys[0]?.Number);
		expect(await sandbox.truth("kind=documents")).toMatchObject([{ key: "X1", accepted: 2 }]);
		expect(await query("SAL_SaleOrder", "FID", "FNetOrderBillNo='X1'")).toHaveLength(2);
		expect(wordsOf(await save(own, { ValidateRepeatJson: "true" }))).toContain("重复");
	});

	it.each<[object, string]>([
		[{ FCustId: {} }, "FCustId"],
		[{ FSalerId: undefined }, "FSalerId"],
		[{ FDate: "02/01/2026" }, "FDate"],
		[{ FSaleOrderEntry: [] }, "FSaleOrderEntry"],
		[{ FSaleOrderEntry: [line({ FMaterialId: number("") })] }, "FSaleOrderEntry[0].FMaterialId"],
		[{ FSaleOrderEntry: [line({ FQty: 0 })] }, "FSaleOrderEntry[0].FQty"],
		[{ FSaleOrderEntry: [line({ FQty: 1.5 })] }, "FSaleOrderEntry[0].FQty"],
		[{ FSaleOrderEntry: [line({ FQty: "many" })] }, "FSaleOrderEntry[0].FQty"],
		[{ FSaleOrderEntry: [line({ FTaxPrice: "1.0000001" })] }, "FSaleOrderEntry[0].FTaxPrice"],
		[{ FSaleOrderEntry: [line({ FDiscount: "100.01" })] }, "FSaleOrderEntry[0].FDiscount"],
	])("refuses %j naming the field", async (change, field) => {
		const said = await save(order("X1", change));
		expect(statusOf(said)).toMatchObject({ IsSuccess: false, MsgCode: 11, SuccessEntitys: [] });
		expect(statusOf(said).Errors.map(({ FieldName }) => FieldName)).toContain(field);
		expect(await sandbox.truth("kind=documents")).toEqual([]);
	});

	it("stores the good bills of a batch and names the others", async () => {
		const said = await call("BatchSave", "SAL_SaleOrder", {
			Model: [order("X1"), order("X2", { FCustId: {} }), order("X3")],
		});
		expect(statusOf(said).IsSuccess).toBe(false);
		expect(statusOf(said).SuccessEntitys.map((bill) => [bill.Number, bill.DIndex])).toEqual([
			["X1", 0],
			["X3", 2],
		]);
		expect(statusOf(said).Errors).toMatchObject([{ FieldName: "FCustId", DIndex: 1 }]);
	});

	it("changes only what is not audited, and drops the lines that are not sent", async () => {
		const FID = idOf(await save(order("X1")));
		const Model = { FID, FNote: "新", FSaleOrderEntry: [line({ FQty: 1, FTaxPrice: 5 })] };
		expect(wordsOf(await save(Model))).toContain("已审核");
		await call("UnAudit", "SAL_SaleOrder", { Ids: String(FID) });
		expect(statusOf(await save(Model)).IsSuccess).toBe(true);
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{ kind: "order", totalFen: 500, freightFen: 0 },
			{ kind: "change", key: "X1", totalFen: 500, accepted: 1 },
		]);
		expect(await query("SAL_SaleOrder", "FNote,FMaterialId.FNumber,FQty,FTaxPrice", "FBillNo='X1'")).toEqual([
			["新", "CUP-BK-500", 1, 5],
		]);
	});

	it("adds the lines where it shall keep those that are not sent", async () => {
		const FID = idOf(await save(order("X1"), {}));
		const more = { FID, FSaleOrderEntry: [line({ FQty: 1, FTaxPrice: 5 })] };
		await save(more, { IsDeleteEntry: "false" });
		expect((await sandbox.truth("kind=documents"))[0]).toMatchObject({ totalFen: 11_100 });
		expect(await query("SAL_SaleOrder", "FQty", "FBillNo='X1'")).toHaveLength(3);
	});

	it("cancels what is not audited, and keeps it", async () => {
		const Ids = String(idOf(await save(order("X1"))));
		const cancel = () => call("ExcuteOperation", "SAL_SaleOrder", { Ids }, { opNumber: "Cancel" });
		expect(wordsOf(await cancel())).toContain("已审核");
		await call("UnAudit", "SAL_SaleOrder", { Ids });
		expect(statusOf(await cancel()).IsSuccess).toBe(true);
		expect(await query("SAL_SaleOrder", "FDocumentStatus,FCancelStatus", "FNetOrderBillNo='X1'")).toEqual([["D", "B"]]);
		expect((await sandbox.truth("kind=documents"))[0]).toMatchObject({ kind: "order", cancelled: true });
	});

	it("refuses to cancel when it is told to refuse", async () => {
		const Ids = String(idOf(await save(order("X1"), {})));
		await sandbox.control("POST", "erp/kingdee", { decide: "refuse" });
		const said = await call("ExcuteOperation", "SAL_SaleOrder", { Ids }, { opNumber: "Cancel" });
		expect(wordsOf(said)).toContain("发货通知单");
	});

	it("shows what has left as a delivery, and then takes no audit back", async () => {
		const FID = idOf(await save(order("X1")));
		await sandbox.control("POST", "erp/kingdee", { autoShip: true, afterMs: 0 });
		const fields = "FCarriageNO,FCarrierID.FNumber,FSoorDerno,FMaterialID.FNumber,FRealQty";
		const filter = "FDocumentStatus='C' and FCarriageNO<>' ' and FModifyDate>='2026-01-01 00:00:00'";
		const rows = await until(
			() => query("SAL_OUTSTOCK", fields, filter),
			(seen) => seen.length > 0,
		);
		const [{ shipping } = { shipping: { carrier: "", trackingNo: "" } }] = await sandbox.truth("kind=documents");
		expect(rows).toEqual([[shipping.trackingNo, shipping.carrier, "X1", "CUP-BK-500", 3]]);
		expect(wordsOf(await call("UnAudit", "SAL_SaleOrder", { Ids: String(FID) }))).toContain("销售出库单");
	});

	it("takes returns, goods with the stock they come to", async () => {
		const back = (FNumber: string, more: object) => ({
			...{ FRowType: "Standard", FMaterialId: number("CUP-BK-500"), FUnitID: number("Pcs"), FRealQty: 1 },
			...{ FTaxPrice: "33.33", FReturnType: number("THLX01_SYS"), FStockId: number(FNumber), FOrderNo: "X1", ...more },
		});
		const model = (FEntity: object[]) => ({
			...{ FBillTypeID: { FNUMBER: "XSTHD01_SYS" }, FBillNo: "R1", FDate: "2026-01-05", FSaleOrgId: number("100") },
			...{ FStockOrgId: number("100"), FRetcustId: number("CUST0001"), FEntity },
		});
		const service = back("", { FRowType: "Service", FTaxPrice: "6.00" });
		expect(wordsOf(await call("Save", "SAL_RETURNSTOCK", { Model: model([back("", {})]) }))).toContain("FStockId");
		await call("Save", "SAL_RETURNSTOCK", { Model: model([back("CK001", {}), service]) });
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{ kind: "aftersale", key: "R1", orderNo: "X1", totalFen: 3933, accepted: 1 },
		]);
		expect(await query("SAL_RETURNSTOCK", "FBillNo,FDocumentStatus", "FBillNo='R1'")).toEqual([["R1", "A"]]);
	});

	it("says what is wrong with a question inside two lists", async () => {
		await save(order("X1"));
		const words = async (...question: [string, string, string?]) => wordsOf((await query<[[Said]]>(...question))[0][0]);
		expect(await words("SAL_SaleOrder", "FID", "FBillNo like 'X'")).toContain("过滤条件");
		expect(await words("SAL_SaleOrder", "FNothing")).toContain("FNothing");
		expect(await words("SAL_NOTHING", "FID")).toContain("业务对象不存在");
		expect(await query("SAL_SaleOrder", "FBillNo", "FBillNo in ('X1','it''s')")).toEqual([["X1"]]);
	});

	it.each([
		["rate-limit", "too many calls", 14],
		["business-error", "库存不足", 11],
	])("refuses under %s, and takes nothing", async (fault, words, code) => {
		await sandbox.control("POST", "faults", { target: "erp/kingdee", fault, times: 1 });
		const said = await save(order("X1"));
		expect([wordsOf(said), statusOf(said).MsgCode]).toEqual([expect.stringContaining(words), code]);
		expect(await sandbox.truth("kind=documents")).toEqual([]);
	});
});
