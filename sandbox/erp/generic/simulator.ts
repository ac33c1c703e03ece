import { createHmac } from "node:crypto";
import type { FaultName } from "../../faults.ts";
import { type Answer, header, json, type Received, type Target } from "../../target.ts";
import type { ErpDocument } from "../document.ts";
import type { ErpKind, ErpParts } from "../erp.ts";
import { BodyProblem, type OrderBody, readAftersale, readOrder } from "./order.ts";

const dialect = "generic";
const name = `erp/${dialect}`;
/** Clocks may differ by this much. */
const skewMs = 5 * 60_000;

/** Well-known values of the sandbox: they open nothing anywhere else. */
const credentials = { key: "demo-key-of-the-generic-erp", secret: "demo-secret-of-the-generic-erp" };

/**
 * An ERP of our own making, in plain JSON, that knows no uniqueness: an order number posted twice is two documents.
 *
 * Headers of every call: `Authorization: Bearer <key>`, `X-Timestamp` (epoch seconds or milliseconds), `X-Signature` = hex HMAC-SHA256 of
 * timestamp + "\n" + body with the secret (the body of a GET is empty). Wrong ones get HTTP 401; everything else HTTP 200
 * with `{code, message, data}`: 0 done, 1001 a field is wrong, 1002 refused, 1404 no such order;
 * 1429 (HTTP 429) too many calls.
 *
 * `POST /orders` (order.ts) → `{docNo}` · `GET /orders?orderNo=` → `{orderNo, docNos, version, cancelled, shipped}` ·
 * `PUT /orders/:no`, the order as it is now → `{docNo}` · `POST /orders/:no/cancel {reason}` → `{docNo}` ·
 * `POST /aftersales` (order.ts) → `{docNo}`: another `version` of a number it has changes that document ·
 * `GET /aftersales?aftersaleNo=` → `{aftersaleNo, docNos, version}`.
 */
export const generic: ErpKind = { dialect, credentials, create: (parts) => new GenericSimulator(parts) };

class GenericSimulator implements Target {
	readonly name = name;
	readonly faults: readonly FaultName[] = ["rate-limit", "business-error"];
	readonly #parts: ErpParts;

	constructor(parts: ErpParts) {
		this.#parts = parts;
	}

	handle(request: Received): Answer {
		const { counters, faults } = this.#parts;
		if (!this.#isSigned(request)) {
			counters.of(name).refusedSignatures += 1;
			return json(401, { code: 1401, message: "key, timestamp or signature is wrong" });
		}
		counters.called(name, `${request.method} ${request.path}`);
		if (faults.strike(name, ["rate-limit"])) {
			counters.of(name).outOfQuota += 1;
			return json(429, { code: 1429, message: "too many calls" }, { "retry-after": "1" });
		}
		if (faults.strike(name, ["business-error"])) return json(200, { code: 1002, message: "库存不足(模拟)" });
		try {
			return this.#route(request);
		} catch (err) {
			if (err instanceof BodyProblem) return json(200, { code: 1001, message: err.message });
			throw err;
		}
	}

	#route({ method, path, query, body }: Received): Answer {
		if (method === "GET" && path === "/orders") return this.#lookUp("order", query.get("orderNo") ?? "");
		if (method === "POST" && path === "/orders") return this.#create(parse(body));
		if (method === "GET" && path === "/aftersales") return this.#lookUp("aftersale", query.get("aftersaleNo") ?? "");
		if (method === "POST" && path === "/aftersales") return this.#takeAftersale(parse(body));
		const [, orderNo = "", verb = ""] = /^\/orders\/([^/]+)(\/cancel)?$/.exec(path) ?? [];
		if (method === "PUT" && orderNo && !verb) return this.#change(decodeURIComponent(orderNo), parse(body));
		if (method === "POST" && verb) return this.#cancel(decodeURIComponent(orderNo), parse(body));
		return json(404, { code: 1404, message: "no such path" });
	}

	#create(body: OrderBody): Answer {
		const { docNo } = this.#parts.documents.take(dialect, readOrder(body), this.#now());
		return done({ docNo });
	}

	#takeAftersale(body: OrderBody): Answer {
		const fresh = readAftersale(body);
		const { documents } = this.#parts;
		const known = documents.find(dialect, fresh.key, "aftersale");
		const isNews = known !== undefined && known.version !== fresh.version;
		if (!isNews) return done({ docNo: documents.take(dialect, fresh, this.#now()).docNo });
		documents.retell(known, fresh);
		return done({ docNo: known.docNos[0] });
	}

	#lookUp(kind: "order" | "aftersale", number: string): Answer {
		const document = this.#parts.documents.find(dialect, number, kind);
		if (!document) return notFound(number);
		const { docNos, cancelled, shipping } = document;
		const version = document.version === "" ? undefined : Number(document.version);
		if (kind === "aftersale") return done({ aftersaleNo: number, docNos, version });
		return done({ orderNo: number, docNos, version, cancelled, shipped: shipping.state === "done" });
	}

	#change(orderNo: string, body: OrderBody): Answer {
		const fresh = readOrder(body);
		if (fresh.key !== orderNo) throw new BodyProblem("orderNo must be that of the address");
		const document = this.#parts.documents.find(dialect, orderNo);
		if (!document) return notFound(orderNo);
		const outcome = this.#parts.documents.change(document, fresh, this.#now());
		if (outcome === "changed") return done({ docNo: document.docNos[0] });
		return json(200, { code: 1002, message: `the order has been ${outcome}` });
	}

	#cancel(orderNo: string, body: OrderBody): Answer {
		if (typeof body.reason !== "string" || body.reason === "") throw new BodyProblem("reason must be a text");
		const document: ErpDocument | undefined = this.#parts.documents.find(dialect, orderNo);
		if (!document) return notFound(orderNo);
		const outcome = this.#parts.documents.cancel(document);
		if (outcome === "cancelled") return done({ docNo: document.docNos[0] });
		const message = outcome === "shipped" ? "the order has been shipped" : "the order has been picked";
		return json(200, { code: 1002, message });
	}

	#isSigned(request: Received): boolean {
		const timestamp = header(request, "x-timestamp");
		const sentMs = Number(timestamp) * (timestamp.length === 10 ? 1000 : 1);
		if (!/^\d{10}(\d{3})?$/.test(timestamp) || Math.abs(sentMs - this.#now()) > skewMs) return false;
		const expected = createHmac("sha256", credentials.secret).update(`${timestamp}\n${request.body}`).digest("hex");
		const isKnown = header(request, "authorization") === `Bearer ${credentials.key}`;
		return isKnown && header(request, "x-signature") === expected;
	}

	#now(): number {
		return this.#parts.faults.now(name);
	}
}

function parse(body: string): OrderBody {
	try {
		return Object(JSON.parse(body)) as OrderBody;
	} catch {
		throw new BodyProblem("the body is no JSON");
	}
}

function done(data: object): Answer {
	return json(200, { code: 0, message: "ok", data });
}

function notFound(orderNo: string): Answer {
	return json(200, { code: 1404, message: `no order ${orderNo}` });
}
