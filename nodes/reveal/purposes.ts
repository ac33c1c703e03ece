import type { RevealPurpose } from "../../services/platform/adapter.ts";

/** What a receiver may be shown in plain for. The platform is told of it, and so is the audit. */
export const purposes: Readonly<Record<RevealPurpose, { zh: string; en: string }>> = {
	print: { zh: "打印面单", en: "Print a waybill" },
	push: { zh: "推送 ERP", en: "Push to the ERP" },
	view: { zh: "人工查看", en: "A person looks at it" },
	service: { zh: "售后客服", en: "Customer service" },
};
