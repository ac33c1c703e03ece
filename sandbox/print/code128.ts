/** Code 128: letters and digits as bars. Source: ISO/IEC 15417, code sets B and C. */

/** Widths of bar, space, bar, … of each symbol, in modules; 104 starts set B, 105 set C, 106 stops. */
const widths = (
	"212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 " +
	"123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 " +
	"232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 " +
	"313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 " +
	"111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 " +
	"111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 " +
	"114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
).split(" ");

const startB = 104;
const startC = 105;
const stop = 106;

/** A bar from `at` on, in modules from the left edge of the first bar. */
export interface Bar {
	at: number;
	width: number;
}

/** @throws RangeError for a text with other signs than printable ASCII */
export function code128(text: string): { bars: Bar[]; modules: number } {
	const bars: Bar[] = [];
	let at = 0;
	for (const symbol of symbolsOf(text)) {
		[...(widths[symbol] ?? "")].forEach((digit, place) => {
			const width = Number(digit);
			if (place % 2 === 0) bars.push({ at, width });
			at += width;
		});
	}
	return { bars, modules: at };
}

/** Start, data, check sum, stop. */
export function symbolsOf(text: string): number[] {
	if (!/^[ -~]+$/.test(text)) throw new RangeError("only printable ASCII can be printed as bars");
	const inPairs = /^(\d\d)+$/.test(text);
	const data = inPairs
		? (text.match(/\d\d/g) ?? []).map(Number)
		: [...text].map((letter) => letter.charCodeAt(0) - " ".charCodeAt(0));
	const start = inPairs ? startC : startB;
	const sum = data.reduce((total, value, place) => total + value * (place + 1), start);
	return [start, ...data, sum % 103, stop];
}
