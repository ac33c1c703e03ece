/** With which contract a number is taken, and what stands on it as the sender. */
import { hubError } from "../../config/errors.ts";
import type { WaybillAccount, WaybillSender, WaybillWish } from "../platform/waybill.ts";

/** Calls actions: a Context. */
export interface Hub {
	call<Result>(action: string, params: object, options?: { timeout: number }): Promise<Result>;
}

/** Name and phone are the seller's own. Without an address it is the one that the carrier's branch has. */
export type GivenSender = { name: string; phone: string } & Partial<WaybillSender>;

export type Contract = Pick<WaybillWish, "branchCode" | "accountCode" | "sender">;

interface Given {
	platform: string;
	shopId: string;
	carrier: string; // our code
	branchCode: string; // "": any
	accountCode: string; // "": any
	sender: GivenSender;
}

/** @throws INVALID without such an account, or without an address; PLATFORM_… */
export async function contractOf(hub: Hub, given: Given): Promise<Contract> {
	const { platform, shopId, carrier, branchCode, accountCode, sender } = given;
	if ((branchCode || accountCode) && sender.province) return { branchCode, accountCode, sender: whole(sender, {}) };
	const accounts = await hub.call<WaybillAccount[]>(`platform.${platform}.waybill.accounts`, { shopId, carrier });
	const account = accounts.find(
		(each) =>
			each.carrier === carrier &&
			(!branchCode || each.branchCode === branchCode) &&
			(!accountCode || each.accountCode === accountCode),
	);
	if (!account) {
		throw hubError("INVALID", `the shop has no such waybill account with ${carrier}`, { field: "branchCode" });
	}
	const [address] = account.sender;
	if (!sender.province && !address) {
		throw hubError("INVALID", "the waybill account has no address: say the sender's", { field: "sender" });
	}
	return {
		branchCode: account.branchCode,
		accountCode: account.accountCode,
		sender: whole(sender, sender.province ? {} : (address ?? {})),
	};
}

const whole = ({ name, phone, ...given }: GivenSender, known: Partial<WaybillSender>): WaybillWish["sender"] => ({
	name,
	phone,
	...{ province: "", city: "", district: "", town: "", address: "" },
	...known,
	...given,
});
