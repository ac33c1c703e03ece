const pattern = /^(-?)(\d{1,12})(?:\.(\d{1,2})0*)?$/;

/** "109.00" yuan -> 10900 fen, by the digits: no float is ever multiplied. Null for anything that is not such an amount. */
export function yuanToFen(text: string): number | null {
	const [, sign, yuan, fen = ""] = pattern.exec(text) ?? [];
	if (yuan === undefined) return null;
	const amount = Number(yuan + fen.padEnd(2, "0"));
	return sign && amount ? -amount : amount;
}
