import { hubError } from "../../../config/errors.ts";
import type { PlatformAftersale } from "../../aftersale/aftersale.ts";
import type { Documents } from "../adapter.ts";
import { readAftersale } from "./aftersale-reader.ts";
import { getRefund, refundLists, refundModifiedAt } from "./refunds.ts";
import { getService, isService, serviceLists, serviceModifiedAt } from "./services.ts";

/**
 * 京东 keeps two kinds of after-sales with numbers of their own: "R" and the number of an application for a refund
 * before shipping, "S" and the number of a service order after it.
 */
export const aftersales: Documents<PlatformAftersale> = {
	lists: [...refundLists, ...serviceLists],
	get: (id) => {
		if (id.startsWith("R")) return getRefund(id.slice(1));
		if (id.startsWith("S")) return getService(id.slice(1));
		throw hubError("NOT_FOUND", "an after-sale's number begins with R or S");
	},
	modifiedAt: (raw) => (isService(raw) ? serviceModifiedAt(raw) : refundModifiedAt(raw)),
	read: readAftersale,
};
