/** How a carrier's tracking numbers begin; thirteen digits or fewer follow. Codes are those ERPs use. */
const formats: Readonly<Record<string, [prefix: string, digits: number]>> = {
	SF: ["SF", 13],
	ZTO: ["7", 13],
	YTO: ["YT", 13],
	STO: ["77", 13],
	YUNDA: ["4", 13],
	JD: ["JD", 13],
};

export const erpCarriers: readonly string[] = Object.keys(formats);

/** A number no other document has: the first digits from the key, the last eight the document's place in the row. */
export function trackingNumber(carrier: string, salt: number, sequence: number): string {
	const format = formats[carrier];
	if (!format) throw new RangeError(`no carrier ${carrier}`);
	const [prefix, digits] = format;
	const head = String(salt % 100_000).padStart(digits - 8, "1");
	return `${prefix}${head}${String(sequence).padStart(8, "0")}`;
}
