import { describe, expect, it } from "vitest";
import { labelPdf } from "./label-pdf.ts";

const label = {
	carrier: "中通快递",
	trackingNo: "77100000000001",
	platform: "taobao",
	shopId: "taobao-demo",
	orderId: "2601",
	receiver: {
		name: "王小红",
		mobile: "13900000001",
		province: "浙江省",
		city: "杭州市",
		district: "西湖区",
		town: "文新街道",
		address: "文三路(1)号\\2栋",
	},
	goods: ["加厚保温杯 黑 ×2", "𠮷 ×1"],
	notes: [],
};

describe("a label's PDF", () => {
	const file = labelPdf(label, "XP", Date.parse("2026-03-18T00:47:10Z"));

	it("is ASCII with every object where the table says", () => {
		expect(file).toMatch(/^[\n -~]+$/);
		const offsets = [...file.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
		expect(offsets).toHaveLength(8);
		for (const [at, offset] of offsets.entries()) expect(file.slice(offset)).toMatch(new RegExp(`^${at + 1} 0 obj\n`));
		const start = Number(/startxref\n(\d+)/.exec(file)?.[1]);
		expect(file.slice(start)).toMatch(/^xref\n0 9\n/);
		expect(file).toContain("/MediaBox [0 0 215.43 368.50]");
	});

	it("carries the texts: Chinese as UCS-2, Latin escaped, what UCS-2 cannot hold as a box", () => {
		expect(file).toContain(`<${[..."中通快递"].map((letter) => letter.charCodeAt(0).toString(16)).join("")}>`);
		expect(file).toContain("(77100000000001)");
		expect(file).toContain("(\\(1\\))");
		expect(file).toContain("(\\\\2)");
		expect(file).toContain("<25a1>");
		expect(file).toContain("(2026-03-18 08:47:10  XP)");
	});
});
