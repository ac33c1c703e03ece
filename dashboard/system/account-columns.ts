import type { Column } from "../table.ts";

const name: Column = { key: "name", title: ["名称", "Name"], width: 180, phone: true };
const shops: Column = { key: "shops", title: ["店铺范围", "Shops"], width: 220 };
const state: Column = { key: "disabled", title: ["状态", "State"], width: 110, phone: true };

export const userColumns: readonly Column[] = [
	{ key: "_id", title: ["账号", "User name"], width: 170, phone: true, fixed: true },
	name,
	{ key: "roles", title: ["角色", "Roles"], width: 300 },
	shops,
	state,
];

export const clientColumns: readonly Column[] = [
	{ key: "_id", title: ["凭证编号", "Client id"], width: 170, phone: true, fixed: true },
	name,
	{ key: "scopes", title: ["可用接口", "May use"], width: 320 },
	shops,
	state,
];
