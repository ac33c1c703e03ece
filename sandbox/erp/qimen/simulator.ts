import { beijing, beijingMs } from "../../beijing.ts";
import { callbackFaults, type FaultName } from "../../faults.ts";
import type { Answer, Received, Target } from "../../target.ts";
import type { ErpDocument, NewDocument } from "../document.ts";
import type { ErpKind, ErpParts } from "../erp.ts";
import { callbacks } from "./callbacks.ts";
import { credentials } from "./credentials.ts";
import { readDeliveryOrder } from "./delivery-order.ts";
import { FieldProblem } from "./fields.ts";
import { readReturnOrder } from "./return-order.ts";
import { sign } from "./sign.ts";
import { type Element, failure, readRequest, success, textAt } from "./xml.ts";

const dialect = "qimen";
const name = `erp/${dialect}`;
/** Clocks may differ by this much. */
const skewMs = 10 * 60_000;

/** 奇门: one address, XML bodies, the call named by the query parameter `method`. */
export const qimen: ErpKind = { dialect, credentials, callbacks, create: (parts) => new QimenSimulator(parts) };

class QimenSimulator implements Target {
	readonly name = name;
	readonly faults: readonly FaultName[] = ["rate-limit", "business-error", ...callbackFaults, "callback-late"];
	readonly #parts: ErpParts;
	readonly #methods: Readonly<Record<string, (request: { [name: string]: Element }) => Answer>>;

	constructor(parts: ErpParts) {
		this.#parts = parts;
		this.#methods = {
			"deliveryorder.create": (request) => this.#create(readDeliveryOrder(request), "deliveryOrderId"),
			"returnorder.create": (request) => this.#create(readReturnOrder(request), "returnOrderId"),
			"orderprocess.query": (request) => this.#query(request),
			"order.cancel": (request) => this.#cancel(request),
		};
	}

	handle({ method, path, query, body }: Received): Answer {
		if (path !== "" && path !== "/") return { status: 404, type: "text/plain", body: "not found" };
		if (method !== "POST") return failure("isv.http-action-not-allowed", "only POST");
		const refusal = this.#checkEnvelope(query, body);
		if (refusal) return refusal;
		// Real gateways take the name with and without this prefix.
		const api = (query.get("method") ?? "").replace(/^taobao\.qimen\./, "");
		if (!Object.hasOwn(this.#methods, api)) return failure("isv.invalid-method", `method ${api} is unknown`);
		this.#parts.counters.called(name, api);
		const request = readRequest(body);
		if (!request) return failure("isv.invalid-xml", "the body is no <request> document");
		const { faults, counters } = this.#parts;
		if (faults.strike(name, ["rate-limit"])) {
			counters.of(name).outOfQuota += 1;
			return failure("isp.flow-limit", "too many calls, try again later");
		}
		if (faults.strike(name, ["business-error"])) return failure("BUSINESS_ERROR", "库存不足(模拟)");
		try {
			return this.#methods[api]?.(request) ?? failure("isv.invalid-method", api);
		} catch (err) {
			if (err instanceof FieldProblem) return failure(err.code, err.message);
			throw err;
		}
	}

	/** Null when the URL parameters and the signature over them and the body are right. */
	#checkEnvelope(query: URLSearchParams, body: string): Answer | null {
		for (const param of ["method", "timestamp", "format", "app_key", "v", "sign", "sign_method", "customerId"]) {
			if (!query.get(param)) return failure("isv.missing-parameter", `${param} is required`);
		}
		if (query.get("format") !== "xml") return failure("isv.invalid-parameter", "format must be xml");
		if (query.get("v") !== "2.0") return failure("isv.invalid-parameter", "v must be 2.0");
		if (query.get("sign_method") !== "md5") return failure("isv.invalid-parameter", "sign_method must be md5");
		const timestampMs = beijingMs(query.get("timestamp") ?? "");
		if (timestampMs === null || Math.abs(timestampMs - this.#now()) > skewMs) {
			return failure("isv.invalid-timestamp", "timestamp is not within 10 minutes");
		}
		const known = query.get("app_key") === credentials.appKey && query.get("customerId") === credentials.customerId;
		if (known && query.get("sign") === sign(query, body, credentials.secret)) return null;
		this.#parts.counters.of(name).refusedSignatures += 1;
		return failure("sign-check-failure", "Illegal request");
	}

	/** A code is taken once: a second create of the same code is refused and changes nothing. */
	#create(fresh: NewDocument, docNoField: string): Answer {
		const { documents } = this.#parts;
		if (documents.find(dialect, fresh.key, fresh.kind)) {
			return failure("DUPLICATE_ORDER", `${fresh.key} exists already`);
		}
		const { document, docNo } = documents.take(dialect, fresh, this.#now());
		return success("ok", { createTime: beijing(document.takenMs), [docNoField]: docNo });
	}

	#query(request: Element): Answer {
		const document = this.#find(request, isReturn(request) ? "aftersale" : "order");
		if (!document) return notFound(request);
		const { takenMs, shipping, cancelled } = document;
		const processes = [processOf("ACCEPT", takenMs)];
		if (cancelled) processes.push(processOf("CANCELED", takenMs));
		if (shipping.state === "done") processes.push(processOf("DELIVERED", shipping.dueMs));
		const orderProcess = {
			orderCode: document.key,
			orderId: document.docNos[0] ?? "",
			processes: { process: processes },
		};
		return success("ok", { orderProcess });
	}

	/** Refused once the parcel is on its way, or when this ERP is told to refuse. */
	#cancel(request: Element): Answer {
		if (textAt(request, "warehouseCode") === "") throw new FieldProblem("MISSING_FIELD", "warehouseCode is required");
		const document = this.#find(request, "order");
		if (!document) return notFound(request);
		const outcome = this.#parts.documents.cancel(document);
		if (outcome === "cancelled") return success("ok", {});
		if (outcome === "shipped") return failure("ORDER_SHIPPED", "the order has been shipped");
		return failure("CANCEL_REFUSED", "the order has been picked and cannot be cancelled");
	}

	#find(request: Element, kind: "order" | "aftersale"): ErpDocument | undefined {
		const code = textAt(request, "orderCode");
		if (code === "") throw new FieldProblem("MISSING_FIELD", "orderCode is required");
		return this.#parts.documents.find(dialect, code, kind);
	}

	#now(): number {
		return this.#parts.faults.now(name);
	}
}

const isReturn = (request: Element): boolean => ["THRK", "HHRK"].includes(textAt(request, "orderType"));

function notFound(request: Element): Answer {
	return failure("ORDER_NOT_FOUND", `orderCode ${textAt(request, "orderCode")} does not exist`);
}

function processOf(processStatus: string, ms: number): { [name: string]: Element } {
	return { processStatus, operateTime: beijing(ms) };
}
