/** A place where two values differ, as in `items[0].qty`; "" is the value itself. `undefined`: nothing is there. */
export interface Difference {
	at: string;
	expected: unknown;
	actual: unknown;
}

/**
 * In what `actual` differs from `expected`. Lists must be of one length. With `partial`, objects may have more keys than
 * expected.
 */
export function differences(expected: unknown, actual: unknown, partial = false, at = ""): Difference[] {
	if (Array.isArray(expected) && Array.isArray(actual)) {
		const [wanted, got] = [expected.length, actual.length];
		const length = wanted === got ? [] : [{ at: `${at}.length`, expected: wanted, actual: got }];
		return [...length, ...expected.flatMap((each, i) => differences(each, actual[i], partial, `${at}[${i}]`))];
	}
	if (isObject(expected) && isObject(actual)) {
		const keys = new Set([...Object.keys(expected), ...(partial ? [] : Object.keys(actual))]);
		return [...keys].flatMap((key) => differences(expected[key], actual[key], partial, at ? `${at}.${key}` : key));
	}
	return Object.is(expected, actual) ? [] : [{ at, expected, actual }];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** In one line: `items[0].qty: expected 2, got 1`. */
export const differenceLine = ({ at, expected, actual }: Difference): string =>
	`${at || "(all)"}: expected ${text(expected)}, got ${text(actual)}`;

const text = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));
