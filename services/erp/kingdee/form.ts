/** The fields of Kingdee's bills, of those the hub knows. Source: WebAPI documentation of SAL_SaleOrder, SAL_RETURNSTOCK. */
import { fenIn, productFen, sumOf } from "../amounts.ts";
import { all, type Form, under } from "../form.ts";
import { dayOrTime, looseFlag, money, oneOf, percent, pieces, price, reference, text } from "../format.ts";
import type { BookedLine, Booking } from "../judgement.ts";
import { asRecord, textOf } from "./answers.ts";
import { type BillForm, type Document, headOf, linesOf } from "./bill.ts";

const number = text(80);
const words = text(255);

const row: Form = {
	FRowType: oneOf("Standard", "Service", "Parent", "Son"),
	...all("FMaterialId FUnitID FOwnerId FStockOrgId", reference),
	FTaxPrice: price,
	FPrice: price,
	FIsFree: looseFlag,
	FEntryTaxRate: percent,
	FDiscountRate: percent,
	FDiscount: money,
	FOwnerTypeId: oneOf("BD_OwnerOrg", "BD_Customer", "BD_Supplier"),
};

export const saleOrderForm: Form = under("Model", {
	...all("FBillNo FNetOrderBillNo", number),
	FDate: dayOrTime,
	FBusinessType: number,
	...all("FBillTypeID FSaleOrgId FCustId FSalerId FSaleDeptId FReceiveId FSettleId FChargeId FSaleGroupId", reference),
	...all("FLinkMan FLinkPhone FReceiveAddress FNote", words),
	...under("FSaleOrderFinance", {
		...all("FSettleCurrId FExchangeTypeId FRecConditionId", reference),
		FExchangeRate: price,
		FIsIncludedTax: looseFlag,
		FIsPriceExcludeTax: looseFlag,
	}),
	...under("FSaleOrderEntry[]", {
		...row,
		FQty: pieces,
		FDeliveryDate: dayOrTime,
		...all("FSettleOrgIds FSupplyOrgId FPriceUnitId", reference),
		FEntryNote: words,
	}),
});

export const cancelForm: Form = { FNetOrderBillNo: number };

export const returnForm: Form = {
	IsAutoSubmitAndAudit: looseFlag,
	...under("Model", {
		FBillNo: number,
		FDate: dayOrTime,
		...all("FBillTypeID FSaleOrgId FStockOrgId FRetcustId FSalesManId FSaledeptid", reference),
		FHeadNote: words,
		...under("SubHeadEntity", all("FSettleCurrId FExchangeTypeId", reference)),
		...under("FEntity[]", {
			...row,
			FRealQty: pieces,
			...all("FReturnType FStockId FStockstatusId", reference),
			FOrderNo: number,
			FNote: words,
		}),
	}),
};

/** Lines of services are freight, or money alone. What is free comes to nothing. */
export function billBooking(form: BillForm, document: Document): Booking {
	const rows = linesOf(form, document);
	const isService = (line: Document): boolean => line.FRowType === "Service";
	const entry = `Model.${form.entry}`;
	return {
		number: textOf(headOf(document)[form.numberField]),
		order: null,
		lines: rows.filter((line) => !isService(line)).map((line) => booked(form, line)),
		freightFen: sumOf(rows.filter(isService).map((line) => booked(form, line).fen)),
		totals: [],
		fields: {
			number: `Model.${form.numberField}`,
			lines: entry,
			sku: `${entry}[].FMaterialId`,
			quantity: `${entry}[].${form.quantity}`,
			amount: `${entry}[].FTaxPrice`,
			freight: `${entry}[].FTaxPrice`,
		},
	};
}

function booked(form: BillForm, line: Document): BookedLine {
	const quantity = Number(line[form.quantity]);
	const free = String(line.FIsFree) === "true";
	const discountFen = fenIn(line.FDiscount ?? 0);
	return {
		sku: String(asRecord(line.FMaterialId).FNumber ?? ""),
		quantity,
		fen: free ? 0 : sumOf([productFen(line.FTaxPrice, quantity), discountFen === null ? null : -discountFen]),
	};
}

export const cancelBooking = (document: Document): Booking => ({
	number: textOf(document.FNetOrderBillNo),
	order: null,
	lines: [],
	freightFen: null,
	totals: [],
	fields: { number: "FNetOrderBillNo", lines: "", sku: "", quantity: "", amount: "", freight: "" },
});
