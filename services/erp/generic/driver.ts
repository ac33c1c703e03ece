/**
 * A plain JSON interface, for ERPs that a seller's own people connect: by settings and a mapping, without code. As it
 * stands, `POST /orders` takes a document, `GET /orders?orderNo=` finds it, `PUT /orders/:no` changes it, `POST
 * /orders/:no/cancel` cancels it, `POST /aftersales` takes an after-sale; answers are `{code, message, data}`, code 0 for
 * yes, inside HTTP 200 or 4xx. It promises no uniqueness: the same number twice may be two documents.
 */
import { hubError } from "../../../config/errors.ts";
import type { Connection, ErpDriver, Found, KindDriver, Outcome } from "../driver.ts";
import { ask, type ErpSteps } from "../steps.ts";
import { readCancelled, readChanged, readFound, readTaken, readTold } from "./answers.ts";
import { aftersaleForm, bookingIn, cancelForm, orderForm } from "./form.ts";
import { type Interface, interfaceOf, valueAt } from "./interface.ts";
import { requestTo } from "./request.ts";

type Document = Record<string, unknown>;
type NumberField = "numberField" | "aftersaleNumberField";

const numberIn =
	(field: NumberField): KindDriver["numberOf"] =>
	(document, settings) => {
		const path = interfaceOf(settings)[field];
		const number = valueAt(document, path);
		if (typeof number !== "string" || !number) throw hubError("INVALID", `${path} missing`, { fields: [path] });
		return number;
	};

const lackingNumber =
	(field: NumberField): KindDriver["missing"] =>
	(document, settings) => {
		const path = interfaceOf(settings)[field];
		return valueAt(document, path) ? [] : [path];
	};

const lackingOrder: KindDriver["missing"] = (document, settings) =>
	interfaceOf(settings).requiredFields.filter((path) => {
		const value = valueAt(document, path);
		return value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);
	});

const order: KindDriver = {
	numberOf: numberIn("numberField"),
	missing: lackingOrder,
	form: () => orderForm,
	booking: (document, settings) => bookingIn(document, "order", interfaceOf(settings).numberField),
	send: (document) => tell("create", "POST", "pathOrders", document, "numberField", true),
	find: (number) => lookUp("find", "pathOrderLookup", number, readFound),
};

const change: KindDriver = {
	numberOf: numberIn("numberField"),
	missing: lackingOrder,
	form: () => orderForm,
	booking: (document, settings) => bookingIn(document, "change", interfaceOf(settings).numberField),
	send: (document) => tell("change", "PUT", "pathChange", document, "numberField", false),
	find: (number, { version }) =>
		lookUp("find", "pathOrderLookup", number, (answer, connection) => readChanged(answer, connection, version)),
};

const cancel: KindDriver = {
	numberOf: numberIn("numberField"),
	missing: lackingNumber("numberField"),
	form: () => cancelForm,
	booking: (document, settings) => bookingIn(document, "cancel", interfaceOf(settings).numberField),
	send: (document) => tell("cancel", "POST", "pathCancel", document, "numberField", false),
	find: (number) => lookUp("find", "pathOrderLookup", number, readCancelled),
};

const aftersale: KindDriver = {
	numberOf: numberIn("aftersaleNumberField"),
	missing: lackingNumber("aftersaleNumberField"),
	form: () => aftersaleForm,
	booking: (document, settings) => bookingIn(document, "aftersale", interfaceOf(settings).aftersaleNumberField),
	send: (document) => tell("aftersale", "POST", "pathAftersales", document, "aftersaleNumberField", true),
	find: (number, { version }) =>
		lookUp("find", "pathAftersaleLookup", number, (answer, connection) => readTold(answer, connection, version)),
};

export const generic: ErpDriver = {
	dialect: "generic",
	secretNames: ["key", "secret"],
	settingNames: ["shopNo"],
	needless: ({ auth = "signature" }) => (auth === "signature" ? [] : ["secret"]),
	kinds: { order, change, cancel, aftersale },
};

function* tell(
	name: string,
	method: "POST" | "PUT",
	path: keyof Interface & `path${string}`,
	document: Document,
	field: NumberField,
	needsDocNo: boolean,
): ErpSteps<Outcome> {
	return yield* ask<Outcome>({
		name,
		decisive: true,
		request: (connection, now) =>
			requestTo(connection, method, path, numberIn(field)(document, connection.settings), document, now),
		read: (answer, connection) => readTaken(answer, connection, needsDocNo),
	});
}

function* lookUp(
	name: string,
	path: keyof Interface & `path${string}`,
	number: string,
	read: (answer: Parameters<typeof readFound>[0], connection: Connection) => Found,
): ErpSteps<Found> {
	return yield* ask<Found>({
		name,
		decisive: false,
		request: (connection, now) => requestTo(connection, "GET", path, number, null, now),
		read,
	});
}
