/** Further settings of a connection, typed as `name = value`, one a line. Pure. */
export function linesOf(settings: Readonly<Record<string, string>>, without: readonly string[]): string {
	return Object.entries(settings)
		.filter(([name]) => !without.includes(name))
		.map(([name, value]) => `${name} = ${value}`)
		.join("\n");
}

/** Null: a line is none. What is after the first "=" is the value, as it is. */
export function settingsOf(text: string): Record<string, string> | null {
	const settings: Record<string, string> = {};
	for (const line of text.split("\n")) {
		if (!line.trim()) continue;
		const [, name, value] = /^\s*([A-Za-z][A-Za-z0-9]{0,39})\s*=\s*(.*?)\s*$/.exec(line) ?? [];
		if (name === undefined || value === undefined) return null;
		settings[name] = value;
	}
	return settings;
}

/** Of these fields, what was filled in. */
export const filled = (values: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
	Object.fromEntries(names.flatMap((name) => (values[name] ? [[name, values[name]]] : [])));
