/** The name that was probably meant: at most a third of it differs, and no other is as near. Undefined: none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
	const ranked = known
		.map((each) => ({ each, steps: distance(name.toLowerCase(), each.toLowerCase()) }))
		.filter(({ each, steps }) => steps <= Math.max(1, Math.floor(Math.min(each.length, name.length) / 3)))
		.sort((a, b) => a.steps - b.steps);
	const [best, second] = ranked;
	return best && best.steps !== second?.steps ? best.each : undefined;
}

/** Letters to put in, take out, replace or swap with the next. */
function distance(a: string, b: string): number {
	const rows = Array.from({ length: a.length + 1 }, (_, row) =>
		Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
	);
	const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
	for (let row = 1; row <= a.length; row += 1) {
		for (let column = 1; column <= b.length; column += 1) {
			const same = a[row - 1] === b[column - 1];
			const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
			const line = rows[row] ?? [];
			line[column] = Math.min(
				at(row - 1, column) + 1,
				at(row, column - 1) + 1,
				at(row - 1, column - 1) + (same ? 0 : 1),
				swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
			);
		}
	}
	return at(a.length, b.length);
}
