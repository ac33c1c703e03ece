/**
 * A small PDF writer: text, lines and filled boxes on one page. The file is plain ASCII. Chinese text is in STSong-Light,
 * a font that every viewer brings or replaces, by the encoding UniGB-UCS2-H. Sources: ISO 32000-1, 9.7.5; Adobe-GB1.
 */

/** All measures are points, from the page's lower left corner. */
export interface PdfPage {
	text(x: number, y: number, size: number, words: string): void;
	box(x: number, y: number, width: number, height: number): void;
	line(x1: number, y1: number, x2: number, y2: number): void;
}

type Font = "latin" | "chinese";

const isLatin = (letter: string): boolean => letter >= " " && letter <= "~";

/** About how wide a text is: Latin letters half as wide as Chinese ones. */
export const widthOf = (words: string, size: number): number =>
	[...words].reduce((total, letter) => total + (isLatin(letter) ? latinWidth : 1) * size, 0);

const latinWidth = 0.56;

/** A file of one page, drawn by `draw`. */
export function pdf(width: number, height: number, draw: (page: PdfPage) => void): string {
	const content: string[] = [];
	draw({
		text(x, y, size, words) {
			let at = x;
			for (const run of runsOf(words)) {
				const font = run.font === "latin" ? "F1" : "F2";
				content.push(`BT /${font} ${size} Tf ${at.toFixed(2)} ${y.toFixed(2)} Td ${run.shown} Tj ET`);
				at += widthOf(run.words, size);
			}
		},
		box: (x, y, w, h) => content.push(`${x.toFixed(2)} ${y.toFixed(2)} ${w.toFixed(2)} ${h.toFixed(2)} re f`),
		line: (x1, y1, x2, y2) =>
			content.push(`0.6 w ${x1.toFixed(2)} ${y1.toFixed(2)} m ${x2.toFixed(2)} ${y2.toFixed(2)} l S`),
	});
	return fileOf(width, height, content.join("\n"));
}

function fileOf(width: number, height: number, content: string): string {
	const systemInfo = "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>";
	const objects = [
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width.toFixed(2)} ${height.toFixed(2)}]` +
			" /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> /Contents 4 0 R >>",
		`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [7 0 R] >>",
		`<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light ${systemInfo} /FontDescriptor 8 0 R /DW 1000 >>`,
		"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0" +
			" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
	];
	let file = "%PDF-1.4\n";
	const offsets = objects.map((object, at) => {
		const offset = file.length;
		file += `${at + 1} 0 obj\n${object}\nendobj\n`;
		return `${String(offset).padStart(10, "0")} 00000 n \n`;
	});
	const size = objects.length + 1;
	const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join("")}`;
	return `${file}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}

interface Run {
	font: Font;
	words: string;
	shown: string; // as the content stream has it
}

/** A text in pieces of one font each. */
function runsOf(words: string): Run[] {
	return (words.match(/[ -~]+|[^ -~]+/g) ?? []).map((piece) =>
		isLatin(piece.charAt(0))
			? { font: "latin", words: piece, shown: `(${piece.replace(/[\\()]/g, "\\$&")})` }
			: { font: "chinese", words: piece, shown: `<${ucs2Of(piece)}>` },
	);
}

/** Letters beyond the first 65,536 are shown as a box: the encoding has two bytes for each. */
function ucs2Of(words: string): string {
	return [...words]
		.map((letter) => (letter.length > 1 ? "□" : letter).charCodeAt(0).toString(16).padStart(4, "0"))
		.join("");
}
