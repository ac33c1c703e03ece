import { hubError, typeOf } from "../../../config/errors.ts";
import type { HttpAnswer } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { payloadOf, platformError } from "./answer.ts";
import { reads } from "./call.ts";
import { getDetail } from "./orders.ts";
import { tellsReceiver } from "./statuses.ts";

const receiverMethod = "order.getOrderReceiverInfo";

/** What opens ciphertexts, and the list its answer has a row of each in. */
const masking = { method: "data.batchDesensitise", list: "desensitiseInfoList" } as const;
const decryption = { method: "data.batchDecrypt", list: "dataInfoList" } as const;

/** `actionType`: why the texts are wanted. */
const otherAction = "4";

/** Who wants them; the platform asks for some name. */
const appUserId = "order-hub";

/** What is told as ciphertext only. */
interface ReceiverTexts<T> {
	name: T;
	phone: T;
	address: T;
}

interface Told {
	order: RawRecord; // the detail whose address the receiver belongs to
	place: RawRecord; // province, city, district and town of the receiver
	cipher: ReceiverTexts<string>;
}

/**
 * An order with its receiver. The detail has the region and the address key only, so what two more calls tell stands
 * beside the platform's own fields: `receiverTold: {cipher: {name, phone, address}, masked: {name, phone, address}, town}`.
 * It is missing where the platform does not tell, now or any more.
 */
export function* getOrder(orderNo: string): Steps<RawRecord> {
	const detail = yield* getDetail(orderNo);
	if (!tellsReceiver(text(detail, "orderStatus"))) return detail;
	try {
		const { order, place, cipher } = yield* askReceiver(detail);
		const { name, phone, address } = yield* opened(masking, orderNo, cipher, otherAction);
		const masked = {
			name: text(name, "desensitisedData"),
			phone: text(phone, "desensitisedData"),
			address: text(address, "desensitisedData"),
		};
		return { ...order, receiverTold: { cipher, masked, town: text(place, "receiverTownName") } };
	} catch (err) {
		if (typeOf(err) === "PLATFORM_REFUSED") return detail; // an order is an order, wherever it goes
		throw err;
	}
}

/**
 * The receiver as ciphertext, for the order's address key. An address that has changed meanwhile has another key: the
 * order is read once more for it.
 * @throws PLATFORM_REFUSED where the platform does not tell it: it does only while the order waits for shipping
 */
export function* askReceiver(detail: RawRecord): Steps<Told> {
	const orderId = requiredText(detail, "orderId");
	let order = detail;
	let place = yield* receiverInfo(orderId, order);
	if (place.matched === false) {
		order = yield* getDetail(orderId);
		place = yield* receiverInfo(orderId, order);
	}
	if (place.matched === false) throw untold("the address has changed meanwhile");
	const cipher = {
		name: cipherOf(place, "receiverName"),
		phone: cipherOf(place, "receiverPhone"),
		address: cipherOf(place, "receiverAddress"),
	};
	return { order, place, cipher };
}

/** What the ciphertexts stand for, counted against a daily quota text by text. `actionType`: why. Source: data.batchDecrypt. */
export const decrypted = (
	orderId: string,
	cipher: ReceiverTexts<string>,
	actionType: string,
): Steps<ReceiverTexts<RawRecord>> => opened(decryption, orderId, cipher, actionType);

function* receiverInfo(orderId: string, order: RawRecord): Steps<RawRecord> {
	const query = { receiverQueries: [{ orderId, openAddressId: text(order, "openAddressId") }], isReturn: false };
	return yield* reads(receiverMethod, query, (answer) => {
		const found = rows(payloadOf(receiverMethod, answer, "receiverInfos"), "receiverInfos");
		const receiver = found.find((row) => text(row, "orderId") === orderId);
		if (!receiver) throw untold("the receiver is told only while the order waits for shipping");
		return receiver;
	});
}

/** `#index#cipher#type##`. Anything else is no ciphertext and is never kept as one. */
function cipherOf(receiver: RawRecord, field: string): string {
	const value = text(receiver, field);
	if (!/^#.+#$/s.test(value)) throw untold(`${field} is no ciphertext`);
	return value;
}

/** One call for the three texts, each answered by a row of its own. Ciphertext belongs to its order: `dataTag`. */
function* opened(
	{ method, list }: typeof masking | typeof decryption,
	orderId: string,
	cipher: ReceiverTexts<string>,
	actionType: string,
): Steps<ReceiverTexts<RawRecord>> {
	const baseInfos = [cipher.name, cipher.phone, cipher.address].map((encryptedData) => ({
		dataTag: orderId,
		encryptedData,
	}));
	return yield* reads(method, { baseInfos, actionType, appUserId }, (answer) => {
		const found = rows(payloadOf(method, answer, list), list);
		const rowOf = (encryptedData: string): RawRecord => openedRow(method, answer, found, encryptedData);
		return { name: rowOf(cipher.name), phone: rowOf(cipher.phone), address: rowOf(cipher.address) };
	});
}

/** Each row may fail by itself, by the daily quota for one. */
function openedRow(method: string, answer: HttpAnswer, found: readonly RawRecord[], encryptedData: string): RawRecord {
	const row = found.find((each) => text(each, "encryptedData") === encryptedData);
	if (!row) throw badAnswer(method, answer, "a row is missing");
	const code = text(row, "errorCode");
	if (code !== "" && code !== "0") throw platformError(method, code, text(row, "errorMsg"));
	return row;
}

const untold = (why: string): Error => hubError("PLATFORM_REFUSED", why, { method: receiverMethod });
