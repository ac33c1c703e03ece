/** What is shown of each operation that takes something: its parameters, those of the path too. Each is run in a test. */
export type Example = Readonly<Record<string, unknown>>;

const orderId = "taobao:taobao-demo:4704368000001000037";
const lineId = "4704368000001000038";
const aftersaleId = "taobao:taobao-demo:184704368000001";
const pushId = `generic-demo:order:${orderId}`;
const waybillId = `${orderId}:1`;
const shopId = "taobao-demo";
const verdict = "then"; // under its own name the linter takes it for something to await

const parcels = [{ carrier: "SF", trackingNo: "SF4751200000012", lines: [{ lineId, quantity: 1 }] }];
const erpSkus = [{ code: "CUP-BK-500", name: "加厚保温杯 500ml 黑色", unit: "件", barcode: "6901234567892" }];

/** By operation. */
export const examples: Readonly<Record<string, Example>> = {
	"account.login": { username: "admin", password: "the password of the admin" },
	"account.token": { clientId: "erp-1", clientSecret: "shown when the client was made" },
	"account.refresh": { refreshToken: "as the last sign-in or refresh answered it" },

	"order.list": { status: "WAIT_SHIP", shopId, from: "2026-01-01T16:00:00Z", limit: 50 },
	"order.tally": { shopId, from: "2026-01-01T16:00:00Z" },
	"order.held": { reason: "SKU_UNMATCHED", shopId, limit: 50 },
	"order.heldCounts": { shopId },
	"order.create": {
		shopId,
		receiver: {
			...{ name: "示例收件人", phone: "10000000000", province: "浙江省", city: "杭州市", district: "余杭区" },
			address: "仓前街道 1 号",
		},
		lines: [{ outerSku: "CUP-BK-500", title: "加厚保温杯", quantity: 1, priceFen: 3_900 }],
	},
	"order.bulk": { action: "hold", ids: [orderId], reason: "MANUAL", note: "check the address" },
	"order.import": {
		shopId,
		format: "csv",
		content:
			"5ZWG5a6257yW56CBLOaVsOmHjyzljZXku7cs5pS25Lu25Lq6LOaJi+acuuWPtyznnIEs5biCLOivpue7huWcsOWdgApDVVAtQkstNTAwLDEsMzkuOTAs56S65L6L5pS25Lu25Lq6LDEwMDAwMDAwMDAwLOa1meaxn+ecgSzmna3lt57luIIs5LuT5YmN6KGX6YGTIDEg5Y+3Cg==",
		dryRun: true,
	},
	"order.importTemplate": { format: "csv", language: "zh-CN" },
	"order.get": { id: orderId },
	"order.sides": { id: orderId },
	"order.timeline": { id: orderId },
	"order.hold": { id: orderId, reason: "RISK", note: "call the buyer first" },
	"order.release": { id: orderId, reason: "RISK" },
	"order.audit": { id: orderId, note: "checked" },
	"order.remark": { id: orderId, text: "gift wrap", flag: "red" },
	"order.close": { id: orderId, note: "delivered by hand" },
	"order.reopen": { id: orderId },
	"order.reveal": { id: orderId, purpose: "service" },
	"order.repush": { id: orderId },
	"order.rematch": { id: orderId },
	"order.ship": { orderId, parcels },

	"shipment.accept": { orderId, parcels },
	"shipment.list": { state: "FAILED", limit: 50 },
	"shipment.import": {
		format: "csv",
		content: "b3JkZXJObyxjYXJyaWVyLHRyYWNraW5nTm8KNDcwNDM2ODAwMDAwMTAwMDAzNyxTRixTRjQ3NTEyMDAwMDAwMTMK",
		dryRun: true,
	},
	"shipment.retry": { id: `${orderId}:SF4751200000012` },
	"erp.strayParcels": { connectionId: "generic-demo", limit: 50 },

	"export.list": { limit: 50 },
	"export.start": { what: "orders", query: { status: "WAIT_SHIP", shopId }, format: "csv", language: "zh-CN" },
	"export.columns": { what: "orders" },
	"export.get": { id: "as the call that began it answered" },
	"export.cancel": { id: "as the call that began it answered" },
	"export.file": { id: "as the call that began it answered" },

	"aftersale.result": { id: aftersaleId, action: "agreed", note: "as agreed with the buyer" },
	"aftersale.summary": { shopId },
	"aftersale.list": { status: "APPLIED", limit: 50 },
	"aftersale.get": { id: aftersaleId },
	"aftersale.timeline": { id: aftersaleId },
	"aftersale.reasons": { id: aftersaleId },
	"aftersale.decide": { id: aftersaleId, action: "AGREE_RETURN", addressId: "1001" },
	"aftersale.receive": { id: aftersaleId, quantity: 1, condition: "good" },
	"aftersale.addresses": { shopId },

	"feed.fetch": { topic: "orders", limit: 50 },
	"feed.ack": { topic: "orders", cursor: "ZmVlZDow" },
	"sku.saveErpSkus": { items: erpSkus },
	"erp.saveSkus": { items: erpSkus },
	"sku.importErpSkus": { format: "csv", text: "code,name\nCUP-BK-500,加厚保温杯 500ml 黑色\n", dryRun: true },
	"sku.erpSkus": { status: "ACTIVE", like: "CUP", limit: 50 },
	"stock.save": { items: [{ erpSku: "CUP-BK-500", warehouse: "HZ", quantity: 120, at: "2026-01-02T03:04:05Z" }] },
	"stock.list": { q: "CUP", limit: 50 },
	"stock.told": { state: "FAILED", limit: 50 },
	"sku.links": { platform: "taobao", source: "manual", limit: 50 },
	"sku.unmatched": { shopId },
	"sku.link": {
		platform: "taobao",
		shopId,
		outerSku: "CUP-BK-500",
		parts: [{ erpSku: "CUP-BK-500", quantity: 1 }],
	},
	"sku.importLinks": {
		shopId,
		format: "csv",
		content: "5ZWG5a6257yW56CBLEVSUOinhOagvCzmlbDph48KQ1VQLUJLLTUwMCxDVVAtQkstNTAwLDEK",
		dryRun: true,
	},
	"sku.unlink": { id: "taobao:taobao-demo:code:CUP-BK-500" },
	"sku.unlinkOne": { id: "taobao:taobao-demo:code:CUP-BK-500" },
	"sku.match": { shopId },
	"sku.job": { id: "as the call that began it answered" },
	"product.list": { platform: "taobao", status: "ON_SALE", limit: 50 },
	"product.get": { id: "taobao:taobao-demo:600000000001" },

	"shop.list": { limit: 50 },
	"shop.get": { id: shopId },
	"shop.create": {
		id: "taobao-2",
		platform: "taobao",
		name: "示例店铺",
		sellerId: "2200000000001",
		app: { key: "12345678", secret: "the app's secret" },
		pull: { orders: { enabled: false } },
	},
	"shop.update": { id: shopId, name: "示例旗舰店", shipMode: "AUTO" },
	"pull.run": { shopId, kind: "orders", from: "2026-01-01T16:00:00Z", to: "2026-01-02T16:00:00Z" },
	"pull.windows": { shopId, kind: "orders", state: "FAILED", limit: 50 },
	"platform.authorize": { shopId, redirectUri: "https://hub.example.com/api/v1/oauth/callback" },

	"rule.list": { limit: 50 },
	"rule.get": { id: "big-orders" },
	"rule.create": {
		name: "big orders",
		when: { minPaidFen: 100_000 },
		[verdict]: "HOLD",
	},
	"rule.update": { id: "big-orders", enabled: false },
	"rule.remove": { id: "big-orders" },

	"alert.list": { state: "OPEN", limit: 50 },
	"view.list": { page: "orders" },
	"view.save": {
		page: "orders",
		views: [{ name: "广东待发货", query: { tab: "to-ship", province: "广东" }, columns: ["orderNo", "carrier"] }],
	},
	"alert.settleByHand": { id: "flow.raised:orders-late" },

	"alertChannel.get": { id: "warehouse-group" },
	"alertChannel.test": { id: "warehouse-group" },
	"alertChannel.remove": { id: "warehouse-group" },
	"alertChannel.update": { id: "warehouse-group", levels: ["critical"] },
	"alertChannel.create": {
		name: "仓库群",
		kind: "dingtalk",
		url: "https://oapi.dingtalk.com/robot/send?access_token=what-the-robot-shows",
		secret: "SEC: what the robot shows below its address",
		levels: ["critical"],
	},

	"connection.list": { limit: 50 },
	"connection.get": { id: "generic-demo" },
	"connection.create": {
		id: "generic-2",
		dialect: "generic",
		name: "ERP",
		url: "https://erp.example.com/hub",
		settings: { shopNo: "SHOP01" },
		secrets: { key: "what the ERP knows the hub by", secret: "and what it signs with" },
	},
	"connection.update": { id: "generic-demo", name: "主 ERP" },

	"report.hours": { from: "2026-01-01T16:00:00Z", to: "2026-01-02T16:00:00Z" },
	"report.outcomes": { from: "2026-01-01T16:00:00Z", to: "2026-01-02T16:00:00Z" },
	"report.refundRate": { days: 7 },
	"report.windows": { hours: 24 },

	"erp.list": { state: "REJECTED", kind: "order", limit: 50 },
	"erp.get": { id: pushId },
	"erp.retry": { id: pushId },
	"erp.verify": { id: pushId },
	"erp.skip": { id: pushId, why: "entered in the ERP by hand" },
	"event.parked": { state: "PARKED", limit: 50 },
	"event.replay": { id: "the id of a parked message" },
	"event.discard": { id: "the id of a parked message", note: "closed on the platform" },

	"replay.list": { limit: 50 },
	"replay.start": { from: "2026-01-01T16:00:00Z", to: "2026-01-02T16:00:00Z", candidate: {}, baseline: "pushed" },
	"replay.get": { id: "replay-1" },
	"replay.rows": { id: "replay-1", limit: 50 },
	"replay.cancel": { id: "replay-1" },
	"replay.push": { id: "replay-1", orderIds: [orderId] },

	"waybill.list": { state: "TAKEN", limit: 50 },
	"waybill.take": { orderId, carrier: "SF", sender: { name: "发货组", phone: "10000000000" } },
	"waybill.get": { id: waybillId },
	"waybill.printData": { id: waybillId },
	"waybill.printed": { id: waybillId },
	"waybill.recycle": { id: waybillId },
	"waybill.takeBatch": {
		orders: [{ orderId, parcelNo: 1 }],
		carrier: "SF",
		sender: { name: "发货组", phone: "10000000000" },
	},
	"waybill.printDataBatch": { ids: [waybillId] },
	"waybill.printedBatch": { ids: [waybillId] },
	"waybill.recycleBatch": { ids: [waybillId] },
	"waybill.pickList": { ids: [waybillId] },
	"waybill.scan": { trackingNo: "SF4751200000033", ship: false },
	"waybill.accounts": { shopId, carrier: "SF" },
	"waybill.templates": { shopId, carrier: "SF" },

	"user.list": { limit: 50 },
	"user.get": { id: "packer" },
	"user.create": {
		username: "packer",
		name: "打包员",
		password: "a long password",
		roles: ["warehouse"],
		shops: [shopId],
	},
	"user.update": { id: "packer", roles: ["warehouse", "viewer"] },
	"client.list": { limit: 50 },
	"client.get": { id: "erp-1" },
	"client.create": { id: "erp-1", name: "ERP", scopes: ["erp"], shops: [shopId] },
	"client.update": { id: "erp-1", disabled: true },
	"client.rotateSecret": { id: "erp-1", overlapHours: 24 },
	"account.rotateKeys": {},
	"secret.rotate": { part: "shop", after: "" },
	"audit.list": { what: "order.reveal", limit: 50 },
};
