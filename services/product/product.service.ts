import type { ServiceSchema } from "moleculer";
import { hubError } from "../../config/errors.ts";
import type { HubContext } from "../../mixins/actor.ts";
import { ownsModels } from "../../mixins/database.ts";
import { pageParams } from "../../mixins/paging.ts";
import { scopeOf } from "../shop/scope.ts";
import { listProducts, type ProductQuery } from "./list.ts";
import { type OffersQuery, offers } from "./offers.ts";
import { type Product, ProductModel } from "./product.model.ts";
import { type PlatformProduct, productStatuses } from "./product.ts";
import { saveProduct } from "./save.ts";
import { productSkus, type SkusQuery } from "./skus.ts";

const text = "string|max:1000";
const object = (props: Record<string, unknown>) => ({ type: "object", strict: true, props });

/** product: what is on sale on the platforms. The only writer of the products collection. */
const ProductService: ServiceSchema = {
	name: "product",
	mixins: [ownsModels(ProductModel)],
	actions: {
		/** Stores one platform product. Params: a PlatformProduct. Returns {id, result}. */
		save: {
			visibility: "public", // by the pull, never by the gateway
			params: {
				$$strict: true,
				platform: "string|min:1|max:30",
				shopId: "string|min:1|max:100",
				productNo: "string|min:1|max:64",
				outerCode: text,
				title: text,
				imageUrl: text,
				status: { type: "enum", values: [...productStatuses] },
				rawStatus: text,
				modifiedAt: { type: "date", convert: true },
				skus: {
					type: "array",
					items: object({
						platformSkuId: text,
						outerSku: "string|trim|max:1000",
						spec: text,
						barcode: "string|trim|max:1000",
						imageUrl: text,
						priceFen: "number|integer",
						stock: "number|integer",
						onSale: "boolean",
					}),
				},
			},
			handler: (ctx: HubContext<PlatformProduct>) => saveProduct(ctx.params, (skus) => ctx.call("sku.linkNew", skus)),
		},
		/** One page of products, with what it takes to link their SKUs. Returns {items, after}. */
		skus: {
			visibility: "public", // by the sku service
			params: {
				$$strict: true,
				shopIds: { type: "array", items: "string", nullable: true },
				codes: "string[]",
				barcodes: "string[]",
				after: "string|max:200",
			},
			handler: (ctx: HubContext<SkusQuery>) => productSkus(ctx.params),
		},
		/** SKUs on the platforms by merchant code or id, of one page of products. Returns {items, after}. */
		offers: {
			visibility: "public", // by the stock service
			params: {
				$$strict: true,
				codes: "string[]",
				platformSkuIds: "string[]",
				after: "string|max:200",
			},
			handler: (ctx: HubContext<OffersQuery>) => offers(ctx.params),
		},
		get: {
			params: { $$strict: true, id: "string|min:3|max:200" },
			async handler(ctx: HubContext<{ id: string }>): Promise<Product> {
				const { id } = ctx.params;
				const scope = scopeOf(ctx);
				const product = await ProductModel.findById(id).lean<Product>();
				if (product && (scope === "*" || scope.includes(product.shopId))) return product;
				throw hubError("NOT_FOUND", "no such product", { id });
			},
		},
		list: {
			params: {
				$$strict: true,
				platform: "string|max:30|optional",
				shopId: "string|max:100|optional",
				status: { type: "enum", values: [...productStatuses], optional: true },
				q: "string|max:20000|optional",
				...pageParams,
			},
			handler: (ctx: HubContext<ProductQuery>) => listProducts(ctx.params, scopeOf(ctx)),
		},
	},
};

export default ProductService;
