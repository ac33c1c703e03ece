import { erpStates, flags, holds, statuses } from "../../../config/words.ts";
import type { Order, StoredLine } from "../../order/order.ts";
import { type Column, fen, flag, source, time, word } from "./column.ts";
import { lineRefunds } from "./words.ts";

const pieces = ({ lines }: Order): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
const goods = ({ lines }: Order): string =>
	lines.map(({ outerSku, title, quantity }) => `${outerSku || title} ×${quantity}`).join("; ");
const distinct = (values: readonly string[]): string => [...new Set(values.filter(Boolean))].join(", ");

/** Of the order itself, whichever of its lines the row is of. */
const head: Readonly<Record<string, Column<Order>>> = {
	platform: { zh: "平台", en: "Platform", cell: ({ platform }) => platform },
	shopId: { zh: "店铺", en: "Shop", cell: ({ shopId }) => shopId },
	orderNo: { zh: "订单号", en: "Order no", cell: ({ orderNo }) => orderNo },
	status: { zh: "订单状态", en: "Status", cell: ({ status }, language) => word(statuses, status, language) },
	placedAt: { zh: "下单时间", en: "Placed at", cell: ({ placedAt }) => time(placedAt) },
	paidAt: { zh: "付款时间", en: "Paid at", cell: ({ paidAt }) => time(paidAt) },
};

/** Receivers as lists show them: masked. */
export const orders = source<Order, Order>(
	"order.list",
	{
		...head,
		shipDeadline: { zh: "发货截止", en: "Ship by", cell: ({ shipDeadline }) => time(shipDeadline) },
		flags: { zh: "标签", en: "Flags", cell: ({ flags: of }) => of.join(", ") },
		goods: { zh: "商品", en: "Goods", cell: goods },
		quantity: { zh: "件数", en: "Pieces", cell: pieces },
		goodsFen: { zh: "商品金额", en: "Goods (yuan)", cell: ({ money }) => fen(money.goodsFen) },
		discountSellerFen: {
			zh: "商家优惠",
			en: "Seller discount (yuan)",
			cell: ({ money }) => fen(money.discountSellerFen),
		},
		discountPlatformFen: {
			...{ zh: "平台优惠", en: "Platform discount (yuan)" },
			cell: ({ money }) => fen(money.discountPlatformFen),
		},
		freightFen: { zh: "运费", en: "Freight (yuan)", cell: ({ money }) => fen(money.freightFen) },
		paidFen: { zh: "实付", en: "Paid (yuan)", cell: ({ money }) => fen(money.paidFen) },
		receivableFen: { zh: "应收", en: "Receivable (yuan)", cell: ({ money }) => fen(money.receivableFen) },
		buyerNick: { zh: "买家昵称", en: "Buyer", cell: ({ buyer }) => buyer.nick },
		receiverName: { zh: "收件人", en: "Receiver", cell: ({ receiver }) => receiver.name },
		receiverPhone: { zh: "手机号", en: "Phone", cell: ({ receiver }) => receiver.phone },
		province: { zh: "省", en: "Province", cell: ({ receiver }) => receiver.province },
		city: { zh: "市", en: "City", cell: ({ receiver }) => receiver.city },
		district: { zh: "区县", en: "District", cell: ({ receiver }) => receiver.district },
		receiverAddress: { zh: "详细地址", en: "Address", cell: ({ receiver }) => receiver.address },
		buyerMemo: { zh: "买家留言", en: "Buyer note", cell: ({ memo }) => memo.buyer },
		sellerMemo: { zh: "卖家备注", en: "Seller note", cell: ({ memo }) => memo.seller },
		memoFlag: { zh: "旗帜", en: "Flag", cell: ({ memo }, language) => word(flags, memo.flag, language) },
		holds: {
			...{ zh: "拦截原因", en: "Holds" },
			cell: (order, language) => order.holds.map(({ reason }) => word(holds, reason, language)).join(", "),
		},
		erpState: { zh: "ERP 状态", en: "ERP state", cell: ({ erp }, language) => word(erpStates, erp.state, language) },
		erpDocNo: { zh: "ERP 单号", en: "ERP document", cell: ({ erp }) => erp.docNo },
		erpReason: { zh: "ERP 说明", en: "ERP reason", cell: ({ erp }) => erp.reason },
		carriers: {
			zh: "快递公司",
			en: "Carriers",
			cell: ({ parcels }) => distinct(parcels.map(({ carrier }) => carrier)),
		},
		trackingNos: {
			...{ zh: "运单号", en: "Tracking numbers" },
			cell: ({ parcels }) => distinct(parcels.map(({ trackingNo }) => trackingNo)),
		},
		shippedAt: { zh: "发货时间", en: "Shipped at", cell: ({ parcels }) => time(parcels[0]?.shippedAt) },
	},
	(order) => [order],
);

interface LineRow {
	order: Order;
	line: StoredLine;
}

const ofHead = Object.entries(head).map(([name, { zh, en, cell }]): [string, Column<LineRow>] => [
	name,
	{ zh, en, cell: ({ order }, language) => cell(order, language) },
]);

export const orderLines = source<Order, LineRow>(
	"order.list",
	{
		...Object.fromEntries(ofHead),
		lineId: { zh: "子订单号", en: "Line no", cell: ({ line }) => line.lineId },
		platformSkuId: { zh: "平台规格ID", en: "Platform SKU ID", cell: ({ line }) => line.platformSkuId },
		outerSku: { zh: "商家编码", en: "SKU", cell: ({ line }) => line.outerSku },
		title: { zh: "商品名称", en: "Title", cell: ({ line }) => line.title },
		spec: { zh: "规格", en: "Spec", cell: ({ line }) => line.spec },
		erpSku: {
			...{ zh: "ERP 规格", en: "ERP SKU" },
			cell: ({ line }) => line.erpSku || line.parts.map(({ erpSku, quantity }) => `${erpSku} ×${quantity}`).join("; "),
		},
		quantity: { zh: "数量", en: "Quantity", cell: ({ line }) => line.quantity },
		shippedQty: { zh: "已发数量", en: "Shipped", cell: ({ line }) => line.shippedQty },
		priceFen: { zh: "单价", en: "Price (yuan)", cell: ({ line }) => fen(line.priceFen) },
		discountFen: { zh: "优惠", en: "Discount (yuan)", cell: ({ line }) => fen(line.discountFen) },
		linePaidFen: { zh: "行实付", en: "Line paid (yuan)", cell: ({ line }) => fen(line.paidFen) },
		gift: { zh: "赠品", en: "Gift", cell: ({ line }, language) => flag(line.gift, language) },
		lineStatus: {
			zh: "行状态",
			en: "Line status",
			cell: ({ line }, language) => word(statuses, line.status, language),
		},
		refund: { zh: "退款", en: "Refund", cell: ({ line }, language) => word(lineRefunds, line.refund, language) },
	},
	(order) => order.lines.map((line) => ({ order, line })),
);
