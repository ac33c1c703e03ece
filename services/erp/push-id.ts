import type { PushKind } from "./driver.ts";

/** `ref`: the order's id, or the after-sale's. */
export const pushIdOf = (connectionId: string, kind: PushKind, ref: string, revision = 1): string =>
	`${connectionId}:${kind}:${ref}${revision > 1 ? `:${revision}` : ""}`;
