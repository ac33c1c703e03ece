/** Every word of the page at "/". */
export interface PageTexts {
	title: string;
	intro: string;
	other: string; // the name of the other language, as the link to it
	shops: string;
	erps: string;
	orders: string;
	documents: string;
	place: (count: number) => string;
	none: string;
	failed: string;
	columns: Record<
		| "platform"
		| "shop"
		| "gateway"
		| "appKey"
		| "told"
		| "dialect"
		| "address"
		| "autoShip"
		| "hub"
		| "order"
		| "status"
		| "paid"
		| "lines"
		| "parcels"
		| "modified"
		| "document"
		| "total"
		| "accepted"
		| "shipping",
		string
	>;
	status: Record<string, string>;
	shipping: Record<string, string>;
}

const zh: PageTexts = {
	title: "OrderHub 模拟器",
	intro:
		"模拟的电商平台与 ERP，所有店铺、买家和密钥都是虚构的。下单后，集成中心会拉取订单、推送到 ERP，再由 ERP 自动发货。",
	other: "English",
	shops: "店铺",
	erps: "ERP",
	orders: "最新订单",
	documents: "最新 ERP 单据",
	place: (count) => `下 ${count} 单`,
	none: "暂无",
	failed: "操作失败",
	columns: {
		platform: "平台",
		shop: "店铺",
		gateway: "接口地址",
		appKey: "App Key",
		told: "消息推送至",
		dialect: "ERP",
		address: "地址",
		autoShip: "自动发货",
		hub: "集成中心",
		order: "订单号",
		status: "状态",
		paid: "实付（元）",
		lines: "明细",
		parcels: "包裹",
		modified: "修改时间",
		document: "单据",
		total: "金额（元）",
		accepted: "接收次数",
		shipping: "发货",
	},
	status: {
		WAIT_PAY: "待付款",
		WAIT_SHIP: "待发货",
		PART_SHIPPED: "部分发货",
		SHIPPED: "已发货",
		COMPLETED: "已完成",
		CLOSED: "已关闭",
	},
	shipping: { waiting: "等待", sending: "发送中", done: "已发货", failed: "失败", cancelled: "已取消", off: "关" },
};

const en: PageTexts = {
	title: "OrderHub sandbox",
	intro:
		"Simulated platforms and ERPs; every shop, buyer and key is invented. Place orders: the hub pulls them, pushes them to the ERP, and the ERP ships them by itself.",
	other: "中文",
	shops: "Shops",
	erps: "ERPs",
	orders: "Latest orders",
	documents: "Latest ERP documents",
	place: (count) => (count === 1 ? "Place 1 order" : `Place ${count} orders`),
	none: "None yet",
	failed: "That did not work",
	columns: {
		platform: "Platform",
		shop: "Shop",
		gateway: "Gateway",
		appKey: "App key",
		told: "Messages go to",
		dialect: "ERP",
		address: "Address",
		autoShip: "Ships by itself",
		hub: "Hub",
		order: "Order",
		status: "Status",
		paid: "Paid (¥)",
		lines: "Lines",
		parcels: "Parcels",
		modified: "Modified",
		document: "Document",
		total: "Total (¥)",
		accepted: "Times accepted",
		shipping: "Shipment",
	},
	status: {
		WAIT_PAY: "Waiting for payment",
		WAIT_SHIP: "Waiting for shipment",
		PART_SHIPPED: "Partly shipped",
		SHIPPED: "Shipped",
		COMPLETED: "Completed",
		CLOSED: "Closed",
	},
	shipping: {
		waiting: "Waiting",
		sending: "Sending",
		done: "Shipped",
		failed: "Failed",
		cancelled: "Cancelled",
		off: "Off",
	},
};

export const pageTexts = { zh, en } as const;
