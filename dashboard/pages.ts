/** The dashboard's pages, in the order of the menu. `flows/dashboard.json` has a page of Dashboard 2 for each. */
import type { Role } from "../config/roles.ts";
import type { Words } from "./language.ts";

export interface PageEntry {
	name: string; // last part of its address: /dashboard/<name>
	icon: string; // of Material Design Icons, which Dashboard 2 brings
	title: Words;
	roles?: readonly Role[]; // who has any use of it; none: everyone
}

export const pages: readonly PageEntry[] = [
	{ name: "workbench", icon: "view-dashboard-outline", title: ["工作台", "Workbench"] },
	{ name: "orders", icon: "clipboard-text-outline", title: ["订单中心", "Orders"] },
	{ name: "exceptions", icon: "alert-outline", title: ["异常中心", "Exceptions"] },
	{ name: "aftersales", icon: "cash-refund", title: ["售后中心", "After-sales"] },
	{ name: "skus", icon: "link-variant", title: ["商品与SKU映射", "Products and SKUs"] },
	{ name: "shipping", icon: "truck-fast-outline", title: ["发货与打单", "Labels and shipping"] },
	{ name: "pushes", icon: "upload-outline", title: ["推送记录", "Pushes to the ERP"] },
	{ name: "shops", icon: "storefront-outline", title: ["店铺与拉取窗口", "Shops, windows"] },
	{ name: "replay", icon: "tray-full", title: ["死信与回放", "Parked and replay"], roles: ["admin", "integrator"] },
	{ name: "monitor", icon: "pulse", title: ["监控", "Monitor"] },
	{ name: "audit", icon: "shield-search", title: ["审计", "Audit"], roles: ["admin"] },
	{ name: "system", icon: "cog-outline", title: ["系统", "System"], roles: ["admin", "operator", "integrator"] },
];
