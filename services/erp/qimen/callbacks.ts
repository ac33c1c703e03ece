/**
 * 奇门's calls to the hub: deliveryorder.confirm and returnorder.confirm. Source: Qimen API pages of these names. The
 * envelope is that of our own calls; the answer is a `<response>` in HTTP 200, a refusal too.
 */
import { timingSafeEqual } from "node:crypto";
import { fromBeijing } from "../../../config/beijing.ts";
import { hubError } from "../../../config/errors.ts";
import type { Arrival, Callbacks, ErpParcel, Pieces } from "../driver.ts";
import { sign } from "./sign.ts";
import { listAt, readRequest, textAt, writeResponse } from "./xml.ts";

const skewMs = 10 * 60_000;
type Element = Record<string, unknown>;

export const callbacks: Callbacks = {
	verify({ query, body }, { secrets }, now) {
		const { sign: given = "", ...params } = query;
		const wanted = Buffer.from(sign(params, body.toString("utf8"), secrets.secret ?? ""));
		const offered = Buffer.from(given.toUpperCase());
		if (offered.length !== wanted.length || !timingSafeEqual(offered, wanted)) throw hubError("HOOK_REFUSED", "sign");
		// Another customer's call may be signed with the same app's secret.
		if (params.customerId && params.customerId !== secrets.customerId) throw hubError("HOOK_REFUSED", "customerId");
		const at = fromBeijing(params.timestamp ?? "");
		if (!at || Math.abs(at.getTime() - now.getTime()) > skewMs) throw hubError("HOOK_LATE", "timestamp");
	},

	read({ query, body }) {
		const method = (query.method ?? "").replace(/^taobao\.qimen\./, "");
		const read = Object.hasOwn(readers, method) ? readers[method] : undefined;
		if (!read) throw hubError("INVALID", `method ${method.slice(0, 60)} is not taken`);
		const request = readRequest(body.toString("utf8"));
		if (!request) throw hubError("INVALID", "the body is no <request> document");
		return read(request);
	},

	answer: (refusal) => ({
		status: 200,
		type: "text/xml;charset=utf-8",
		body: writeResponse(refusal ? { flag: "failure", ...refusal } : { flag: "success", code: "0", message: "" }),
	}),

	expected: (document) => pieces(listAt(document, "orderLines", "orderLine"), "planQty"),
};

const readers: Readonly<Record<string, (request: Element) => ReturnType<Callbacks["read"]>>> = {
	"deliveryorder.confirm": (request) => ({ parcels: parcelsOf(request) }),
	"returnorder.confirm": (request) => ({ arrival: arrivalOf(request) }),
};

const sent = new Set(["", "PARTDELIVERED", "DELIVERED"]);

function parcelsOf(request: Element): ErpParcel[] {
	const order = request.deliveryOrder;
	const number = needed(order, "deliveryOrderCode");
	const status = textAt(order, "status");
	if (!sent.has(status)) throw hubError("INVALID", `status ${status.slice(0, 30)} is not taken`);
	const found = listAt(request, "packages", "package");
	if (!found.length) throw hubError("INVALID", "packages.package missing", { field: "packages" });
	const packed = found.map((each) => ({
		carrier: carrierOf(each),
		trackingNo: needed(each, "expressCode"),
		lines: pieces(listAt(each, "items", "item"), "quantity"),
	}));
	const [only] = packed;
	// Some warehouses name the pieces only beside the one package.
	if (only && packed.length === 1 && !only.lines.length)
		only.lines = pieces(listAt(request, "orderLines", "orderLine"), "actualQty");
	const isLast = textAt(order, "confirmType") !== "1";
	const whole = isLast && packed.every(({ lines }) => !lines.length);
	const unknown = packed.find(({ lines }) => !lines.length);
	if (unknown && !whole) throw hubError("INVALID", `package ${unknown.trackingNo} names no items`, { field: "items" });
	return together(packed).map((parcel) => ({ number, ...parcel }));
}

/** Some warehouses write a package for each line: those of one express number are one parcel. */
function together(packed: readonly Omit<ErpParcel, "number">[]): Omit<ErpParcel, "number">[] {
	const byNumber = Map.groupBy(packed, ({ trackingNo }) => trackingNo);
	return [...byNumber.values()].flatMap(([first, ...others]) =>
		first ? [{ ...first, lines: [first, ...others].flatMap(({ lines }) => lines) }] : [],
	);
}

/** OTHER says nothing: then the name counts. */
function carrierOf(each: unknown): string {
	const code = needed(each, "logisticsCode");
	return ((code === "OTHER" && textAt(each, "logisticsName")) || code).slice(0, 40);
}

function arrivalOf(request: Element): Arrival {
	const order = request.returnOrder;
	const number = needed(order, "returnOrderCode");
	const part = textAt(order, "outBizCode");
	if (!part && textAt(order, "confirmType") === "1")
		throw hubError("INVALID", "returnOrder.outBizCode missing", { field: "outBizCode" });
	const lines = listAt(request, "orderLines", "orderLine");
	if (!lines.length) throw hubError("INVALID", "orderLines.orderLine missing", { field: "orderLines" });
	const isGood = (line: unknown): boolean => ["", "ZP"].includes(textAt(line, "inventoryType")); // 正品
	return {
		number,
		part,
		good: pieces(lines.filter(isGood), "actualQty"),
		defective: pieces(
			lines.filter((line) => !isGood(line)),
			"actualQty",
		),
	};
}

/** @throws INVALID for a line without an item, and for what is no whole number of pieces */
function pieces(lines: readonly unknown[], field: string): Pieces[] {
	return lines.map((line) => {
		const sku = needed(line, "itemCode");
		const told = Object(line) as Element;
		const text = String(told[field] ?? "").trim();
		const quantity = Number(text);
		if (!text || !Number.isSafeInteger(quantity) || quantity < 0)
			throw hubError("INVALID", `${field} of ${sku.slice(0, 60)} is no number of pieces`, { field });
		return { sku, quantity };
	});
}

/** The standard's codes have 50 characters. @throws INVALID naming it */
function needed(node: unknown, name: string): string {
	const text = textAt(node, name);
	if (!text) throw hubError("INVALID", `${name} missing`, { field: name });
	if (text.length > 60) throw hubError("INVALID", `${name} is too long`, { field: name });
	return text;
}
