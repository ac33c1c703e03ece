/** A first look at the addresses that an administrator names, so that a refusal is told where it can be mended. */
import { env } from "../config/env.ts";
import { errorTypes, hubError } from "../config/errors.ts";
import { egressRule, isRefusedAddress } from "./egress.ts";

const mayConnect = egressRule(env.egressAllow);

/**
 * Only what is certain: in production, an IP address that no call could ever be made to. A name may lead elsewhere
 * tomorrow, so each call judges it.
 * @throws INVALID naming the field and HUB_EGRESS_ALLOW
 */
export function checkAddress(field: string, url: URL): void {
	if (!env.production || !isRefusedAddress(url, mayConnect)) return;
	throw hubError("INVALID", `${field}: ${errorTypes.EGRESS_REFUSED.en}: ${url.host}`, { field });
}
