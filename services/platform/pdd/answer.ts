import { type ErrorType, hubError } from "../../../config/errors.ts";
import type { HttpAnswer } from "../adapter.ts";
import { badAnswer, objectOf, refusedBy, saidBy } from "../answer.ts";
import { isRecord, type RawRecord, text } from "../record.ts";
import { entryOf } from "../table.ts";

/** `error_code` -> ours. Source: open platform, global error codes. A code not listed is a plain refusal. */
const errorTypes: Readonly<Record<string, ErrorType>> = {
	10001: "PLATFORM_MISCONFIGURED", // common parameters: none of them follows from what was asked for
	10002: "PLATFORM_MISCONFIGURED",
	10014: "PLATFORM_TOKEN_EXPIRED", // the seller withdrew the authorisation
	10016: "PLATFORM_MISCONFIGURED",
	10017: "PLATFORM_MISCONFIGURED",
	10019: "PLATFORM_TOKEN_EXPIRED",
	10035: "PLATFORM_TOKEN_EXPIRED",
	20004: "PLATFORM_MISCONFIGURED", // signature: a wrong secret
	20005: "PLATFORM_MISCONFIGURED", // our IP is not on the allow list
	20031: "PLATFORM_MISCONFIGURED", // the API is not granted
	20032: "PLATFORM_TOKEN_EXPIRED", // a token of another app
	20034: "PLATFORM_MISCONFIGURED",
	20035: "PLATFORM_MISCONFIGURED",
	30000: "PLATFORM_MISCONFIGURED",
	52001: "PLATFORM_UNREACHABLE",
	52002: "PLATFORM_UNREACHABLE",
	52004: "PLATFORM_UNREACHABLE",
	52101: "PLATFORM_RATE_LIMITED", // of the app
	52102: "PLATFORM_RATE_LIMITED", // of the API
	52103: "PLATFORM_RATE_LIMITED", // of the shop
	70031: "PLATFORM_RATE_LIMITED",
	70032: "PLATFORM_RATE_LIMITED",
	70033: "PLATFORM_MISCONFIGURED", // shop or app are blocked
	70034: "PLATFORM_MISCONFIGURED",
};

/** Codes of the service behind the gateway: only their words tell whether it is out of order or says no. */
const serviceCodes: ReadonlySet<string> = new Set(["50000", "50001", "50002"]);

/** The platform names no pause. The codes of calls made too often mean it more seriously than those of one busy second. */
const pausesMs: Readonly<Record<string, number>> = { 70031: 5_000, 70032: 5_000 };
const methodPausesMs: Readonly<Record<string, number>> = { "pdd.open.decrypt.batch": 7_500 }; // one in ten seconds

/**
 * The payload of an answer. Errors come inside HTTP 200, under `error_response`. `bareField`: a field by
 * which an answer is known whose fields stand at the root.
 * @throws PLATFORM_… by the table above; PLATFORM_BAD_RESPONSE for anything that is neither payload nor error
 */
export function payloadOf(method: string, answer: HttpAnswer, bareField = ""): RawRecord {
	const root = objectOf(method, answer);
	if (isRecord(root.error_response)) throw pddError(method, root.error_response);
	if (answer.status !== 200) throw badAnswer(method, answer, "no payload");
	const known = root[entryOf(rootKeys, method) ?? ""];
	if (isRecord(known)) return known;
	if (bareField && root[bareField] !== undefined) return root;
	const objects = Object.values(root).filter(isRecord);
	const [only] = objects;
	if (!only || objects.length > 1) throw badAnswer(method, answer, "no payload");
	return only;
}

/** Root keys of the answers as SDKs list them, their misspellings included. Another one is found by being the only object. */
const rootKeys: Readonly<Record<string, string>> = {
	"pdd.order.number.list.increment.get": "order_sn_increment_get_response",
	"pdd.order.information.get": "order_info_get_response",
	"pdd.order.note.update": "response",
	"pdd.refund.list.increment.get": "refund_increment_get_response",
	"pdd.refund.information.get": "refund_information_get_response",
	"pdd.refund.status.check": "refund_status_check_response",
	"pdd.refund.agree": "response",
	"pdd.refund.returngoods.agree": "response",
	"pdd.refund.exchange.shipping": "response",
	"pdd.refund.address.list.get": "refund_address_list_get_response",
	"pdd.logistics.online.send": "logistics_online_send_response",
	"pdd.order.upload.extra.logistics": "upload_extra_logistics_response",
	"pdd.goods.list.get": "goods_list_get_response",
	"pdd.goods.detail.get": "goods_detail_get_response",
	"pdd.goods.quantity.update": "goods_quantity_update_response",
	"pdd.open.decrypt.batch": "open_decrypt_batch_response",
	"pdd.pop.auth.token.create": "pop_auth_token_create_response",
	"pdd.pop.auth.token.refresh": "pop_auth_token_refresh_response",
	"pdd.pmc.user.permit": "pmc_user_permit_response",
	"pdd.waybill.search": "pdd_waybill_search_response",
	"pdd.waybill.get": "pdd_waybill_get_response",
	"pdd.waybill.cancel": "pdd_waybill_cancel_response",
	"pdd.waybill.query.by.waybillcode": "pdd_waybill_query_by_waybillcode_response",
	"pdd.cloudprint.stdtemplates.get": "pdd_cloudprint_stdtemplates_get_response",
};

/** For calls that answer whether they did it. @throws PLATFORM_REFUSED in the platform's words unless `field` is true */
export function mustBeTrue(method: string, payload: RawRecord, field: string): void {
	if (text(payload, field) === "true") return;
	const said = text(payload, "error_msg") || text(payload, "message");
	throw refusedBy(method, said || `${field} is not true`, codeSaid(text(payload, "error_code")));
}

/** "code 50001"; "" where there is no code. */
export const codeSaid = (code: string): string => code && `code ${code}`;

function pddError(method: string, error: RawRecord): Error {
	const code = text(error, "error_code");
	const subCode = text(error, "sub_code");
	const said = text(error, "sub_msg") || text(error, "error_msg");
	const type = typeOf(code, `${said} ${text(error, "error_msg")}`);
	const waitMs = entryOf(methodPausesMs, method) ?? entryOf(pausesMs, code) ?? 1_000;
	const data = { method, code, subCode, ...(type === "PLATFORM_RATE_LIMITED" && { waitMs }) };
	return hubError(type, saidBy(said, codeSaid(code)), data);
}

function typeOf(code: string, said: string): ErrorType {
	if (serviceCodes.has(code)) return /系统|超时/.test(said) ? "PLATFORM_UNREACHABLE" : "PLATFORM_REFUSED";
	// Our clock differs: this very answer's Date sets it right for the next try.
	if (code === "10001" && /timestamp|时间戳/i.test(said)) return "PLATFORM_UNREACHABLE";
	return entryOf(errorTypes, code) ?? "PLATFORM_REFUSED";
}
