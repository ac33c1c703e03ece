/**
 * What each route of config/roles.ts does, for those who read the gateway's documentation. The operation's name is the
 * action's; where two routes run one action, the second has a name of its own.
 */
export interface RouteWords {
	en: string;
	zh: string;
	operation?: string; // "noun.verb"
}

export const routeWords: Readonly<Record<string, RouteWords>> = {
	"POST /auth/login": { en: "Sign a person in", zh: "用户登录" },
	"POST /auth/token": { en: "Sign a program in", zh: "程序（API 客户端）登录" },
	"POST /auth/refresh": { en: "Get new tokens; each refresh token works once", zh: "换取新令牌（刷新令牌只能用一次）" },
	"POST /auth/logout": { en: "End the session", zh: "退出登录" },
	"GET /auth/me": { en: "Who the token stands for", zh: "当前令牌的身份" },

	"GET /summary": { en: "How many orders are in which state", zh: "订单汇总" },
	"GET /orders": { en: "List orders", zh: "订单列表" },
	"GET /orders/tally": { en: "How many orders each tab of the order centre has", zh: "订单中心各页签的数量" },
	"POST /orders": { en: "Enter an order by hand", zh: "手工录入订单" },
	"POST /orders/bulk": { en: "Do one thing with up to 1,000 orders", zh: "批量处理订单（最多 1,000 单）" },
	"GET /orders/:id": { en: "One order, as it is or as it was at a time", zh: "订单详情（可查看某一时刻的状态）" },
	"GET /orders/:id/sides": {
		en: "An order as its platform, the hub and the ERP have it now, and what to do next",
		zh: "订单三方状态（平台、集成中心、ERP）与建议操作",
	},
	"GET /orders/:id/timeline": { en: "What happened to an order, by whom and why", zh: "订单时间线" },
	"POST /orders/:id/hold": { en: "Hold an order", zh: "拦截订单" },
	"POST /orders/:id/release": { en: "Take a hold off an order", zh: "解除拦截" },
	"POST /orders/:id/audit": { en: "Let go what a rule held", zh: "审核通过" },
	"POST /orders/:id/remark": { en: "Write the seller's note on the platform", zh: "修改卖家备注（写回平台）" },
	"POST /orders/:id/close": { en: "Close an order in the hub", zh: "在集成中心关闭订单" },
	"POST /orders/:id/reopen": { en: "Open a closed order again", zh: "重新打开订单" },
	"POST /orders/:id/reveal": { en: "The receiver in plain text; audited", zh: "查看收件人明文（记入审计）" },
	"POST /orders/:id/repush": { en: "Offer an order to the flows again", zh: "重新推单" },
	"POST /orders/:id/rematch": { en: "Match an order's lines to ERP SKUs again", zh: "重新匹配 ERP 规格" },
	"POST /orders/:orderId/ship": { en: "Ship an order by hand", zh: "手工发货", operation: "order.ship" },

	"GET /erp/feed": {
		en: "Fetch what the ERP is to have",
		zh: "获取待 ERP 处理的订单与售后",
	},
	"POST /erp/feed/ack": {
		en: "Acknowledge what the ERP has of the feed",
		zh: "确认 ERP 已处理",
	},
	"POST /erp/shipments": { en: "Tell which parcels the ERP shipped", zh: "ERP 回传发货单" },
	"POST /erp/aftersales/:id/result": { en: "Tell what the ERP decided on an after-sale", zh: "ERP 回传售后结果" },

	"GET /shops": { en: "List shops", zh: "店铺列表" },
	"GET /shops/:id": { en: "One shop, without its secrets", zh: "店铺详情（不含密钥）" },
	"POST /shops": { en: "Add a shop", zh: "新增店铺" },
	"PATCH /shops/:id": { en: "Change a shop", zh: "修改店铺" },
	"POST /shops/:shopId/pull": { en: "Read a stretch of time again", zh: "补拉一段时间的数据" },
	"GET /shops/:shopId/windows": { en: "The ledger of what was read", zh: "拉单窗口台账" },
	"POST /shops/:shopId/authorize": { en: "Where a seller lets the app in", zh: "获取店铺授权地址" },
	"GET /platforms": { en: "What each platform can do", zh: "各平台支持的能力" },

	"GET /rules": { en: "List the rules for which orders wait for a person", zh: "审单规则列表" },
	"GET /rules/:id": { en: "One rule", zh: "审单规则详情" },
	"POST /rules": { en: "Add a rule", zh: "新增审单规则" },
	"PATCH /rules/:id": { en: "Change a rule", zh: "修改审单规则" },
	"DELETE /rules/:id": { en: "Remove a rule", zh: "删除审单规则" },

	"GET /aftersales": { en: "List after-sales", zh: "售后单列表" },
	"GET /aftersales/summary": { en: "How many after-sales are in which state", zh: "售后汇总" },
	"GET /aftersales/:id": {
		en: "One after-sale, with what may be answered now",
		zh: "售后单详情（含当前可执行的操作）",
	},
	"GET /aftersales/:id/timeline": { en: "What happened to an after-sale", zh: "售后单时间线" },
	"GET /aftersales/:id/reasons": { en: "The platform's reasons for a refusal", zh: "平台可选的拒绝原因" },
	"POST /aftersales/:id/decision": { en: "Answer an after-sale", zh: "处理售后单" },
	"POST /aftersales/:id/received": { en: "Tell that the goods are back", zh: "登记退货入库" },
	"GET /shops/:shopId/return-addresses": { en: "Where buyers may send goods back", zh: "店铺退货地址" },

	"GET /products": { en: "List products on the platforms", zh: "平台商品列表" },
	"GET /products/:id": { en: "One product with its SKUs", zh: "平台商品详情" },
	"GET /erp-skus": { en: "List the ERP's SKUs", zh: "ERP 规格列表" },
	"POST /erp-skus": { en: "Add or change ERP SKUs", zh: "新增或修改 ERP 规格" },
	"POST /erp-skus/import": { en: "Take ERP SKUs from a table", zh: "从表格导入 ERP 规格" },
	"POST /erp/skus": { en: "Tell the ERP's SKUs", zh: "ERP 上传规格", operation: "erp.saveSkus" },
	"POST /erp/stock": { en: "Tell how many pieces are for sale", zh: "ERP 上传库存" },
	"GET /stock": { en: "What the ERP has for sale", zh: "ERP 可售库存" },
	"GET /stock/told": { en: "What the platforms were told of stock", zh: "已同步到平台的库存" },
	"GET /sku-links": { en: "List what platform SKUs are in the ERP", zh: "规格对应关系列表" },
	"GET /sku-links/unmatched": { en: "What orders wait for, with suggestions", zh: "未匹配的规格及建议" },
	"PUT /sku-links": { en: "Say what a platform SKU is in the ERP", zh: "设置规格对应关系" },
	"DELETE /sku-links": { en: "Remove a link, named in the body", zh: "删除规格对应关系（编号在请求体中）" },
	"DELETE /sku-links/:id": { en: "Remove a link", zh: "删除规格对应关系", operation: "sku.unlinkOne" },
	"POST /sku-links/match": { en: "Link what has the same code or barcode", zh: "按编码或条码自动匹配" },
	"GET /sku-jobs/:id": { en: "How far a job of SKUs is", zh: "规格任务进度" },

	"GET /views": { en: "The views of a page that the caller keeps", zh: "我的视图（筛选与列）" },
	"PUT /views/:page": { en: "Replace the views of a page that the caller keeps", zh: "保存我的视图" },

	"GET /alerts": { en: "List what is wrong now", zh: "告警列表" },
	"POST /alerts/:id/settle": { en: "End an alert that a flow raised", zh: "手工结束流程发出的告警" },

	"GET /alert-channels": { en: "List where people are told of alerts", zh: "告警渠道列表" },
	"GET /alert-channels/:id": { en: "One alert channel, without its address", zh: "告警渠道详情（不含地址与密钥）" },
	"POST /alert-channels": {
		en: "Add a chat group or mail for alerts",
		zh: "新增告警渠道（钉钉、企业微信、飞书、邮件）",
	},
	"PATCH /alert-channels/:id": { en: "Change an alert channel", zh: "修改告警渠道" },
	"POST /alert-channels/:id/test": { en: "Send a message to an alert channel now", zh: "发送测试消息" },
	"DELETE /alert-channels/:id": { en: "Remove an alert channel", zh: "删除告警渠道" },

	"GET /connections": { en: "List ERP connections", zh: "ERP 连接列表" },
	"GET /connections/:id": { en: "One ERP connection, without its secrets", zh: "ERP 连接详情（不含密钥）" },
	"POST /connections": { en: "Add an ERP connection", zh: "新增 ERP 连接" },
	"PATCH /connections/:id": { en: "Change an ERP connection", zh: "修改 ERP 连接" },

	"GET /pushes": { en: "List documents for ERPs", zh: "推单记录列表" },
	"GET /pushes/:id": { en: "One document with its attempts", zh: "推单记录详情（含每次尝试）" },
	"POST /pushes/:id/retry": { en: "Send the same document again", zh: "重发同一单据" },
	"POST /pushes/:id/verify": { en: "Ask the ERP whether it has the document", zh: "向 ERP 核实单据" },
	"POST /pushes/:id/skip": { en: "Give a document up", zh: "放弃推送" },

	"GET /parked": { en: "List what a flow or a pull gave up", zh: "搁置的消息列表" },
	"POST /parked/:id/replay": { en: "Try a parked message again", zh: "重新投递搁置的消息" },
	"POST /parked/:id/discard": { en: "Drop a parked message", zh: "丢弃搁置的消息" },

	"GET /replays": { en: "List replays of flows over stored orders", zh: "回放列表" },
	"POST /replays": { en: "Try flows over stored orders", zh: "用历史订单回放流程" },
	"GET /replays/:id": { en: "How far a replay is, and what differs", zh: "回放进度与差异" },
	"GET /replays/:id/rows": { en: "The differences of a replay, order by order", zh: "回放差异明细" },
	"POST /replays/:id/cancel": { en: "Stop a replay", zh: "停止回放" },
	"POST /replays/:id/push": { en: "Push what a replay found different", zh: "推送回放中有差异的订单" },

	"GET /shipments": { en: "List shipments", zh: "发货单列表" },
	"GET /stray-parcels": { en: "List parcels that no order can take", zh: "无主包裹列表" },
	"POST /shipments/import": { en: "Take tracking numbers from a table", zh: "从表格导入运单号" },
	"POST /shipments/:id/retry": { en: "Tell the platform of a parcel again", zh: "重新回传发货" },

	"GET /waybills": { en: "List waybills", zh: "面单列表" },
	"POST /waybills": { en: "Take a carrier's number for one parcel", zh: "取电子面单号" },
	"GET /waybills/:id": { en: "One waybill", zh: "面单详情" },
	"GET /waybills/:id/print-data": { en: "What the carrier's print client is given", zh: "面单打印数据" },
	"POST /waybills/:id/printed": { en: "Tell that the label came out", zh: "登记面单已打印" },
	"POST /waybills/:id/recycle": { en: "Give the number back", zh: "回收面单号" },
	"GET /shops/:shopId/waybill-accounts": { en: "The shop's contracts with a carrier", zh: "店铺的快递网点账户" },
	"GET /shops/:shopId/waybill-templates": { en: "What the shop's labels may look like", zh: "店铺的面单模板" },

	"GET /users": { en: "List users", zh: "用户列表" },
	"GET /users/:id": { en: "One user", zh: "用户详情" },
	"POST /users": { en: "Add a user", zh: "新增用户" },
	"PATCH /users/:id": { en: "Change a user", zh: "修改用户" },
	"GET /audit": { en: "Who did what that has to be accounted for", zh: "审计记录" },
	"GET /audit/export": { en: "The audit as a CSV table", zh: "导出审计记录（CSV）" },
	"GET /audit/verify": {
		en: "Find rows of the audit that were changed or removed",
		zh: "校验审计记录是否被改动或删除",
	},
	"POST /keys/rotate": {
		en: "A new key for access tokens; nobody is signed out",
		zh: "更换令牌签名密钥（不会使任何人退出登录）",
	},
	"GET /secrets": { en: "Which master key secrets are encrypted under", zh: "查看密文所用的主密钥" },
	"POST /secrets/rotate": {
		en: "Bring secrets to the new master key, a page at a time",
		zh: "用新主密钥重新加密（逐页）",
	},
	"GET /clients": { en: "List programs that may sign in", zh: "API 客户端列表" },
	"GET /clients/:id": { en: "One program", zh: "API 客户端详情" },
	"POST /clients": { en: "Add a program; its secret is shown once", zh: "新增 API 客户端（密钥只显示一次）" },
	"PATCH /clients/:id": { en: "Change a program", zh: "修改 API 客户端" },
	"POST /clients/:id/rotate-secret": {
		en: "A new secret for a program, beside the one of before for a while",
		zh: "更换 API 客户端密钥（旧密钥保留一段时间）",
	},
};

