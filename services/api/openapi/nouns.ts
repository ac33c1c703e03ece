import { accountNouns } from "./account-nouns.ts";
import { deskNouns } from "./desk-nouns.ts";
import { goodsNouns } from "./goods-nouns.ts";
import { orderNouns } from "./order-nouns.ts";
import type { Nouns, Values } from "./shapes.ts";

/**
 * What answers look like, by noun: components of the document. An answer may hold more than is said here, so that a
 * program that reads it is not broken by a new field; examples.test.ts holds real ones against these.
 */
export const nouns = (values: Values): Nouns => ({
	...accountNouns(),
	...orderNouns(values),
	...goodsNouns(values),
	...deskNouns(values),
});
