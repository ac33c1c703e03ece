import type { FaultName } from "../../faults.ts";
import { type Answer, json, type Received, type Target } from "../../target.ts";
import type { ErpKind, ErpParts } from "../erp.ts";
import { type Fields, fieldsOf } from "./fields.ts";
import { Pushes } from "./pushes.ts";
import { type Pager, Queries, QueryProblem } from "./queries.ts";
import { sign } from "./sign.ts";

const dialect = "wdt";
const name = `erp/${dialect}`;
/** Clocks may differ by this much. */
const skewMs = 120_000;
/** 2012-01-01 00:00:00 in Beijing, from where 旺店通 counts its seconds. */
const epochSeconds = 1_325_347_200;

/** Well-known values of the sandbox: they open nothing anywhere else. The second half of the secret is the salt. */
const credentials = { sid: "wdt-demo", key: "demo-key-of-wdt", secret: "demo-secret-of-wdt:demo-salt-of-wdt" };
const [secret = "", salt = ""] = credentials.secret.split(":");

/**
 * 旺店通旗舰版: one address, the method named by the query parameter `method`, its arguments a JSON list in the body.
 * Everything is answered with HTTP 200 and `{status, message?, data?}`: 0 understood, 100 not. A push that was understood
 * may still have refused rows: they stand in `data.error_list`. A number it has is changed by a push, never doubled; an
 * order is taken back by pushing it as closed, and one that has left stays so. It tells nobody of its parcels.
 */
export const wdt: ErpKind = { dialect, credentials, silent: true, create: (parts) => new WdtSimulator(parts) };

class WdtSimulator implements Target {
	readonly name = name;
	readonly faults: readonly FaultName[] = ["rate-limit", "business-error"];
	readonly #parts: ErpParts;
	readonly #pushes: Pushes;
	readonly #methods: Readonly<Record<string, (args: readonly unknown[], pager: Pager) => object>>;

	constructor(parts: ErpParts) {
		this.#parts = parts;
		const pushes = new Pushes(dialect, parts.documents, () => this.#now());
		const queries = new Queries(dialect, parts.documents, pushes);
		this.#pushes = pushes;
		this.#methods = {
			"sales.RawTrade.pushSelf2": ([, trades, lines]) => pushes.trades(listOf(trades), listOf(lines)),
			"aftersales.refund.RawRefund.upload2": ([, rows]) => pushes.refunds(listOf(rows)),
			"sales.RawTrade.search": ([question], pager) => queries.trades(fieldsOf(question), pager),
			"aftersales.refund.RawRefund.search": ([question], pager) => queries.refunds(fieldsOf(question), pager),
			"wms.stockout.Sales.queryWithDetail": ([question], pager) => queries.dispatches(fieldsOf(question), pager),
		};
	}

	handle({ method, path, query, body }: Received): Answer {
		if (path !== "" && path !== "/") return { status: 404, type: "text/plain", body: "not found" };
		if (method !== "POST") return refusal("只支持POST");
		const wrong = this.#checkEnvelope(query, body);
		if (wrong) return refusal(wrong);
		const api = query.get("method") ?? "";
		const work = Object.hasOwn(this.#methods, api) ? this.#methods[api] : undefined;
		if (!work) return refusal(`接口${api}不存在`);
		const args = argumentsOf(body);
		if (!args) return refusal("参数格式错误");
		const { faults, counters } = this.#parts;
		counters.called(name, api);
		if (faults.strike(name, ["rate-limit"])) {
			counters.of(name).outOfQuota += 1;
			return refusal("超过每分钟最大调用频率限制,请稍后重试");
		}
		if (faults.strike(name, ["business-error"])) return this.#businessError(api, args);
		if (isPush(api) && typeof args[0] !== "string") return refusal("店铺不存在");
		try {
			return json(200, { status: 0, data: work(args, pagerOf(query)) });
		} catch (err) {
			if (err instanceof QueryProblem) return refusal(err.message);
			throw err;
		}
	}

	/** Of a push: its first row is refused, inside a call that was understood. The other rows are taken. */
	#businessError(api: string, args: readonly unknown[]): Answer {
		const words = "库存不足(模拟)";
		if (!isPush(api)) return refusal(words);
		const [refused = {}, ...others] = listOf(args[1]);
		const data =
			api === "sales.RawTrade.pushSelf2" ? this.#pushes.trades(others, listOf(args[2])) : this.#pushes.refunds(others);
		const error = { no: refused.refund_no ?? refused.tid, error: words };
		return json(200, { status: 0, data: { ...data, error_list: [error, ...data.error_list] } });
	}

	/** "" when the public parameters and the signature over them and the body are right. */
	#checkEnvelope(query: URLSearchParams, body: string): string {
		for (const param of ["sid", "key", "salt", "method", "v", "timestamp", "sign"]) {
			if (!query.get(param)) return `缺少公共参数${param}`;
		}
		if (query.get("v") !== "1.0") return "版本号错误";
		const sentMs = (Number(query.get("timestamp")) + epochSeconds) * 1_000;
		if (!(Math.abs(sentMs - this.#now()) <= skewMs)) return "时间戳超出有效范围";
		const isKnown =
			query.get("sid") === credentials.sid && query.get("key") === credentials.key && query.get("salt") === salt;
		if (isKnown && query.get("sign") === sign(query, body, secret)) return "";
		this.#parts.counters.of(name).refusedSignatures += 1;
		return "签名错误";
	}

	#now(): number {
		return this.#parts.faults.now(name);
	}
}

const refusal = (message: string): Answer => json(200, { status: 100, message });

const isPush = (api: string): boolean => api.includes(".push") || api.includes(".upload");

const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

function argumentsOf(body: string): readonly unknown[] | null {
	try {
		const args: unknown = JSON.parse(body);
		return Array.isArray(args) ? args : null;
	} catch {
		return null; // answered as such
	}
}

const pagerOf = (query: URLSearchParams): Pager => ({
	page: Number(query.get("page_no") ?? 0),
	size: Number(query.get("page_size") ?? 100),
	total: query.get("calc_total") === "1",
});
