/** Orders that people enter by hand. The hub is their platform: what is true of them stands here alone. */
import { randomInt } from "node:crypto";
import { beijingDay } from "../../config/beijing.ts";
import { hubError } from "../../config/errors.ts";
import { decrypt, encrypt } from "../../mixins/secret.ts";
import type { PlainReceiver } from "../platform/adapter.ts";
import { maskedReceiver } from "../platform/masked.ts";
import { moneyOf, sum } from "../platform/money.ts";
import { isOpen } from "./holds.ts";
import { type MemoFlag, type Order, type OrderLine, orderId, type PlatformOrder } from "./order.ts";
import { notShipped } from "./status.ts";

/** No platform of config/platforms.ts: nothing is pulled from it, and its shops are those of others. */
export const manualPlatform = "manual";

export const isManual = ({ platform }: Pick<Order, "platform">): boolean => platform === manualPlatform;

export interface ManualLine {
	outerSku: string;
	title: string;
	spec: string;
	quantity: number;
	priceFen: number; // one piece
	discountFen: number; // of the whole line
	gift: boolean;
}

export interface ManualOrder {
	shopId: string;
	orderNo?: string; // "M…"; made when not given. The same again is refused, so that a repeat makes no second order
	placedAt?: Date; // now when not given
	shipDeadline?: Date;
	buyerNick: string;
	receiver: Record<"name" | "phone" | "address" | "province" | "city" | "district" | "town", string>; // plain
	memo: { buyer: string; seller: string; flag: MemoFlag };
	lines: ManualLine[];
	freightFen: number;
	paidFen?: number; // when given, it must be what lines and freight add up to
}

/**
 * The order as a platform would tell it. Of the receiver only the masked text stays readable; the rest is encrypted
 * under the master key and opened by `revealManual`.
 * @throws INVALID naming the field, for amounts with the difference
 */
export function manualOrder(given: ManualOrder, now: Date): PlatformOrder {
	const { shopId, orderNo = newNumber(now), placedAt = now, freightFen } = given;
	const lines = given.lines.map((line, at) => manualLine(line, `${orderNo}-${at + 1}`, at));
	const paidFen = sum(lines.map((line) => line.paidFen)) + freightFen;
	const differenceFen = (given.paidFen ?? paidFen) - paidFen;
	if (differenceFen) {
		const detail = `paidFen differs from lines and freight by ${differenceFen} fen`;
		throw hubError("INVALID", detail, { field: "paidFen", differenceFen });
	}
	const sealed = encrypt(purpose, orderId(manualPlatform, shopId, orderNo), JSON.stringify(given.receiver));
	return {
		platform: manualPlatform,
		shopId,
		orderNo,
		status: "WAIT_SHIP",
		rawStatus: "MANUAL",
		flags: [manualPlatform],
		placedAt,
		paidAt: placedAt,
		modifiedAt: now,
		shipDeadline: given.shipDeadline ?? null,
		buyer: { nick: given.buyerNick, openId: "" },
		receiver: maskedReceiver({ ...given.receiver, cipher: sealed, platformKey: "" }),
		memo: given.memo,
		money: moneyOf(lines, { freightFen, paidFen, discountPlatformFen: 0 }),
		lines,
		platformHolds: [],
	};
}

export const purpose = "manual-receiver";

function manualLine({ discountFen, ...line }: ManualLine, lineId: string, at: number): OrderLine {
	const paidFen = line.priceFen * line.quantity - discountFen;
	if (paidFen < 0 || !Number.isSafeInteger(paidFen)) {
		const detail = `line ${at + 1} costs ${line.priceFen * line.quantity} fen, less than its discount`;
		throw hubError("INVALID", detail, { field: `lines[${at}].discountFen` });
	}
	const state = { status: "WAIT_SHIP", refund: "NONE" } as const;
	return { ...line, lineId, platformSkuId: "", imageUrl: "", discountFen, paidFen, ...state };
}

/** "M20260318" and ten digits: as many as make two alike of one day unlikely; two alike are refused. */
const newNumber = (now: Date): string =>
	`M${beijingDay(now).replaceAll("-", "")}${String(randomInt(1e10)).padStart(10, "0")}`;

/** Where a manual order goes, in plain text. For the moment only: never stored, never logged. */
export function revealManual({ _id, receiver }: Order): PlainReceiver {
	const plain = JSON.parse(decrypt(purpose, _id, receiver.cipher)) as ManualOrder["receiver"];
	return { ...plain, phoneExpiresAt: null };
}

/** What a parcel makes of a manual order, of which no platform will tell. `shippedQty` stands in the lines. */
export function afterParcel(order: Order): Order {
	if (!isManual(order) || !notShipped(order.status)) return order;
	const left = order.lines.some((line) => isOpen(line) && line.shippedQty < line.quantity);
	return { ...order, status: left ? "PART_SHIPPED" : "SHIPPED", ready: false };
}

/** A manual order that a person closes is closed for good, as a platform would close it. */
export function closedManual(order: Order): Order {
	const lines = order.lines.map((line) => ({ ...line, status: "CLOSED" as const }));
	return { ...order, status: "CLOSED", rawStatus: "MANUAL_CLOSED", lines, ready: false, fence: order.fence + 1 };
}
