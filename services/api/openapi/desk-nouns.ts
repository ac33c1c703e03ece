/** Shops, rules, ERP connections and what is pushed to them, alerts and parked messages, as they are answered. */
import {
	anyObject,
	component,
	count,
	counts,
	flag,
	listOf,
	ms,
	type Nouns,
	orNull,
	shape,
	stored,
	text,
	texts,
	time,
	timeOrNull,
	type Values,
	whole,
} from "./shapes.ts";

const verdict = "then"; // of a rule: under its own name the linter takes it for something to await
const pullSetting = shape({ enabled: flag, everySec: count, backHours: count });
const attempt = shape({
	at: time,
	call: text,
	step: text,
	outcome: text,
	status: whole,
	reason: text,
	ms,
	bytes: whole,
});

const pushRow = (values: Values) => ({
	...{ _id: text, connectionId: text, kind: text, orderId: text, orderNo: text, shopId: text, aftersaleId: text },
	...{ revision: count, number: text, state: values("erp.list", "state"), docNo: text, reason: text },
	...{ sends: count, asks: count, waits: count, settleAt: timeOrNull, skipped: flag, by: text, traceId: text },
	...stored,
});

export const deskNouns = (values: Values): Nouns => ({
	Shop: shape({
		_id: text,
		platform: text,
		name: text,
		sellerId: text,
		app: shape({ key: text }),
		token: shape({ expiresAt: timeOrNull, renewsItself: flag }),
		...{ gatewayUrl: text, authUrl: text, messageUrl: text },
		pull: shape({ orders: pullSetting, aftersales: pullSetting, products: pullSetting }),
		shipMode: values("shop.update", "shipMode"),
		revealPerDay: count,
		status: { enum: ["ACTIVE", "TOKEN_EXPIRED", "DISABLED"] },
		reason: text,
		...stored,
	}),
	Export: shape({
		_id: text,
		what: values("export.start", "what"),
		query: anyObject,
		columns: texts,
		format: values("export.start", "format"),
		language: values("export.start", "language"),
		state: { enum: ["RUNNING", "DONE", "FAILED", "CANCELLED"] },
		...{ reason: text, rows: count, bytes: count, by: text, at: time, endedAt: timeOrNull, expiresAt: time },
	}),
	ExportColumns: shape({ items: listOf(shape({ name: text, zh: text, en: text })) }),
	Rule: shape({
		_id: text,
		shopId: text,
		name: text,
		enabled: flag,
		when: anyObject,
		[verdict]: values("rule.create", verdict),
	}),
	Connection: shape({
		...{ _id: text, dialect: text, name: text, url: text, settings: { type: "object", additionalProperties: text } },
		secretNames: texts,
		status: values("connection.update", "status"),
		...stored,
	}),
	PushRow: shape(pushRow(values)),
	Push: shape({ ...pushRow(values), document: anyObject, attempts: listOf(attempt) }),
	Views: shape({
		views: listOf(shape({ name: text, query: { type: "object", additionalProperties: text }, columns: texts })),
	}),
	PushSummary: shape({
		byState: counts,
		connections: listOf(
			shape({ id: text, name: text, dialect: text, active: flag, byState: counts, lastOkAt: timeOrNull }),
		),
	}),
	Alert: shape({ _id: text, state: { enum: ["OPEN", "CLOSED"] }, since: time, until: timeOrNull, times: count }),
	AlertChannel: shape({
		...{ _id: text, name: text, kind: values("alertChannel.create", "kind"), host: text, signed: flag },
		...{ from: text, to: texts, levels: texts, kinds: texts, shops: texts },
		language: values("alertChannel.create", "language"),
		status: values("alertChannel.update", "status"),
		...{ failures: count, reason: text },
		...stored,
	}),
	VerifiedPush: shape({ found: anyObject, push: component("Push") }),
	Parked: shape({
		...{ _id: text, source: text, ref: { type: "object", additionalProperties: text }, reason: text },
		event: orNull(anyObject),
		...{ times: count, state: values("event.parked", "state"), parkedAt: time, settledBy: text, note: text },
	}),
	Backlog: shape({ consumer: text, count }),
	SettledParked: shape({ id: text, state: values("event.parked", "state") }),
});
