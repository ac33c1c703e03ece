/**
 * ERPNext, from version 13, over the REST interface of Frappe. A connection's secrets are the API key and the API secret
 * of a user who may create, submit and cancel Sales Orders, Delivery Notes and Sales Invoices; his language is English
 * or Chinese. What has to be made in ERPNext before, with Customize Form, as fields of the type Data:
 *
 * Sales Order `custom_hub_version`, `custom_hub_replaced_by`: for changes.
 * Delivery Note and Sales Invoice `custom_hub_no`, best unique: for after-sales.
 *
 * The other custom_ fields of the mappings are for people: ERPNext passes over those that are not there.
 */
import type { ErpDriver } from "../driver.ts";
import { aftersale } from "./aftersales.ts";
import { cancel } from "./cancels.ts";
import { change } from "./changes.ts";
import { order } from "./orders.ts";
import { parcels } from "./parcels.ts";

export const erpnext: ErpDriver = {
	dialect: "erpnext",
	secretNames: ["key", "secret"],
	settingNames: ["company", "customer", "warehouse", "priceList", "freightAccount"],
	kinds: { order, change, cancel, aftersale },
	parcels,
};
