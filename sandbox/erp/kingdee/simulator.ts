import type { FaultName } from "../../faults.ts";
import { type Answer, json, type Received, type Target } from "../../target.ts";
import type { ErpKind, ErpParts } from "../erp.ts";
import { problem, queryRefused, refused } from "./answers.ts";
import { Bills } from "./bills.ts";
import { dialect, Ledger } from "./ledger.ts";
import { type Form, forms } from "./model.ts";
import { runQuery } from "./query.ts";
import { Sessions } from "./sessions.ts";

const name = `erp/${dialect}`;

/** Well-known values of the sandbox: they open nothing anywhere else. */
const credentials = {
	acctId: "66c3712248af25",
	username: "demo",
	appId: "300001_demo",
	appSecret: "demo-secret-of-the-kingdee-sandbox",
};

/**
 * 金蝶云星空: `POST /K3Cloud/<service>.<operation>.common.kdsvc`, a session in a cookie, and HTTP 200 for whatever happens.
 * Bills: SAL_SaleOrder and SAL_RETURNSTOCK; SAL_OUTSTOCK can be read. It calls nobody.
 */
export const kingdee: ErpKind = { dialect, credentials, silent: true, create: (parts) => new KingdeeSimulator(parts) };

const called = /^\/k3cloud\/Kingdee\.BOS\.WebApi\.ServicesStub\.(\w+)\.(\w+)\.common\.kdsvc$/i;

type Data = Readonly<Record<string, unknown>>;

class KingdeeSimulator implements Target {
	readonly name = name;
	readonly faults: readonly FaultName[] = ["rate-limit", "business-error", "expired-token"];
	readonly #parts: ErpParts;
	readonly #sessions = new Sessions();
	readonly #ledger: Ledger;
	readonly #bills: Bills;

	constructor(parts: ErpParts) {
		this.#parts = parts;
		this.#ledger = new Ledger(parts.documents);
		this.#bills = new Bills(parts.documents, this.#ledger);
	}

	handle(request: Received): Answer {
		const [, service, operation = ""] = called.exec(request.path) ?? [];
		const body = parse(request.body);
		if (request.method !== "POST" || !service || !body) return { status: 404, type: "text/html", body: "<h1>404</h1>" };
		if (service === "AuthService") return operation === "LoginByAppSecret" ? this.#signIn(body) : unknown(operation);
		const refuse = operation === "ExecuteBillQuery" ? queryRefused : refused;
		const { faults, counters } = this.#parts;
		if (faults.strike(name, ["expired-token"])) this.#sessions.end(request);
		if (!this.#sessions.use(request, this.#now())) {
			counters.of(name).expiredTokens += 1;
			return refuse([problem("会话信息已丢失，请重新登录")], 1);
		}
		counters.called(name, operation);
		if (faults.strike(name, ["rate-limit"])) {
			counters.of(name).outOfQuota += 1;
			return refuse([problem("接口调用次数超出限制，请稍后再试 (too many calls)")], 14);
		}
		if (faults.strike(name, ["business-error"])) return refuse([problem("库存不足(模拟)")]);
		return this.#operate(operation, body);
	}

	#operate(operation: string, body: Data): Answer {
		const data = typeof body.data === "string" ? parse(body.data) : null;
		if (!data) return refused([problem("data 不是有效的 JSON 字符串")]);
		if (operation === "ExecuteBillQuery") return runQuery(this.#ledger, data);
		const form = forms.find(({ id }) => id === body.formid);
		if (!form) return refused([problem("业务对象不存在")]);
		const work = this.#work(operation, body);
		return work ? work(form, data) : unknown(operation);
	}

	#work(operation: string, { opNumber }: Data): ((form: Form, data: Data) => Answer) | undefined {
		switch (operation === "ExcuteOperation" ? opNumber : operation) {
			case "Save":
				return (form, data) => this.#bills.save(form, data, this.#now());
			case "BatchSave":
				return (form, data) => this.#bills.batchSave(form, data, this.#now());
			case "UnAudit":
				return (form, data) => this.#bills.unAudit(form, data);
			case "Audit":
				return (form, data) => this.#bills.audit(form, data);
			case "Cancel":
				return (form, data) => this.#bills.cancel(form, data);
		}
		return undefined;
	}

	#signIn(body: Data): Answer {
		const isKnown = Object.entries(credentials).every(([key, value]) => body[key] === value) && body.lcid === 2052;
		if (!isKnown) {
			this.#parts.counters.of(name).refusedSignatures += 1;
			return json(200, { LoginResultType: 0, Message: "应用ID或应用密钥不正确", MessageCode: "CheckLoginFailed" });
		}
		this.#parts.counters.called(name, "LoginByAppSecret");
		const id = this.#sessions.open(this.#now());
		const headers = { "set-cookie": `kdservice-sessionid=${id}; path=/; HttpOnly` };
		return json(200, { LoginResultType: 1, Message: null, KDSVCSessionId: id, Context: { SessionId: id } }, headers);
	}

	#now(): number {
		return this.#parts.faults.now(name);
	}
}

const unknown = (operation: string): Answer => refused([problem(`服务“${operation}”不存在`)]);

function parse(text: string): Data | null {
	try {
		return Object(JSON.parse(text)) as Data;
	} catch {
		return null; // said by the caller, in the words of its level
	}
}
