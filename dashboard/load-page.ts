/** Where the component of each page is. A page that is not in the table is an error. */
import type { Component } from "vue";

const files: Record<string, () => Promise<{ default: Component }>> = {
	workbench: () => import("./workbench/WorkbenchPage.vue"),
	orders: () => import("./orders/OrdersPage.vue"),
	exceptions: () => import("./exceptions/ExceptionsPage.vue"),
	aftersales: () => import("./aftersales/AftersalesPage.vue"),
	skus: () => import("./skus/SkusPage.vue"),
	shipping: () => import("./shipping/ShippingPage.vue"),
	pushes: () => import("./pushes/PushesPage.vue"),
	shops: () => import("./shops/ShopsPage.vue"),
	replay: () => import("./replay/ReplayPage.vue"),
	monitor: () => import("./monitor/MonitorPage.vue"),
	audit: () => import("./audit/AuditPage.vue"),
	system: () => import("./system/SystemPage.vue"),
};

export function loadPage(name: string): () => Promise<{ default: Component }> {
	const load = files[name];
	if (!load) throw new Error(`no page "${name}"`);
	return load;
}
