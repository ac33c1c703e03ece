import { maskedAddress, maskedName, maskedPhone } from "../masked.ts";
import { isRecord, type RawRecord } from "../record.ts";
import { entryOf } from "../table.ts";

/** What tells who somebody is or where they live, by the names 微信 has for it anywhere in its documents. */
const masks: Readonly<Record<string, (plain: string) => string>> = {
	user_name: maskedName,
	tel_number: maskedPhone,
	virtual_order_tel_number: maskedPhone,
	purchaser_tel_number: maskedPhone,
	real_tel_number: maskedPhone,
	virtual_tel_number: maskedPhone,
	virtual_number: maskedPhone,
	detail_info: maskedAddress,
	house_number: maskedAddress,
};

/** A document as it may be kept. Orders come masked when asked for so; after-sales show the buyer's phone in plain. */
export const withoutPeople = (document: RawRecord): RawRecord =>
	Object.fromEntries(Object.entries(document).map(([name, value]) => [name, maskedValue(name, value)]));

function maskedValue(name: string, value: unknown): unknown {
	if (Array.isArray(value)) return value.map((each) => maskedValue(name, each));
	if (isRecord(value)) return withoutPeople(value);
	const mask = entryOf(masks, name);
	return mask && (typeof value === "string" || typeof value === "number") ? mask(String(value)) : value;
}
