import type { SellerMethod } from "./call.ts";

/**
 * The seller asks for messages, of these topics or of all. The demo seller has done so from the first start, as one does
 * who lets a hub in; asked again, it stays so. Source: taobao.tmc.user.permit.
 */
const permit: SellerMethod = () => ({ is_success: true });

export const tmcMethods: Readonly<Record<string, SellerMethod>> = { "taobao.tmc.user.permit": permit };
