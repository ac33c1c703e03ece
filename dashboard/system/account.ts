/** People and programs that sign in, as the lists of the gateway show them. */
import { type Role, roles, type Scope } from "../../config/roles.ts";
import type { Words } from "../language.ts";

export type ShopLimit = "*" | string[];

export interface User {
	_id: string; // the name he signs in with
	name: string;
	roles: Role[];
	shops: ShopLimit;
	disabled: boolean;
}

export interface Client {
	_id: string;
	name: string;
	scopes: Scope[];
	shops: ShopLimit;
	disabled: boolean;
}

/** A secret that the hub shows once. */
export interface ShownSecret {
	of: string; // user or client
	secret: string;
	note: string; // what becomes of the one of before
}

export const roleWords: Readonly<Record<Role, { name: Words; does: Words }>> = {
	admin: {
		name: ["管理员", "Administrator"],
		does: ["全部操作，含用户、密钥与设置", "everything, with users, keys and settings"],
	},
	operator: {
		name: ["运营", "Operator"],
		does: ["处理订单、售后、SKU 映射与发货", "works on orders, after-sales, SKU links and shipping"],
	},
	warehouse: { name: ["仓库", "Warehouse"], does: ["打单、发货、退货入库", "labels, shipping, goods that come back"] },
	finance: { name: ["财务", "Finance"], does: ["查看与导出，不改动数据", "looks and exports, changes nothing"] },
	integrator: {
		name: ["集成工程师", "Integrator"],
		does: ["流程、ERP 连接、推单、死信与回放", "flows, ERP connections, pushes, parked messages and replays"],
	},
	viewer: { name: ["只读", "Viewer"], does: ["只能查看，不能导出", "looks only, exports nothing"] },
};

export const scopeWords: Readonly<Record<Scope, Words>> = {
	erp: [
		"ERP 对接：取单、确认、回传发货、库存与售后结果",
		"for an ERP: fetch, acknowledge, tell parcels, stock and results",
	],
};

export const allRoles: readonly Role[] = roles;

/** Without characters that people take for another: 32 of them, so that a byte picks each as often as the others. */
const characters = "abcdefghijkmnpqrstuvwxyz23456789";

/** A password to begin with: 80 bits, readable over the telephone. */
export function firstPassword(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	const text = Array.from(bytes, (byte) => characters[byte % characters.length]).join("");
	return (text.match(/.{4}/g) ?? []).join("-");
}
