import { compareNumbers } from "../bson/number.ts";
import { isNumeric } from "../bson/types.ts";
import { isNullish, type Value } from "../bson/values.ts";

/** MongoDB's truth: everything but false, null, missing and the number 0 (the empty string is true). */
export const truthy = (value: Value): boolean =>
	!isNullish(value) && value !== false && !(isNumeric(value) && compareNumbers(value, 0) === 0);