/** The chapters of the documentation, in their order, by the first part of a path. */
export const chapters: Readonly<Record<string, { en: string; zh: string }>> = {
	auth: { en: "Signing in", zh: "登录" },
	erp: { en: "For the ERP", zh: "ERP 对接" },
	orders: { en: "Orders", zh: "订单" },
	summary: { en: "Summary", zh: "汇总" },
	aftersales: { en: "After-sales", zh: "售后" },
	shipments: { en: "Shipments", zh: "发货单" },
	"stray-parcels": { en: "Parcels without an order", zh: "无主包裹" },
	waybills: { en: "Waybills", zh: "面单" },
	products: { en: "Products", zh: "商品" },
	"erp-skus": { en: "ERP SKUs", zh: "ERP 规格" },
	"sku-links": { en: "SKU links", zh: "规格对应" },
	"sku-jobs": { en: "Jobs of SKUs", zh: "规格任务" },
	stock: { en: "Stock", zh: "库存" },
	pushes: { en: "Pushes to ERPs", zh: "推单" },
	parked: { en: "Parked messages", zh: "搁置消息" },
	replays: { en: "Replays", zh: "回放" },
	alerts: { en: "Alerts", zh: "告警" },
	"alert-channels": { en: "Alert channels", zh: "告警渠道" },
	rules: { en: "Rules", zh: "审单规则" },
	shops: { en: "Shops", zh: "店铺" },
	platforms: { en: "Platforms", zh: "平台" },
	connections: { en: "ERP connections", zh: "ERP 连接" },
	users: { en: "Users", zh: "用户" },
	clients: { en: "Programs", zh: "API 客户端" },
	audit: { en: "Audit", zh: "审计" },
	keys: { en: "Signing keys", zh: "签名密钥" },
	secrets: { en: "Stored secrets", zh: "密文" },
};
