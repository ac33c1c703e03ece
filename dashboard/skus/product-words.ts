/** States of products and of what platforms were told of stock. */
import type { Colour } from "../colours.ts";
import type { Words } from "../language.ts";
import type { Product } from "./shapes.ts";

interface Look {
	colour: Colour;
	words: Words;
}

export const productLooks: Readonly<Record<Product["status"], Look>> = {
	ON_SALE: { colour: "green", words: ["在售", "On sale"] },
	OFF_SALE: { colour: "grey", words: ["已下架", "Off sale"] },
	DELETED: { colour: "grey", words: ["已删除", "Deleted"] },
};

/** As services/stock/told.model.ts has them. */
export const toldLooks: Readonly<Record<"NEW" | "OK" | "FAILED" | "UNSUPPORTED" | "WAITING", Look>> = {
	NEW: { colour: "blue", words: ["待同步", "To be told"] },
	OK: { colour: "green", words: ["已同步", "Told"] },
	FAILED: { colour: "red", words: ["同步失败", "Failed"] },
	UNSUPPORTED: { colour: "grey", words: ["平台不支持", "Not supported"] },
	WAITING: { colour: "orange", words: ["等待库存、关联或店铺", "Waits for stock, link or shop"] },
};

export const erpSkuLooks: Readonly<Record<"ACTIVE" | "DISABLED", Look>> = {
	ACTIVE: { colour: "green", words: ["启用", "Active"] },
	DISABLED: { colour: "grey", words: ["停用", "Disabled"] },
};
