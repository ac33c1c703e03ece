/** Reading the `Model` of a Save. */
import { fenOf, lineTotalFen, yuan } from "../../money.ts";
import type { DocumentLine, NewDocument } from "../document.ts";
import { type Problem, problem } from "./answers.ts";

export type Model = Readonly<Record<string, unknown>>;

/** One form: its required fields, as the form's description marks them, and where its lines are. */
export interface Form {
	id: "SAL_SaleOrder" | "SAL_RETURNSTOCK";
	kind: "order" | "aftersale";
	head: readonly string[];
	entry: string;
	line: readonly string[];
	goodsLine: readonly string[]; // required of what lies in a warehouse, not of services
	quantity: string;
}

export const forms: readonly Form[] = [
	{
		id: "SAL_SaleOrder",
		kind: "order",
		head: ["FBillTypeID", "FDate", "FSaleOrgId", "FCustId", "FSalerId"],
		entry: "FSaleOrderEntry",
		line: ["FMaterialId", "FUnitID", "FQty", "FSettleOrgIds"],
		goodsLine: [],
		quantity: "FQty",
	},
	{
		id: "SAL_RETURNSTOCK",
		kind: "aftersale",
		head: ["FBillTypeID", "FDate", "FSaleOrgId", "FStockOrgId", "FRetcustId"],
		entry: "FEntity",
		line: ["FMaterialId", "FUnitID", "FRealQty", "FReturnType"],
		goodsLine: ["FStockId"],
		quantity: "FRealQty",
	},
];

/** A document, or everything that is wrong with it. */
export type Read = { fresh: NewDocument; problems: [] } | { fresh: null; problems: Problem[] };

/** `isNew`: a bill that is there already need not carry the fields of its head again. */
export function readModel(form: Form, model: Model, isNew: boolean): Read {
	const lines = listOf(model[form.entry]).map(Object) as Model[];
	const read = lines.map((line, at) => readLine(form, line, at, coarsePrices(model)));
	const problems = [
		...(isNew ? form.head.filter((name) => plain(model[name]) === "").map(required) : []),
		...(isNew && textAt(model, "FDate") && !/^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/.test(textAt(model, "FDate"))
			? [problem("日期格式不正确", "FDate")]
			: []),
		...(lines.length ? [] : [problem("明细不允许为空", form.entry)]),
		...read.flatMap((line) => line.problems),
	];
	if (problems.length) return { fresh: null, problems };
	const services = read.filter(({ isService }) => isService);
	const key = textAt(model, "FNetOrderBillNo") || textAt(model, "FBillNo");
	const fresh: NewDocument = {
		kind: form.kind,
		key,
		orderNo: (form.kind === "aftersale" && textAt(lines[0] ?? {}, "FOrderNo")) || key,
		hubOrderId: "", // this ERP calls nobody
		lines: read.filter(({ isService }) => !isService).map(({ line }) => line),
		freightFen: services.reduce((sum, { line }) => sum + line.totalFen, 0),
		wishedCarrier: "",
	};
	return { fresh, problems: [] };
}

interface ReadLine {
	line: DocumentLine;
	isService: boolean;
	problems: Problem[];
}

/** Total = half-up(FTaxPrice × quantity) − FDiscount, the price with up to six decimals; nothing for what is free. */
function readLine(form: Form, line: Model, at: number, coarse: boolean): ReadLine {
	const where = `${form.entry}[${at}].`;
	const isService = textAt(line, "FRowType") === "Service";
	const needed = [...form.line, ...(isService ? [] : form.goodsLine)];
	const problems = needed.filter((name) => plain(line[name]) === "").map((name) => required(where + name));
	const quantity = Number(plain(line[form.quantity]));
	const isWhole = Number.isSafeInteger(quantity) && quantity > 0;
	if (!isWhole) problems.push(problem("数量必须是大于零的整数", where + form.quantity));
	const priceFen = lineTotalFen(plain(line.FTaxPrice) || "0", 1);
	const price = coarse && priceFen !== null ? yuan(priceFen) : plain(line.FTaxPrice) || "0";
	const grossFen = lineTotalFen(price, isWhole ? quantity : 0);
	if (grossFen === null) problems.push(problem("含税单价格式不正确", `${where}FTaxPrice`));
	const discountFen = fenOf(plain(line.FDiscount) || "0");
	if (discountFen === null) problems.push(problem("折扣额格式不正确", `${where}FDiscount`));
	const totalFen = String(line.FIsFree) === "true" ? 0 : (grossFen ?? 0) - (discountFen ?? 0);
	if (totalFen < 0) problems.push(problem("折扣额不能大于金额", `${where}FDiscount`));
	return { line: { sku: plain(line.FMaterialId), quantity, totalFen }, isService, problems };
}

/** A currency says how many decimals its prices have: yuan here six, dollars two, and then totals are not the client's. */
const coarsePrices = ({ FSaleOrderFinance: finance }: Model): boolean =>
	plain((Object(finance) as Model).FSettleCurrId) === "PRE007";

const required = (name: string): Problem => problem(`字段“${name}”是必填项`, name);

/** A plain value, or the number of base data: {"FNumber": "A001"}, in any case. */
export function plain(value: unknown): string {
	if (typeof value !== "object" || value === null) return value === undefined || value === null ? "" : String(value);
	const entry = Object.entries(value).find(([name]) => name.toLowerCase() === "fnumber");
	return entry ? plain(entry[1]) : "";
}

export function textAt(model: Model, name: string): string {
	const value = model[name];
	return typeof value === "string" ? value : "";
}

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
