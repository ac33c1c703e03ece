import { hubError } from "../../../config/errors.ts";
import type { Decision } from "../../aftersale/aftersale.ts";
import type { Decisions, RefusalReason } from "../adapter.ts";
import { chosen } from "../choices.ts";
import { idNumber } from "../json-text.ts";
import { type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { platformCarrier } from "../table.ts";
import { type Address, defaultOf, returnAddresses } from "./addresses.ts";
import { resultOf } from "./answer.ts";
import { carrierNames, carriers } from "./carriers.ts";
import { type Params, reads, writes } from "./request.ts";
import { getService, isService, operator, operatorName } from "./services.ts";
import { serviceType } from "./statuses.ts";

const replyMethod = "jingdong.pop.afs.soa.refundapply.replyRefund";
const reasonMethod = "jingdong.asc.audit.reason.list";

/**
 * Money back. Before shipping the application is passed. After it the goods are registered as received, and 京东 pays by
 * itself; a refund without return can be passed on 京东's own pages only.
 */
function* agreeRefund(raw: RawRecord, { note }: Decision): Steps<void> {
	if (!isService(raw)) return yield* reply(raw, { outWareStatus: 2, remark: note || "同意退款", status: 1 });
	if (serviceType(requiredText(raw, "customerExpect")) !== "RETURN_REFUND") {
		throw unsupported("a refund without return");
	}
	yield* register(raw, note);
}

/** The buyer sends the goods back to one of the seller's addresses. */
function* agreeReturn(raw: RawRecord, { addressId, note }: Decision): Steps<void> {
	if (!isService(raw)) throw unsupported("a return before shipping");
	const address = defaultOf(yield* returnAddresses(), addressId);
	const [reason] = yield* serviceReasons(raw);
	const params = { approveNotes: note || "同意", approveReasonCid1: codeOf(reason), ...returnTo(address) };
	yield* onService("jingdong.asc.audit.send", raw, { ...params, applyDetailIdList: [], returnAddressType: 1 });
}

const returnTo = ({ contact, phone, zipCode, address, areas }: Address): Params => ({
	returnContactName: contact,
	returnContactTel: phone,
	returnZipcode: zipCode,
	returnProvince: areas[0] ?? 0,
	returnCity: areas[1] ?? 0,
	returnCounty: areas[2] ?? 0,
	returnVillage: areas[3] ?? 0,
	returnDetailAddress: address,
});

function* refuse(raw: RawRecord, { reasonCode, note }: Decision): Steps<void> {
	const reason = chosen(yield* reasonsOf(raw), reasonCode);
	if (!isService(raw)) {
		const outWareStatus = onItsWay.has(reason.code) ? 1 : 2;
		const answer = { outWareStatus, rejectType: codeOf(reason), remark: note || reason.text, status: 2 };
		return yield* reply(raw, answer);
	}
	const params = { approveNotes: note || reason.text, approveReasonCid1: codeOf(reason) };
	yield* onService("jingdong.asc.audit.refuse", raw, params);
}

/** The goods came back, but not as they should: the service order is closed with a reason. */
function* refuseReceipt(raw: RawRecord, { reasonCode, note }: Decision): Steps<void> {
	if (!isService(raw)) throw unsupported("goods that came back before shipping");
	const reason = chosen(yield* serviceReasons(raw), reasonCode);
	const params = {
		refuseReason: codeOf(reason),
		refuseReasonName: reason.text,
		refuseRemark: note || reason.text,
	};
	yield* onService("jingdong.asc.process.close", raw, params);
}

/** The goods that came back are registered, unless they were before, and the replacement is told of. */
function* shipExchange(raw: RawRecord, decision: Decision): Steps<void> {
	if (!isService(raw)) throw unsupported("an exchange before shipping");
	const sent = { ...parcel(decision), opFlag: 1, wareType: "10" };
	yield* onService("jingdong.asc.process.offline.change", yield* registered(raw, decision.note), sent);
}

/** The service order as it is once the goods are registered. */
function* registered(raw: RawRecord, note: string): Steps<RawRecord> {
	if (["10006", "10007"].includes(requiredText(raw, "serviceStatus"))) return raw;
	yield* register(raw, note);
	return yield* getService(requiredText(raw, "serviceId"));
}

function* shipResend(raw: RawRecord, decision: Decision): Steps<void> {
	if (!isService(raw)) throw unsupported("a resend before shipping");
	const [reason] = yield* serviceReasons(raw);
	const params = { approveNotes: decision.note || "补发", approveReasonCid1: codeOf(reason) };
	yield* onService("jingdong.asc.audit.reissue", raw, { ...params, ...parcel(decision) });
}

const parcel = ({ carrier, trackingNo }: Decision): Params => ({
	expressCode: trackingNo,
	shipWayId: Number(platformCarrier(carriers, carrier)),
	shipWayName: carrierNames[carrier] ?? carrier,
});

/** What the buyer sent is here, whole and as described: the usual case, all that a hub can say of it. */
const register = (raw: RawRecord, note: string): Steps<void> =>
	onService("jingdong.asc.receive.register", raw, {
		accessoryOrGift: 10,
		appearanceState: 10,
		invoiceRecord: 10,
		judgmentReason: 10,
		packingState: 10,
		qualityState: 10,
		receiveName: operatorName,
		receivePin: operatorName,
		receiveRemark: note || "已收货",
	});

const reply = (raw: RawRecord, params: Params): Steps<void> =>
	writes(
		replyMethod,
		{ repeatable: false },
		{ ...params, checkUserName: operatorName, id: idNumber("id", requiredText(raw, "id")) },
		(answer) => void resultOf(replyMethod, answer, "replyResult"),
	);

/** A write on a service order; 京东 refuses it when `sysVersion` is no longer the newest. */
const onService = (method: string, raw: RawRecord, params: Params): Steps<void> =>
	writes(
		method,
		{ repeatable: false },
		(shop) => ({
			...operator(shop),
			...serviceKeys(raw),
			sysVersion: idNumber("sysVersion", requiredText(raw, "sysVersion")),
			...params,
		}),
		(answer) => void resultOf(method, answer, "result"),
	);

const serviceKeys = (raw: RawRecord): Params => ({
	orderId: idNumber("orderId", requiredText(raw, "orderId")),
	serviceId: idNumber("serviceId", requiredText(raw, "serviceId")),
});

/** The platform's number of a reason; 0 where it has none to give. */
const codeOf = (reason: RefusalReason | undefined): bigint => idNumber("reasonCode", reason?.code ?? "0");

/** Source: refundapply.replyRefund, rejectType. */
const rejectTypes: readonly RefusalReason[] = [
	{ code: "1", text: "商品已在配送途中，无法取消", needsProof: false },
	{ code: "2", text: "商品已签收，无法取消", needsProof: false },
	{ code: "3", text: "国际站保税区订单，已报关", needsProof: false },
	{ code: "4", text: "已电话沟通客户，客户同意签收商品", needsProof: false },
	{ code: "5", text: "其他", needsProof: false },
];

/** Those that say that the goods have left. */
const onItsWay: ReadonlySet<string> = new Set(["1", "2"]);

function* reasonsOf(raw: RawRecord): Steps<RefusalReason[]> {
	return isService(raw) ? yield* serviceReasons(raw) : [...rejectTypes];
}

/** The first level of 京东's tree of reasons. Source: jingdong.asc.audit.reason.list. */
const serviceReasons = (raw: RawRecord): Steps<RefusalReason[]> =>
	reads(
		reasonMethod,
		(shop) => ({ ...operator(shop), bizType: 1, serviceId: idNumber("serviceId", requiredText(raw, "serviceId")) }),
		(answer) =>
			rows(resultOf(reasonMethod, answer, "result"), "data").map((reason) => ({
				code: requiredText(reason, "code"),
				text: text(reason, "name"),
				needsProof: false,
			})),
	);

const unsupported = (what: string): Error => hubError("PLATFORM_UNSUPPORTED", `jd: ${what}`, { what });

export const decisions: Decisions = {
	actions: {
		AGREE_REFUND: agreeRefund,
		AGREE_RETURN: agreeReturn,
		REFUSE: refuse,
		REFUSE_RECEIPT: refuseReceipt,
		SHIP_EXCHANGE: shipExchange,
		SHIP_RESEND: shipResend,
	},
	reasons: reasonsOf,
	addresses: function* () {
		return (yield* returnAddresses()).map(({ id, contact, address, isDefault }) => ({
			id,
			text: [address, contact].filter(Boolean).join(" "),
			isDefault,
		}));
	},
};
