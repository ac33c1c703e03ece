/** How a carrier's tracking numbers begin, and how many digits follow. Codes are those ERPs use. */
const formats: Readonly<Record<string, [prefix: string, digits: number]>> = {
	SF: ["SF", 13],
	ZTO: ["7", 13],
	YTO: ["YT", 13],
	STO: ["77", 13],
	YUNDA: ["4", 13],
	JD: ["JD", 13],
	JTSD: ["JT", 13],
	EMS: ["1", 12],
	POSTB: ["9", 12],
	DBKD: ["DPK", 12],
};

/** Digits at the end that tell one number from all others. */
const sequenceDigits = 8;

/** A number no other parcel of the same salt has: the first digits from the salt, the last eight the place in the row. */
export function trackingNumber(carrier: string, salt: number, sequence: number): string {
	const format = formats[carrier];
	if (!format) throw new RangeError(`no carrier ${carrier}`);
	const [prefix, digits] = format;
	const headDigits = digits - sequenceDigits;
	const head = String(salt % 10 ** headDigits).padStart(headDigits, "1");
	return `${prefix}${head}${String(sequence).padStart(sequenceDigits, "0")}`;
}
