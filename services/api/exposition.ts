/**
 * Several texts as one: all samples of a name must stand together, under one HELP and TYPE.
 * Source: Prometheus text exposition format 0.0.4.
 */
export function merged(texts: readonly string[]): string {
	const families = new Map<string, { head: string[]; samples: string[] }>();
	for (const block of texts.flatMap((text) => text.split(/^(?=# HELP )/m))) {
		const lines = block.split("\n").filter(Boolean);
		const head = lines.filter((line) => line.startsWith("# "));
		const name = head[0]?.split(" ")[2];
		if (name === undefined) continue;
		const family = families.get(name) ?? { head, samples: [] };
		family.samples.push(...lines.filter((line) => !line.startsWith("# ")));
		families.set(name, family);
	}
	return [...families.values()].flatMap(({ head, samples }) => [...head, ...samples, ""]).join("\n");
}
