/** ERPNext as its simulator in the sandbox knows it. */
import type { DialectCase } from "../driver.contract.ts";
import { erpnext } from "./driver.ts";

const seller = { customer: "示范店", company: "示范公司", currency: "CNY", conversion_rate: 1 };
const warehouse = "成品仓 - SF";

/** Rows of `[pieces, yuan a piece]`. */
export function salesOrder(number: string, rows: [number, number][], freight: number, total: string) {
	const [transaction_date, delivery_date] = ["2026-01-02", "2026-01-04"];
	return {
		...seller,
		po_no: number,
		naming_series: "SAL-ORD-.YYYY.-",
		order_type: "Sales",
		transaction_date,
		delivery_date,
		selling_price_list: "标准售价",
		items: rows.map(([qty, rate]) => ({
			...{ item_code: "CUP-BK-500", qty, rate, uom: "Nos", delivery_date, warehouse, custom_line_id: "1" },
		})),
		taxes: freight
			? [{ charge_type: "Actual", account_head: "运费收入 - SF", description: "运费", tax_amount: freight }]
			: [],
		custom_hub_total: total,
	};
}

export const erpnextCase: DialectCase = {
	driver: erpnext,
	connection: (sandboxUrl) => ({
		id: "erpnext-test",
		dialect: "erpnext",
		name: "erpnext",
		url: `${sandboxUrl}/erp/erpnext`,
		settings: {},
		secrets: { key: "demo-key-of-the-erpnext-erp", secret: "demo-secret-of-the-erpnext-erp" },
	}),
	document: (number) =>
		salesOrder(
			number,
			[
				[2, 33.33],
				[1, 33.34],
			],
			6,
			"106.00",
		),
	documents: {
		change: (number) => ({ ...salesOrder(number, [[2, 33.33]], 0, "66.66"), custom_hub_version: 2 }),
		cancel: (number) => ({ po_no: number }),
		aftersale: (number, orderNumber) => ({
			...seller,
			doctype: "Delivery Note",
			is_return: 1,
			custom_hub_no: number,
			po_no: orderNumber,
			naming_series: "MAT-DN-RET-.YYYY.-",
			items: [{ item_code: "CUP-BK-500", qty: -1, rate: 33.33, uom: "Nos", warehouse }],
			custom_hub_total: "-33.33",
		}),
	},
	required: { drop: ({ customer: _, ...rest }) => rest, named: "customer" },
	wrongSecrets: { secret: "wrong" },
	wrongSecretWords: "AuthenticationError",
};
