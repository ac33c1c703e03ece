/** What the ERP knows a SKU as. */

export const erpSkuStatuses = ["ACTIVE", "DISABLED"] as const;
export type ErpSkuStatus = (typeof erpSkuStatuses)[number];

export interface ErpSku {
	_id: string; // the ERP's code
	name: string;
	unit: string; // what the ERP counts it in: 件, 箱 …
	barcode: string;
	status: ErpSkuStatus; // DISABLED: nothing is matched with it any more
	createdAt: Date;
	updatedAt: Date;
}

/** What is told of an ERP SKU. Left out: as it is, or empty and ACTIVE for a new one. */
export interface ErpSkuTold {
	code: string;
	name?: string;
	unit?: string;
	barcode?: string;
	status?: ErpSkuStatus;
}

/** The longest value of each field. */
export const erpSkuLengths = { code: 100, name: 300, unit: 20, barcode: 60 } as const;
