import { typeOf } from "../../config/errors.ts";
import type { Steps } from "./steps.ts";

/**
 * The print data of a number that was just taken; "" where the platform does not tell it now. The number counts all the
 * same: an error would hide it, and a second one would be taken.
 */
export function* orLater(printData: Steps<string>): Steps<string> {
	try {
		return yield* printData;
	} catch (err) {
		if (!typeOf(err)) throw err;
		return "";
	}
}
