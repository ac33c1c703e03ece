import type { Column } from "../table.ts";

export const columns: readonly Column[] = [
	{ key: "order", title: ["订单号 / 店铺", "Order / shop"], width: 226, sticky: "left", phone: true, fixed: true },
	{ key: "goods", title: ["商品", "Goods"], width: 270, phone: true },
	{ key: "paid", title: ["实付", "Paid"], width: 92, align: "right" },
	{ key: "status", title: ["平台状态", "Platform"], width: 118, phone: true },
	{ key: "hub", title: ["中心状态", "Hub"], width: 132 },
	{ key: "erp", title: ["ERP 状态", "ERP"], width: 156 },
	{ key: "memo", title: ["旗帜 · 备注 / 留言", "Flag · notes"], width: 160 },
	{ key: "marks", title: ["标签", "Marks"], width: 116 },
	{ key: "sku", title: ["ERP SKU", "ERP SKU"], width: 120 },
	{ key: "receiver", title: ["收件人", "Receiver"], width: 150 },
	{ key: "parcels", title: ["快递 / 运单号", "Carrier / tracking"], width: 150 },
	{ key: "placed", title: ["下单 / 付款", "Placed / paid"], width: 100 },
	{ key: "discounts", title: ["优惠 / 运费", "Discount / freight"], width: 110, align: "right", off: true },
	{ key: "receivable", title: ["应收", "Receivable"], width: 90, align: "right", off: true },
	{ key: "buyer", title: ["买家", "Buyer"], width: 120, off: true },
	{ key: "modified", title: ["平台修改时间", "Changed on platform"], width: 110, off: true },
	{ key: "deadline", title: ["发货剩余", "Ship within"], width: 108, sticky: "right" },
];
