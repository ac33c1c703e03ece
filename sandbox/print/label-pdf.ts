/** A label of 76 × 130 mm as a PDF: for people without a printer, and for looking at what would have come out. */
import { beijing } from "../beijing.ts";
import { code128 } from "./code128.ts";
import type { Label } from "./label.ts";
import { type PdfPage, pdf, widthOf } from "./pdf.ts";

const pointsPerMm = 72 / 25.4;
const width = 76 * pointsPerMm;
const height = 130 * pointsPerMm;
const margin = 10;
const mostGoods = 6; // lines of goods and notes; the rest is cut off

export function labelPdf(label: Label, printer: string, atMs: number): string {
	const { receiver, trackingNo } = label;
	return pdf(width, height, (page) => {
		const inside = width - 2 * margin;
		page.text(margin, height - 28, 18, label.carrier);
		page.text(width - margin - widthOf(label.platform, 10), height - 26, 10, label.platform);
		page.line(margin, height - 36, width - margin, height - 36);
		bars(page, trackingNo, height - 92, 46);
		page.text((width - widthOf(trackingNo, 12)) / 2, height - 106, 12, trackingNo);
		page.line(margin, height - 114, width - margin, height - 114);
		const region = [receiver.province, receiver.city, receiver.district, receiver.town].filter(Boolean).join(" ");
		let y = height - 132;
		y = paragraph(page, y, 13, inside, `收 ${receiver.name}  ${receiver.mobile}`, 2);
		y = paragraph(page, y, 11, inside, `${region} ${receiver.address}`, 4);
		page.line(margin, y + 6, width - margin, y + 6);
		y = paragraph(page, y - 8, 9, inside, `寄 ${label.shopId}`, 1);
		page.line(margin, y + 4, width - margin, y + 4);
		y -= 8;
		for (const line of [...label.goods, ...label.notes].slice(0, mostGoods)) y = paragraph(page, y, 8, inside, line, 2);
		page.text(margin, 34, 8, `订单 ${label.orderId}`);
		page.text(margin, 22, 8, `${beijing(atMs)}  ${printer}`);
		page.text(margin, 10, 8, "模拟打印 不能用于发货 / simulated label");
	});
}

function bars(page: PdfPage, trackingNo: string, y: number, barHeight: number): void {
	const code = code128(trackingNo);
	const module = (width - 4 * margin) / code.modules;
	for (const { at, width: modules } of code.bars) page.box(2 * margin + at * module, y, modules * module, barHeight);
}

/** Words in lines no wider than `inside`; returns where the next paragraph begins. */
function paragraph(page: PdfPage, top: number, size: number, inside: number, words: string, mostLines: number): number {
	const lines: string[] = [];
	let line = "";
	for (const letter of words) {
		if (widthOf(line + letter, size) > inside) {
			lines.push(line);
			line = "";
		}
		line += letter;
	}
	lines.push(line);
	const shown = lines.slice(0, mostLines);
	for (const [at, each] of shown.entries()) page.text(margin, top - at * (size + 4), size, each);
	return top - shown.length * (size + 4) - 2;
}
