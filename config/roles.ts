/**
 * Every route of the REST gateway and who may use it. The gateway makes its routes from this table and from nothing
 * else: what has no row here cannot be reached from outside.
 */
export const roles = ["admin", "operator", "warehouse", "finance", "integrator", "viewer"] as const;
export type Role = (typeof roles)[number];

/** What a program (an ERP's API client) may be allowed. */
export const scopes = ["erp"] as const;
export type Scope = (typeof scopes)[number];

export interface Route {
	method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
	path: string; // below /api/v1; ":id" becomes the action's parameter `id`
	action: string; // a published action; its own params say what the body or query may hold
	roles: readonly Role[] | "anyone"; // "anyone": without a token
	scopes: readonly Scope[]; // of programs
	status?: 201 | 204; // of a success, where it is not 200
	bodyMb?: number; // the largest body, where it may be larger than 1 MB: read only of those who are let in
}

const everyone = roles;
const admins = ["admin"] as const;
const operators = ["admin", "operator"] as const;
const packers = ["admin", "operator", "warehouse"] as const;
const integrators = ["admin", "integrator"] as const;
const pushers = ["admin", "operator", "integrator"] as const; // who looks after flows and what they send
const exporters = roles.filter((role) => role !== "viewer"); // a viewer looks, and takes nothing away

function row(
	method: Route["method"],
	path: string,
	action: string,
	allowed: Route["roles"],
	more: Partial<Pick<Route, "scopes" | "status" | "bodyMb">> = {},
): Route {
	return { method, path, action, roles: allowed, scopes: [], ...more };
}

