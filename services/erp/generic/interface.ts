/** The JSON interface of one ERP, as the settings of its connection describe it; docs/erp-dialects.md explains each. */
import type { Connection } from "../driver.ts";

export interface Interface {
	pathOrders: string; // POST
	pathOrderLookup: string; // GET; ":no" stands for our number, here and below
	pathChange: string; // PUT
	pathCancel: string; // POST
	pathAftersales: string; // POST
	pathAftersaleLookup: string; // GET
	numberField: string; // of our number in the documents of an order; fields are dotted paths
	aftersaleNumberField: string;
	requiredFields: string[]; // of an order's document
	codeField: string; // in the answers; "http": the HTTP status is the code
	okCode: string;
	notFoundCode: string; // "empty": it says yes, with an empty `foundField`
	existsCodes: string[]; // a refusal because our number is there already
	busyCodes: string[]; // nothing was done, or who knows
	messageField: string;
	docNoField: string; // "none": the ERP gives no number of its own
	foundField: string; // the ERP's number or numbers in what a lookup answers
	cancelledField: string; // in what an order's lookup answers
	versionField: string; // the `version` of the document that the order's last change carried
	auth: string; // "signature" | "bearer" | "header"
	authHeader: string; // of "header"
}

export function interfaceOf(settings: Connection["settings"]): Interface {
	const { pathOrders = "/orders", numberField = "orderNo", codeField = "code", ...given } = settings;
	const { pathAftersales = "/aftersales", aftersaleNumberField = "aftersaleNo" } = settings;
	const http = codeField === "http";
	return {
		pathOrders,
		pathOrderLookup: given.pathOrderLookup ?? `${pathOrders}?${numberField}=:no`,
		pathChange: given.pathChange ?? `${pathOrders}/:no`,
		pathCancel: given.pathCancel ?? `${pathOrders}/:no/cancel`,
		pathAftersales,
		pathAftersaleLookup: given.pathAftersaleLookup ?? `${pathAftersales}?${aftersaleNumberField}=:no`,
		numberField,
		aftersaleNumberField,
		requiredFields: listed(given.requiredFields ?? `${numberField},shopNo,placedAt,receiver,lines,freight,total`),
		codeField,
		okCode: given.okCode ?? "0",
		notFoundCode: given.notFoundCode ?? (http ? "404" : "1404"),
		existsCodes: listed(given.existsCodes ?? (http ? "409" : "")),
		busyCodes: listed(given.busyCodes ?? (http ? "408,429" : "1429,1500")),
		messageField: given.messageField ?? "message",
		docNoField: given.docNoField ?? "data.docNo",
		foundField: given.foundField ?? "data.docNos",
		cancelledField: given.cancelledField ?? "data.cancelled",
		versionField: given.versionField ?? "data.version",
		auth: given.auth ?? "signature",
		authHeader: given.authHeader ?? "x-api-key",
	};
}

const listed = (text: string): string[] =>
	text
		.split(",")
		.map((each) => each.trim())
		.filter(Boolean);

/** What stands at a dotted path: "data.docNo". */
export const valueAt = (node: unknown, path: string): unknown =>
	path.split(".").reduce((at, name) => (Object(at) as Record<string, unknown>)[name], node);
