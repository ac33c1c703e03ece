import { hubError } from "../../config/errors.ts";
import type { Steps } from "./steps.ts";
import type { WaybillDriver, WaybillWish } from "./waybill.ts";

/** The address of the template that is wished for, or of the carrier's first. @throws PLATFORM_REFUSED where it has none */
export function* templateUrlOf(
	{ carrier, templateUrl }: Pick<WaybillWish, "carrier" | "templateUrl">,
	templates: WaybillDriver["templates"],
): Steps<string> {
	if (templateUrl !== "") return templateUrl;
	const [first] = yield* templates(carrier);
	if (!first) throw hubError("PLATFORM_REFUSED", `there is no print template of ${carrier}`);
	return first.url;
}
