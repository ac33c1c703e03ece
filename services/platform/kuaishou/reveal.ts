import { hubError } from "../../../config/errors.ts";
import type { HttpAnswer, PlainReceiver } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { part, type RawRecord, requiredText, rows, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { platformError, successOf } from "./answer.ts";
import { reads } from "./api.ts";
import { orderNo } from "./orders.ts";

const api = { method: "open.order.decrypt.batch", verb: "POST" } as const;

/** The receiver of an order in plain text. `bizId` is the order's number as a text: a cipher opens for its own order only. */
export function* reveal(order: RawRecord): Steps<PlainReceiver> {
	const address = part(order, "orderAddress");
	const ciphers = ["encryptedConsignee", "encryptedMobile", "encryptedAddress"].map((field) => text(address, field));
	if (ciphers.includes("")) throw hubError("PLATFORM_REFUSED", "the platform gives no receiver for this order now");
	const bizId = orderNo(order);
	const batchDecryptList = ciphers.map((encryptedData) => ({ encryptedData, bizId }));
	const [name = "", phone = "", street = ""] = yield* ask(
		reads(api, { batchDecryptList }, (answer) => readPlain(answer, ciphers)),
	);
	return {
		name,
		phone,
		address: street,
		province: text(address, "province"),
		city: text(address, "city"),
		district: text(address, "district"),
		town: text(address, "town"),
		phoneExpiresAt: null,
	};
}

/** The results stand beside `result`, each with its own `errorCode`: 1 is success. */
function readPlain(answer: HttpAnswer, ciphers: readonly string[]): string[] {
	const results = rows(successOf(api.method, answer), "batchDecryptResultList");
	return ciphers.map((cipher) => {
		const result = results.find((each) => text(each, "encryptedData") === cipher);
		if (!result) throw badAnswer(api.method, answer, "a result is missing");
		const code = requiredText(result, "errorCode");
		if (code !== "1") throw platformError(api.method, code, { error_msg: text(result, "errorMsg") });
		return requiredText(result, "decryptedData");
	});
}
