/** Whether the ERP would book what was ordered: the same pieces, to the fen, under the order's number. */
import type { Words } from "../../../services/erp/format.ts";
import type { BookedLine, Booking, BookingFields } from "../../../services/erp/judgement.ts";
import type { MappingProblem, MappingTarget, ProblemCode } from "./problem.ts";
import type { Variant } from "./variants.ts";

interface Piece {
	sku: string;
	quantity: number;
	fen: number;
}

export function wrongBooking(booking: Booking, variant: Variant, kind: MappingTarget["kind"]): MappingProblem[] {
	const number = [...wrongNumber(booking, variant, kind), ...wrongOrder(booking, variant)];
	if (kind === "cancel") return number;
	return [...number, ...(kind === "aftersale" ? wrongReturn(booking, variant) : wrongDelivery(booking, variant))];
}

function wrongNumber({ number, fields }: Booking, { order, aftersale }: Variant, kind: string): MappingProblem[] {
	const { revision } = order.erp;
	const isAftersale = kind === "aftersale" && aftersale;
	const own = isAftersale ? aftersale.aftersaleNo : order.orderNo;
	const input = isAftersale ? "aftersale.aftersaleNo" : "order.orderNo";
	const ought = isAftersale || revision === 1 ? own : `${own}-${revision}`;
	if (number === "" || number === ought) return []; // an empty one is told as a required field
	if (!number.includes(own))
		return [
			problem("NUMBER", fields.number, {
				zh: `应为 ${input}：ERP 有没有这张单据要用它来问`,
				en: `it must be ${input}: by it the ERP is asked whether the document is there`,
			}),
		];
	const rest = number.replace(own, "");
	if (isAftersale || revision === 1 || rest.includes(`${revision}`))
		return [{ ...problem("NUMBER", fields.number, otherNumber), level: "warning" }];
	return [
		problem("NUMBER", fields.number, {
			zh: '取消后重新推送的订单要用新编号：order.orderNo & (order.erp.revision > 1 ? "-" & order.erp.revision : "")',
			en: 'an order that comes anew after a cancel needs another number: order.orderNo & (order.erp.revision > 1 ? "-" & order.erp.revision : "")',
		}),
	];
}

/** An after-sale is of the document that is there, whichever revision that is. */
function wrongOrder({ order: told }: Booking, { order }: Variant): MappingProblem[] {
	const { revision } = order.erp;
	if (!told?.number || revision === 1 || told.number.replace(order.orderNo, "").includes(`${revision}`)) return [];
	return [
		problem("NUMBER", told.field, {
			zh: `应为订单在 ERP 中的编号，重新推送后带 -${revision}：order.orderNo & (order.erp.revision > 1 ? "-" & order.erp.revision : "")`,
			en: `it must be the order's number in the ERP, which has -${revision} when it came anew: order.orderNo & (order.erp.revision > 1 ? "-" & order.erp.revision : "")`,
		}),
	];
}

const otherNumber: Words = {
	zh: "一张订单的所有单据应使用同一编号：order.orderNo，重新推送时加 -2、-3；售后用 aftersale.aftersaleNo",
	en: "all documents of an order should carry the same number: order.orderNo, with -2, -3 when it comes anew; after-sales aftersale.aftersaleNo",
};

function wrongDelivery(booking: Booking, { order }: Variant): MappingProblem[] {
	const open = order.erpLines.filter(({ status, refund }) => status !== "CLOSED" && refund !== "DONE");
	const wanted = open.map(({ erpSku: sku, quantity, paidFen: fen }) => ({ sku, quantity, fen }));
	const linesFen = wanted.reduce((sum, { fen }) => sum + fen, 0);
	const goodsFen = open.reduce((sum, { priceFen, quantity }) => sum + priceFen * quantity, 0);
	const dueFen = linesFen + order.money.freightFen;
	const ought = { due: dueFen, lines: linesFen, goods: goodsFen, discount: goodsFen - linesFen };
	const { fields, freightFen } = booking;
	const pieces = booking.lines ? wrongPieces(booking.lines, fields, wanted) : [];
	return [
		...pieces,
		...(pieces.length || !booking.lines ? [] : wrongAmounts(booking.lines, fields.amount, wanted)),
		...(freightFen === null ? [] : amount(fields.freight, freightFen, order.money.freightFen)),
		...booking.totals.flatMap(({ field, fen, is }) => (fen === null ? [] : amount(field, fen, ought[is]))),
	];
}