export const routes: readonly Route[] = [
	row("POST", "/auth/login", "account.login", "anyone"),
	row("POST", "/auth/token", "account.token", "anyone"),
	row("POST", "/auth/refresh", "account.refresh", "anyone"),
	row("POST", "/auth/logout", "account.logout", everyone, { scopes, status: 204 }),
	row("GET", "/auth/me", "account.me", everyone, { scopes }),

	row("GET", "/summary", "order.summary", everyone),
	row("GET", "/workbench", "report.workbench", everyone),
	row("GET", "/reports/hours", "report.hours", everyone),
	row("GET", "/reports/outcomes", "report.outcomes", everyone),
	row("GET", "/reports/refund-rate", "report.refundRate", everyone),
	row("GET", "/reports/deadlines", "report.deadlines", everyone),
	row("GET", "/reports/windows", "report.windows", everyone),
	row("GET", "/held-orders", "order.held", everyone),
	row("GET", "/held-orders/counts", "order.heldCounts", everyone),
	row("GET", "/orders", "order.list", everyone),
	row("GET", "/orders/tally", "order.tally", everyone),
	row("POST", "/orders", "order.create", operators, { status: 201 }),
	row("POST", "/orders/bulk", "order.bulk", operators),
	row("POST", "/orders/import", "order.import", operators, { bodyMb: 7 }), // 5 MB in base64
	row("GET", "/orders/import-template", "order.importTemplate", operators),
	row("GET", "/orders/:id", "order.get", everyone),
	row("GET", "/orders/:id/sides", "order.sides", everyone),
	row("GET", "/orders/:id/timeline", "order.timeline", everyone),
	row("POST", "/orders/:id/hold", "order.hold", operators),
	row("POST", "/orders/:id/release", "order.release", operators),
	row("POST", "/orders/:id/audit", "order.audit", operators),
	row("POST", "/orders/:id/remark", "order.remark", operators),
	row("POST", "/orders/:id/close", "order.close", operators),
	row("POST", "/orders/:id/reopen", "order.reopen", operators),
	row("POST", "/orders/:id/reveal", "order.reveal", packers),
	row("POST", "/orders/:id/repush", "order.repush", pushers),
	row("POST", "/orders/:id/rematch", "order.rematch", operators),
	row("POST", "/orders/:orderId/ship", "shipment.accept", packers),

	row("GET", "/erp/feed", "feed.fetch", [], { scopes: ["erp"] }), // what is fetched counts as being in the ERP
	row("POST", "/erp/feed/ack", "feed.ack", [], { scopes: ["erp"] }),
	// An administrator may try what an ERP does, to see what it would be told.
	row("POST", "/erp/shipments", "shipment.accept", admins, { scopes: ["erp"] }),
	row("POST", "/erp/aftersales/:id/result", "aftersale.result", admins, { scopes: ["erp"] }),

	row("GET", "/shops", "shop.list", everyone),
	row("GET", "/shops/:id", "shop.get", everyone),
	row("POST", "/shops", "shop.create", admins, { status: 201 }),
	row("PATCH", "/shops/:id", "shop.update", admins),
	row("POST", "/shops/:shopId/pull", "pull.run", operators),
	row("GET", "/shops/:shopId/windows", "pull.windows", pushers),
	row("POST", "/shops/:shopId/authorize", "platform.authorize", admins),
	row("GET", "/platforms", "platform.list", everyone),

	row("GET", "/rules", "rule.list", everyone),
	row("GET", "/rules/:id", "rule.get", everyone),
	row("POST", "/rules", "rule.create", operators, { status: 201 }),
	row("PATCH", "/rules/:id", "rule.update", operators),
	row("DELETE", "/rules/:id", "rule.remove", operators, { status: 204 }),

	row("GET", "/aftersales", "aftersale.list", everyone),
	row("GET", "/aftersales/summary", "aftersale.summary", everyone),
	row("GET", "/aftersales/:id", "aftersale.get", everyone),
	row("GET", "/aftersales/:id/timeline", "aftersale.timeline", everyone),
	row("GET", "/aftersales/:id/reasons", "aftersale.reasons", operators),
	row("POST", "/aftersales/:id/decision", "aftersale.decide", operators),
	row("POST", "/aftersales/:id/received", "aftersale.receive", packers),
	row("GET", "/shops/:shopId/return-addresses", "aftersale.addresses", operators),

	row("GET", "/products", "product.list", everyone),
	row("GET", "/products/:id", "product.get", everyone),
	row("GET", "/erp-skus", "sku.erpSkus", everyone),
	row("POST", "/erp-skus", "sku.saveErpSkus", pushers),
	row("POST", "/erp-skus/import", "sku.importErpSkus", pushers, { bodyMb: 7 }),
	row("POST", "/erp/skus", "sku.saveErpSkus", admins, { scopes: ["erp"] }),
	row("POST", "/erp/stock", "stock.save", admins, { scopes: ["erp"] }),
	row("GET", "/stock", "stock.list", everyone),
	row("GET", "/stock/told", "stock.told", everyone),
	row("GET", "/sku-links", "sku.links", everyone),
	row("GET", "/sku-links/unmatched", "sku.unmatched", everyone),
	row("PUT", "/sku-links", "sku.link", operators),
	row("POST", "/sku-links/import", "sku.importLinks", operators, { bodyMb: 7 }),
	row("DELETE", "/sku-links", "sku.unlink", operators),
	row("DELETE", "/sku-links/:id", "sku.unlink", operators),
	row("POST", "/sku-links/match", "sku.match", operators),
	row("GET", "/sku-jobs/:id", "sku.job", everyone),

	row("GET", "/views", "view.list", everyone),
	row("PUT", "/views/:page", "view.save", everyone),

	row("GET", "/alerts", "alert.list", everyone),
	row("POST", "/alerts/:id/settle", "alert.settleByHand", pushers),

	row("GET", "/alert-channels", "alertChannel.list", admins),
	row("GET", "/alert-channels/:id", "alertChannel.get", admins),
	row("POST", "/alert-channels", "alertChannel.create", admins, { status: 201 }),
	row("PATCH", "/alert-channels/:id", "alertChannel.update", admins),
	row("POST", "/alert-channels/:id/test", "alertChannel.test", admins),
	row("DELETE", "/alert-channels/:id", "alertChannel.remove", admins, { status: 204 }),

	row("GET", "/dialects", "connection.dialects", integrators),
	row("GET", "/connections", "connection.list", integrators),
	row("GET", "/connections/:id", "connection.get", integrators),
	row("POST", "/connections", "connection.create", integrators, { status: 201 }),
	row("PATCH", "/connections/:id", "connection.update", integrators),

	row("GET", "/pushes", "erp.list", everyone),
	row("GET", "/pushes/summary", "erp.summary", everyone),
	row("GET", "/pushes/:id", "erp.get", everyone),
	row("POST", "/pushes/:id/retry", "erp.retry", pushers),
	row("POST", "/pushes/:id/verify", "erp.verify", pushers),
	row("POST", "/pushes/:id/skip", "erp.skip", integrators),

	row("GET", "/parked", "event.parked", integrators),
	row("GET", "/reports/backlog", "event.backlog", integrators),
	row("POST", "/parked/:id/replay", "event.replay", integrators),
	row("POST", "/parked/:id/discard", "event.discard", integrators),

	row("GET", "/replays", "replay.list", integrators),
	row("POST", "/replays", "replay.start", integrators, { status: 201, bodyMb: 5 }), // a tab with all it uses
	row("GET", "/replays/candidates", "replay.candidates", integrators),
	row("GET", "/replays/:id", "replay.get", integrators),
	row("GET", "/replays/:id/rows", "replay.rows", integrators),
	row("POST", "/replays/:id/cancel", "replay.cancel", integrators),
	row("POST", "/replays/:id/push", "replay.push", integrators),

	row("GET", "/exports", "export.list", exporters),
	row("POST", "/exports", "export.start", exporters, { status: 201 }),
	row("GET", "/exports/columns", "export.columns", exporters),
	row("GET", "/exports/:id", "export.get", exporters),
	row("POST", "/exports/:id/cancel", "export.cancel", exporters),
	row("GET", "/exports/:id/file", "export.file", exporters),

	row("GET", "/shipments", "shipment.list", everyone),
	row("GET", "/shipments/tally", "shipment.tally", everyone),
	row("GET", "/stray-parcels", "erp.strayParcels", everyone),
	row("POST", "/shipments/import", "shipment.import", packers, { bodyMb: 7 }),
	row("POST", "/shipments/:id/retry", "shipment.retry", packers),

	row("GET", "/waybills", "waybill.list", everyone),
	row("GET", "/waybills/tally", "waybill.tally", everyone),
	row("POST", "/waybills", "waybill.take", packers),
	row("POST", "/waybills/batch", "waybill.takeBatch", packers),
	row("POST", "/waybills/batch-print-data", "waybill.printDataBatch", packers),
	row("POST", "/waybills/batch-printed", "waybill.printedBatch", packers),
	row("POST", "/waybills/batch-recycle", "waybill.recycleBatch", packers),
	row("POST", "/waybills/pick-list", "waybill.pickList", packers),
	row("POST", "/waybills/scan", "waybill.scan", packers),
	row("GET", "/print-clients", "waybill.printClients", packers),
	row("GET", "/waybills/:id", "waybill.get", everyone),
	row("GET", "/waybills/:id/print-data", "waybill.printData", packers),
	row("POST", "/waybills/:id/printed", "waybill.printed", packers),
	row("POST", "/waybills/:id/recycle", "waybill.recycle", packers),
	row("GET", "/shops/:shopId/waybill-accounts", "waybill.accounts", packers),
	row("GET", "/shops/:shopId/waybill-templates", "waybill.templates", packers),

	row("GET", "/users", "user.list", admins),
	row("GET", "/users/:id", "user.get", admins),
	row("POST", "/users", "user.create", admins, { status: 201 }),
	row("PATCH", "/users/:id", "user.update", admins),
	row("GET", "/audit", "audit.list", admins),
	row("GET", "/audit/export", "audit.export", admins),
	row("GET", "/audit/verify", "audit.verify", admins),
	row("POST", "/keys/rotate", "account.rotateKeys", admins),
	row("GET", "/secrets", "secret.state", admins),
	row("GET", "/certificate", "system.certificate", admins),
	row("GET", "/settings", "system.settings", admins),
	row("GET", "/processes", "system.processes", integrators),
	row("GET", "/carriers", "system.carriers", everyone),
	row("POST", "/secrets/rotate", "secret.rotate", admins),
	row("GET", "/clients", "client.list", admins),
	row("GET", "/clients/:id", "client.get", admins),
	row("POST", "/clients", "client.create", admins, { status: 201 }),
	row("PATCH", "/clients/:id", "client.update", admins),
	row("POST", "/clients/:id/rotate-secret", "client.rotateSecret", admins),
];
