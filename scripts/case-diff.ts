/**
 * In what `actual` differs from `expected`, one line each: `items[0].qty: expected 2, got 1`. Lists must be of one
 * length. With `partial`, objects may have more keys than expected.
 */
export function differences(expected: unknown, actual: unknown, partial = false, at = ""): string[] {
	if (Array.isArray(expected) && Array.isArray(actual)) {
		const length = expected.length === actual.length ? [] : [line(`${at}.length`, expected.length, actual.length)];
		return [...length, ...expected.flatMap((each, i) => differences(each, actual[i], partial, `${at}[${i}]`))];
	}
	if (isObject(expected) && isObject(actual)) {
		const keys = new Set([...Object.keys(expected), ...(partial ? [] : Object.keys(actual))]);
		return [...keys].flatMap((key) => differences(expected[key], actual[key], partial, at ? `${at}.${key}` : key));
	}
	return Object.is(expected, actual) ? [] : [line(at, expected, actual)];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

const text = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));
const line = (at: string, expected: unknown, actual: unknown): string =>
	`${at || "(all)"}: expected ${text(expected)}, got ${text(actual)}`;