/** What comes back, where goods do; and all of the money, whichever line it stands in. */
function wrongReturn(booking: Booking, { order, aftersale }: Variant): MappingProblem[] {
	if (!aftersale) return [];
	const isGoods = aftersale.type === "RETURN_REFUND" || aftersale.type === "EXCHANGE";
	const wanted = aftersale.lines.flatMap((claim) => {
		const bought = order.lines.find(({ lineId }) => lineId === claim.lineId)?.quantity ?? 1;
		return order.erpLines
			.filter(({ lineId }) => lineId === claim.lineId)
			.map(({ erpSku: sku, quantity }) => ({ sku, quantity: (quantity * claim.quantity) / bought, fen: 0 }));
	});
	const { fields, freightFen, lines, totals } = booking;
	if (!lines) return [];
	const hasAmounts = fields.amount !== "" && lines.every(({ fen }) => fen !== null);
	const linesFen = lines.reduce((sum, { fen }) => sum + (fen ?? 0), 0);
	const claimedFen = aftersale.lines.reduce((sum, { refundFen }) => sum + refundFen, 0);
	return [
		...(isGoods ? wrongPieces(lines, fields, wanted) : []),
		...(hasAmounts && isGoods ? amount(fields.amount, linesFen, claimedFen) : []),
		...(hasAmounts && freightFen !== null ? amount(fields.amount, linesFen + freightFen, aftersale.refundFen) : []),
		...totals.flatMap(({ field, fen }) => (fen === null ? [] : amount(field, fen, aftersale.refundFen))),
	];
}

function wrongPieces(lines: readonly BookedLine[], fields: BookingFields, wanted: readonly Piece[]): MappingProblem[] {
	const key = ({ sku }: { sku: string }): string => sku;
	const [is, ought] = [lines.map(key).sort(), wanted.map(key).sort()];
	if (is.join("\n") !== ought.join("\n")) {
		const strange = is.filter((sku) => !ought.includes(sku)).length;
		const more = is.length > ought.length;
		if (is.length === ought.length || strange)
			return [
				problem("LINES", fields.sku, {
					zh: `${strange || 1} 行不是订单的 ERP 商品编码：请用 order.erpLines 的 erpSku`,
					en: `${strange || 1} of the lines are not the ERP's SKUs of the order: use erpSku of order.erpLines`,
				}),
			];
		return [
			problem("LINES", fields.lines, {
				zh: `应有 ${ought.length} 行，现在 ${is.length} 行：${more ? '已关闭（status = "CLOSED"）或已退款（refund = "DONE"）的行不能发货' : "少发了；组合装要用 order.erpLines 的每个组成"}`,
				en: `there should be ${ought.length} lines and are ${is.length}: ${more ? 'lines closed (status = "CLOSED") or refunded (refund = "DONE") are not delivered' : "some are not delivered; of a combo all parts of order.erpLines are needed"}`,
			}),
		];
	}
	const countOf = (all: readonly { sku: string; quantity: number }[]): string =>
		all
			.map(({ sku, quantity }) => `${sku} ${quantity}`)
			.sort()
			.join("\n");
	if (countOf(lines) === countOf(wanted)) return [];
	return [
		problem("LINES", fields.quantity, {
			zh: "件数与订单不符：请用 order.erpLines 的 quantity",
			en: "the pieces are not those of the order: use quantity of order.erpLines",
		}),
	];
}

function wrongAmounts(lines: readonly BookedLine[], field: string, wanted: readonly Piece[]): MappingProblem[] {
	const left = [...wanted];
	for (const { sku, quantity, fen } of lines) {
		if (fen === null) continue;
		const same = left.filter((each) => each.sku === sku && each.quantity === quantity);
		const match = same.find((each) => each.fen === fen) ?? same[0];
		if (!match) continue;
		left.splice(left.indexOf(match), 1);
		const wrong = amount(field, fen, match.fen);
		if (wrong.length) return wrong;
	}
	return [];
}

function amount(field: string, fen: number, oughtFen: number): MappingProblem[] {
	if (fen === oughtFen) return [];
	const yuan = (each: number): string => (each / 100).toFixed(2);
	const hundredfold = fen === oughtFen * 100;
	return [
		problem("AMOUNT", field, {
			zh: `ERP 会记为 ${yuan(fen)} 元，应为 ${yuan(oughtFen)} 元${hundredfold ? "：这是分，请用 $yuan 或 $yuanText 换算" : "：请核对所取金额和换算，先以分相加，最后换算一次"}`,
			en: `the ERP would book ${yuan(fen)} yuan for ${yuan(oughtFen)}${hundredfold ? ": these are fen, use $yuan or $yuanText" : ": see which amount it is and how it is divided; add whole fen, and divide once"}`,
		}),
	];
}

const problem = (code: ProblemCode, field: string, words: Words): MappingProblem => ({
	level: "error",
	code,
	field,
	line: null,
	column: null,
	words: { zh: `${field}：${words.zh}`, en: `${field}: ${words.en}` },
});
