/** The columns of a table of manual orders: what they are called, what the template shows of them. */
import type { Headings, Words } from "../../../mixins/table/columns.ts";

interface Column extends Words {
	names: readonly string[]; // what else it may be called
	needed?: true; // in the heading
	sample: string; // what the template has in its one row
}

const columns = {
	shop: { zh: "店铺", en: "Shop", names: ["shopid", "店铺编号", "店铺id"], sample: "" },
	orderNo: { zh: "订单号", en: "Order no", names: ["ordernumber", "订单编号"], sample: "M2026-0001" },
	outerSku: {
		zh: "商家编码",
		en: "SKU",
		names: ["outersku", "商品编码", "规格编码"],
		needed: true,
		sample: "CUP-BK-500",
	},
	title: { zh: "商品名称", en: "Title", names: ["productname", "商品标题", "品名"], sample: "加厚保温杯" },
	spec: { zh: "规格", en: "Spec", names: [], sample: "500ml 黑色" },
	quantity: { zh: "数量", en: "Quantity", names: ["qty", "件数"], needed: true, sample: "2" },
	price: { zh: "单价（元）", en: "Price (yuan)", names: ["unitprice"], needed: true, sample: "39.90" },
	discount: { zh: "优惠（元）", en: "Discount (yuan)", names: ["优惠金额", "折扣"], sample: "" },
	gift: { zh: "赠品", en: "Gift", names: ["是否赠品"], sample: "" },
	name: {
		zh: "收件人",
		en: "Receiver",
		names: ["name", "收货人", "姓名", "收件人姓名"],
		needed: true,
		sample: "示例收件人",
	},
	phone: {
		zh: "手机号",
		en: "Phone",
		names: ["mobile", "电话", "手机", "收件人电话"],
		needed: true,
		sample: "10000000000",
	},
	province: { zh: "省", en: "Province", names: ["省份"], needed: true, sample: "浙江省" },
	city: { zh: "市", en: "City", names: ["城市"], needed: true, sample: "杭州市" },
	district: { zh: "区县", en: "District", names: ["区", "县", "区/县"], sample: "余杭区" },
	town: { zh: "街道", en: "Town", names: ["镇", "乡镇"], sample: "" },
	address: { zh: "详细地址", en: "Address", names: ["地址", "收货地址"], needed: true, sample: "仓前街道 1 号" },
	freight: { zh: "运费（元）", en: "Freight (yuan)", names: ["邮费"], sample: "0" },
	paid: { zh: "实付（元）", en: "Paid (yuan)", names: ["实付金额"], sample: "" },
	buyerNick: { zh: "买家昵称", en: "Buyer", names: ["buyernick", "买家"], sample: "" },
	buyerMemo: { zh: "买家留言", en: "Buyer note", names: ["buyermemo", "留言"], sample: "" },
	sellerMemo: { zh: "卖家备注", en: "Seller note", names: ["sellermemo", "备注"], sample: "" },
	placedAt: { zh: "下单时间", en: "Placed at", names: ["ordertime"], sample: "" },
	shipDeadline: { zh: "发货截止", en: "Ship by", names: ["shipdeadline", "最晚发货时间"], sample: "" },
} as const satisfies Record<string, Column>;

export type OrderColumn = keyof typeof columns;

const entries = Object.entries(columns) as [OrderColumn, Column][];

export const orderHeadings = Object.fromEntries(
	entries.map(([column, { zh, en, names }]) => [column, [zh, en, ...names]]),
) as unknown as Headings<OrderColumn>;

export const neededColumns: readonly OrderColumn[] = entries.flatMap(([column, { needed }]) =>
	needed ? [column] : [],
);

/** A table to fill in: the heading and one order. */
export const templateRows = (language: "zh" | "en"): string[][] => [
	entries.map(([, column]) => (column.needed ? `${column[language]}*` : column[language])),
	entries.map(([, { sample }]) => sample),
];
