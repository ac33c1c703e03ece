import type { FaultName } from "../../faults.ts";
import { type Answer, header, type Received, type Target } from "../../target.ts";
import type { ErpKind, ErpParts } from "../erp.ts";
import type { Fields } from "./amounts.ts";
import { Deliveries, itemColumns, noteColumns } from "./deliveries.ts";
import { data, exception, FrappeException, invalid } from "./frappe.ts";
import { filtersIn, type Row, select } from "./list.ts";
import { dialect, SalesOrders, salesOrderColumns } from "./sales-orders.ts";

const name = `erp/${dialect}`;

/** Well-known values of the sandbox: they open nothing anywhere else. */
const credentials = { key: "demo-key-of-the-erpnext-erp", secret: "demo-secret-of-the-erpnext-erp" };

/**
 * ERPNext over Frappe's REST interface, `/api/resource/<doctype>`: Sales Order (POST, PUT docstatus 2, GET list),
 * Delivery Note and Sales Invoice (POST of returns, GET list), Delivery Note Item (GET list). `Authorization: token
 * <key>:<secret>`. Nothing is unique: a `po_no` posted twice is two Sales Orders, with a warning. A rate has two decimals,
 * whatever was sent. Of custom fields there are `custom_hub_version`, `custom_hub_replaced_by` (Sales Order) and
 * `custom_hub_no` (Delivery Note, Sales Invoice); others that are sent are taken and not kept. It tells nobody of its
 * parcels: they are Delivery Notes to be read. Submitted documents only: there are no drafts here.
 */
export const erpnext: ErpKind = { dialect, credentials, silent: true, create: (parts) => new ErpnextSimulator(parts) };

class ErpnextSimulator implements Target {
	readonly name = name;
	readonly faults: readonly FaultName[] = ["rate-limit", "business-error"];
	readonly #parts: ErpParts;
	readonly #orders: SalesOrders;
	readonly #deliveries: Deliveries;

	constructor(parts: ErpParts) {
		this.#parts = parts;
		this.#orders = new SalesOrders(parts.documents);
		this.#deliveries = new Deliveries(parts.documents);
	}

	handle(request: Received): Answer {
		try {
			return this.#answer(request);
		} catch (err) {
			if (err instanceof FrappeException) return exception(err);
			throw err;
		}
	}

	#answer(request: Received): Answer {
		const { counters, faults } = this.#parts;
		if (header(request, "authorization") !== `token ${credentials.key}:${credentials.secret}`) {
			counters.of(name).refusedSignatures += 1;
			throw new FrappeException(401, "AuthenticationError", "Invalid API key or secret");
		}
		const [, api, resource, doctype = "", document = ""] = request.path.split("/").map(decodeURIComponent);
		if (api !== "api" || resource !== "resource") throw new FrappeException(404, "DoesNotExistError", "Not Found");
		counters.called(name, `${request.method} ${doctype}`);
		if (faults.strike(name, ["rate-limit"])) {
			counters.of(name).outOfQuota += 1;
			throw new FrappeException(429, "RateLimitExceededError", "too many calls");
		}
		if (faults.strike(name, ["business-error"])) throw invalid("库存不足(模拟)");
		if (request.method === "GET" && !document) return data(this.#list(doctype, request.query));
		if (request.method === "POST" && !document) return this.#insert(doctype, parse(request.body));
		if (request.method === "PUT" && doctype === "Sales Order") {
			return data(this.#orders.update(document, parse(request.body), this.#now()));
		}
		throw new FrappeException(403, "PermissionError", `${request.method} of ${doctype} is not permitted`);
	}

	#list(doctype: string, query: URLSearchParams): Row[] {
		const filters = filtersIn(query);
		switch (doctype) {
			case "Sales Order":
				return select(this.#orders.rows(filters), salesOrderColumns, query);
			case "Delivery Note":
			case "Sales Invoice":
				return select(this.#deliveries.rows(doctype, filters), noteColumns, query);
			case "Delivery Note Item":
				if (query.get("parent") !== "Delivery Note") throw invalid("Parent DocType is required");
				return select(this.#deliveries.items(filters), itemColumns, query);
			default:
				throw new FrappeException(404, "DoesNotExistError", `DocType ${doctype} not found`);
		}
	}

	#insert(doctype: string, body: Fields): Answer {
		switch (doctype) {
			case "Sales Order": {
				const { row, warnings } = this.#orders.create(body, this.#now());
				return data(row, warnings);
			}
			case "Delivery Note":
			case "Sales Invoice":
				return data(this.#deliveries.create(doctype, body, this.#now()));
			default:
				throw new FrappeException(404, "DoesNotExistError", `DocType ${doctype} not found`);
		}
	}

	#now(): number {
		return this.#parts.faults.now(name);
	}
}

function parse(body: string): Fields {
	try {
		return Object(JSON.parse(body)) as Fields;
	} catch {
		throw invalid("The body is no JSON");
	}
}
