import { optionalInteger, part, type RawRecord, requiredText, text, wrappedList } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { platformCarrier } from "../table.ts";
import type { Waybill, WaybillAccount, WaybillDriver, WaybillSender, WaybillTemplate } from "../waybill.ts";
import { templateUrlOf } from "../waybill-template.ts";
import { mustBeDone } from "./answer.ts";
import { carrierNamed, carriers } from "./carriers.ts";
import { reads, writes } from "./request.ts";
import { takeWaybill } from "./waybill-take.ts";

/** 菜鸟's electronic waybills. Its carrier codes (`cp_code`) are those of shipping. */
export const waybills: WaybillDriver = {
	printClient: "cainiao",
	repeatable: true, // the same trade and parcel
	accounts,
	templates,
	*take(order, wish): Steps<Waybill> {
		return yield* ask(takeWaybill(order, { ...wish, templateUrl: yield* templateUrlOf(wish, templates) }));
	},
	/** Source: cainiao.waybill.ii.query.by.waybillcode. */
	*printData({ trackingNo, carrier }) {
		const query = { object_id: "1", cp_code: platformCarrier(carriers, carrier), waybill_code: trackingNo };
		const params = { param_list: JSON.stringify([query]) };
		return yield* ask(
			reads("cainiao.waybill.ii.query.by.waybillcode", params, (payload) => {
				const [found = {}] = wrappedList(payload, "modules", "waybill_cloud_print_with_result_desc_response");
				mustBeDone("query.by.waybillcode", found.success, text(found, "error_message"));
				return requiredText(part(found, "waybill_cloud_print_response"), "print_data");
			}),
		);
	},
	/** Giving back what was given back does no harm. Source: cainiao.waybill.ii.cancel. */
	*cancel({ trackingNo, carrier }) {
		const method = "cainiao.waybill.ii.cancel";
		const params = { cp_code: platformCarrier(carriers, carrier), waybill_code: trackingNo };
		const cancel = writes(method, params, (payload) => mustBeDone(method, payload.cancel_result));
		yield* ask({ ...cancel, repeatable: true });
	},
};

/** Source: cainiao.waybill.ii.search. */
function* accounts(carrier: string): Steps<WaybillAccount[]> {
	const params = { cp_code: platformCarrier(carriers, carrier) };
	return yield* ask(
		reads("cainiao.waybill.ii.search", params, (payload) =>
			wrappedList(payload, "waybill_apply_subscription_cols", "waybill_apply_subscription_info").flatMap((info) =>
				wrappedList(info, "branch_account_cols", "waybill_branch_account").map((branch) => readAccount(info, branch)),
			),
		),
	);
}

const unlimited = "1"; // `cp_type` 直营: pays by the month, and its `quantity` means nothing

const readAccount = (info: RawRecord, branch: RawRecord): WaybillAccount => ({
	carrier: carrierNamed(text(info, "cp_code")),
	branchCode: text(branch, "branch_code"),
	branchName: text(branch, "branch_name"),
	accountCode: firstCustomer(branch),
	left: text(info, "cp_type") === unlimited ? null : optionalInteger(branch, "quantity"),
	sender: wrappedList(branch, "shipp_address_cols", "address_dto").map(readSender),
});

/** Monthly accounts, as a wrapped list of texts. */
function firstCustomer(branch: RawRecord): string {
	const codes = part(branch, "customer_code_list").string;
	return Array.isArray(codes) && typeof codes[0] === "string" ? codes[0] : "";
}

const readSender = (address: RawRecord): WaybillSender => ({
	province: text(address, "province"),
	city: text(address, "city"),
	district: text(address, "district"),
	town: text(address, "town"),
	address: text(address, "detail"),
});

/** Source: cainiao.cloudprint.stdtemplates.get, which answers those of all carriers. */
function* templates(carrier: string): Steps<WaybillTemplate[]> {
	const cpCode = platformCarrier(carriers, carrier);
	return yield* ask(
		reads("cainiao.cloudprint.stdtemplates.get", {}, (payload) =>
			wrappedList(part(payload, "result"), "datas", "standard_template_result")
				.filter((group) => text(group, "cp_code") === cpCode)
				.flatMap((group) => wrappedList(group, "standard_templates", "standard_template_do"))
				.map((template) => ({
					id: requiredText(template, "standard_template_id"),
					name: text(template, "standard_template_name"),
					url: requiredText(template, "standard_template_url"),
				})),
		),
	);
}
