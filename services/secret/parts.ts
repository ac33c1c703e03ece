/** Services that keep secrets, each with the action `reseal` of mixins/reseal.ts. */
export const parts = ["account", "alert", "audit", "connection", "order", "shop"] as const;
export type Part = (typeof parts)[number];
