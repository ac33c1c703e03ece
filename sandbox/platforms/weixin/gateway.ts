import type { Gate } from "../gate.ts";
import type { DemoShop } from "../shops.ts";
import { WxError } from "./errors.ts";

/** The shop an access token belongs to. @throws WxError */
export function checkToken(gate: Gate, access: string, nowMs: number): DemoShop {
	if (access === "") throw new WxError(41001, "access_token missing");
	const session = gate.shops.session(access, nowMs);
	if (session.state === "unknown") throw gate.wrongSignature(notLatest());
	const { shop } = session;
	if (gate.holds(session, nowMs)) return shop;
	const isLatest = gate.shops.token(shop).access === access;
	throw isLatest ? new WxError(42001, "access_token expired") : notLatest();
}

const notLatest = (): WxError => new WxError(40001, "invalid credential, access_token is invalid or not latest");
