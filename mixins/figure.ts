/** How things stand, as the service that knows it counts when asked. In the gateway's /metrics it is a gauge. */
export interface Figure {
	name: string; // hub_…
	help: string;
	/** No label takes values without bound, and none tells of a person: an order's id is neither. */
	samples: { labels: Record<string, string>; value: number }[];
}

export const figure = (name: string, help: string, samples: Figure["samples"]): Figure => ({ name, help, samples });

/** Of rows as `$group` gives them, `_id` holding the labels. */
export const counted = (rows: readonly { _id: Record<string, string | null>; count: number }[]): Figure["samples"] =>
	rows.map(({ _id, count: value }) => ({
		labels: Object.fromEntries(Object.entries(_id).map(([label, text]) => [label, text ?? ""])),
		value,
	}));
