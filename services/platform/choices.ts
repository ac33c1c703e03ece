/** What a decision on an after-sale names of what the platform offered. */
import { hubError } from "../../config/errors.ts";
import type { RefusalReason, ReturnAddress } from "./adapter.ts";

/** The reason of that code. @throws INVALID */
export function chosen(reasons: readonly RefusalReason[], reasonCode: string): RefusalReason {
	const reason = reasons.find(({ code }) => code === reasonCode);
	if (!reason) throw hubError("INVALID", "reasonCode is none of the platform's", { field: "reasonCode" });
	return reason;
}

/** Where goods go back to unless an address was named: the default one, else the first. @throws INVALID */
export function defaultAddress(addresses: readonly ReturnAddress[]): ReturnAddress {
	const address = addresses.find(({ isDefault }) => isDefault) ?? addresses[0];
	if (!address) throw hubError("INVALID", "the shop has no address for returns", { field: "addressId" });
	return address;
}
