import { counted, type Figure, figure } from "../../mixins/figure.ts";
import { ParkedModel } from "./parked.model.ts";
import type { EventTransport } from "./transport.ts";

export async function eventFigures(transport: EventTransport): Promise<Figure[]> {
	const [waiting, parked] = await Promise.all([
		transport.backlog(),
		ParkedModel.aggregate([
			{ $match: { state: "PARKED" } },
			{ $group: { _id: { source: "$source" }, count: { $sum: 1 } } },
		]),
	]);
	return [
		figure(
			"hub_consumer_backlog",
			"Events that a consumer has not acknowledged yet",
			waiting.map(({ consumer, count }) => ({ labels: { consumer }, value: count })),
		),
		figure(
			"hub_parked",
			"Records and events put aside for a person, by whoever could not handle them",
			counted(parked),
		),
	];
}
