import { fail } from "../record.ts";

/**
 * The platform finds an after-sale only by its order's number and its own together, so both are its number to us:
 * "260318-123456789012345-20260318001".
 */
export const aftersaleNo = (orderNo: string, number: string): string => `${orderNo}-${number}`;

/** As the platform names the two. @throws PLATFORM_BAD_RECORD for a number that is not one of ours */
export function aftersaleParams(aftersaleNo: string): { order_sn: string; after_sales_id: string } {
	const [, order_sn, after_sales_id] = /^(.+)-(\d+)$/.exec(aftersaleNo) ?? [];
	if (!order_sn || !after_sales_id) return fail("after_sales_id", "comes without its order's number");
	return { order_sn, after_sales_id };
}
