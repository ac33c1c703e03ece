/** One SKU the demo shops sell, with what it takes from its product. */
export interface CatalogueSku {
	sku: string; // the merchant code, by which the ERP knows it
	productCode: string;
	productId: string; // the catalogue's number of the product; platforms may have one of another shape
	platformSkuId: string; // the catalogue's number of the SKU
	title: string;
	spec: string; // "颜色:黑色;容量:500ml"
	categoryId: string;
	priceFen: number;
}

export interface CatalogueProduct {
	productId: string;
	code: string;
	title: string;
	categoryId: string;
	skus: readonly CatalogueSku[];
}

interface Product {
	code: string;
	title: string;
	categoryId: string;
	/** Code, spec text, price in fen. Prices end in all kinds of fen, so that shares and unit prices do not come out even. */
	specs: [code: string, spec: string, priceFen: number][];
}

/** What buyers put in their baskets. */
const sold: Product[] = [
	{
		code: "CUP",
		title: "加厚保温杯",
		categoryId: "50012097",
		specs: [
			["BK-500", "颜色:黑色;容量:500ml", 3900],
			["WT-500", "颜色:白色;容量:500ml", 3900],
			["BK-750", "颜色:黑色;容量:750ml", 4999],
			["WT-750", "颜色:白色;容量:750ml", 4999],
		],
	},
	{ code: "LID", title: "杯盖", categoryId: "50012097", specs: [["STD", "规格:标准", 990]] },
	{
		code: "TEE",
		title: "纯棉圆领短袖T恤",
		categoryId: "50000671",
		specs: [
			["BK-M", "颜色:黑色;尺码:M", 5933],
			["BK-L", "颜色:黑色;尺码:L", 5933],
			["BK-XL", "颜色:黑色;尺码:XL", 6177],
			["WT-M", "颜色:白色;尺码:M", 5933],
			["WT-L", "颜色:白色;尺码:L", 5933],
			["WT-XL", "颜色:白色;尺码:XL", 6177],
		],
	},
	{
		code: "SOCK",
		title: "中筒袜五双装",
		categoryId: "50006846",
		specs: [
			["GY", "颜色:灰色", 1989],
			["BK", "颜色:黑色", 1989],
			["MIX", "颜色:混色", 2199],
		],
	},
	{
		code: "TOWEL",
		title: "新疆长绒棉毛巾",
		categoryId: "50001865",
		specs: [
			["BL-34", "颜色:蓝色;规格:34×74cm", 1667],
			["PK-34", "颜色:粉色;规格:34×74cm", 1667],
			["BL-70", "颜色:蓝色;规格:70×140cm", 6999],
		],
	},
	{
		code: "TEA",
		title: "明前龙井茶",
		categoryId: "50018813",
		specs: [
			["100G", "净含量:100g", 12801],
			["250G", "净含量:250g", 29999],
		],
	},
	{
		code: "LAMP",
		title: "护眼台灯",
		categoryId: "50013194",
		specs: [
			["WT", "颜色:白色", 15950],
			["GR", "颜色:灰色", 15950],
		],
	},
	{
		code: "BAG",
		title: "帆布手提包",
		categoryId: "50012010",
		specs: [
			["NAT-S", "颜色:本色;尺寸:小号", 2850],
			["NAT-L", "颜色:本色;尺寸:大号", 3771],
			["NVY-L", "颜色:藏青;尺寸:大号", 3771],
		],
	},
	{ code: "UMB", title: "全自动晴雨伞", categoryId: "50012519", specs: [["BK", "颜色:黑色", 4525]] },
	{
		code: "NOTE",
		title: "线圈笔记本",
		categoryId: "50012716",
		specs: [
			["A5", "规格:A5", 713],
			["B5", "规格:B5", 917],
		],
	},
	{ code: "PEN", title: "按动中性笔十支装", categoryId: "50012716", specs: [["BK-05", "颜色:黑色;笔尖:0.5mm", 1390]] },
	{
		code: "SOAP",
		title: "手工精油皂",
		categoryId: "50011980",
		specs: [
			["LAV", "香型:薰衣草", 2533],
			["ROSE", "香型:玫瑰", 2533],
		],
	},
];

/** Slow sellers that fill the shelves, so that lists of products have more than one page. */
const slowSellers: Product[] = Array.from({ length: 33 }, (_, at) => {
	const number = String(at + 1).padStart(2, "0");
	const specs: Product["specs"] = [["S", "规格:小", 1003 + at * 107]];
	if (at % 2 === 0) specs.push(["L", "规格:大", 1507 + at * 109]);
	return { code: `BOX${number}`, title: `收纳盒${number}号`, categoryId: "50012129", specs };
});

/** Every product; those that sell come first. */
export const catalogue: readonly CatalogueProduct[] = [...sold, ...slowSellers].map((product, productAt) => {
	const { code: productCode, title, categoryId } = product;
	const productId = String(680_000_000_001 + productAt);
	const skus = product.specs.map(([code, spec, priceFen], specAt) => ({
		sku: `${productCode}-${code}`,
		productCode,
		productId,
		platformSkuId: String(5_000_000_000_001 + productAt * 100 + specAt),
		title,
		spec,
		categoryId,
		priceFen,
	}));
	return { productId, code: productCode, title, categoryId, skus };
});

/** The SKUs buyers choose from where nobody says what they buy. */
export const bestSellers: readonly CatalogueSku[] = catalogue.slice(0, sold.length).flatMap(({ skus }) => skus);

const bySku = new Map(catalogue.flatMap(({ skus }) => skus).map((entry) => [entry.sku, entry]));

export function catalogueSku(sku: string): CatalogueSku | undefined {
	return bySku.get(sku);
}
