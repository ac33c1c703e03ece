/** The story of an after-sale. It is made of the events themselves: what was announced is what is shown. */
import type { HubEvent } from "../../mixins/event.ts";
import { insertMissing } from "../../mixins/insert-missing.ts";
import type { ShopScope } from "../shop/scope.ts";
import { getAftersale } from "./list.ts";
import { type AftersaleEntry, AftersaleTimelineModel } from "./timeline.model.ts";

function entryOf({ id, subject, at, traceId, body }: HubEvent): AftersaleEntry {
	const { aftersaleId, orderId, version, by, change } = body as unknown as AftersaleEntry;
	const what = subject.replace(/^hub\./, "");
	return { _id: id, aftersaleId, orderId, version, at: new Date(at), what, by, change, traceId };
}

/** Written before the events go out; a repeat finds its rows there. */
export const keepTimeline = (events: HubEvent[]): Promise<void> =>
	insertMissing(AftersaleTimelineModel, events.map(entryOf));

/** Oldest first. @throws NOT_FOUND */
export async function aftersaleTimeline(id: string, scope: ShopScope): Promise<{ items: AftersaleEntry[] }> {
	await getAftersale(id, scope);
	const items = await AftersaleTimelineModel.find({ aftersaleId: id })
		.sort({ version: 1 })
		.limit(1_000)
		.lean<AftersaleEntry[]>();
	return { items };
}
