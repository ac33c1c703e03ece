/** MongoDB operators in the place of texts: in every text of every route once. */
import { addressOf, compose, json, type Malformed, ownParams, type Target } from "./request.ts";
import { operators, withOperators } from "./values.ts";

/** All else in them fits. In the body of a write; of a read as `field[$gt]=` in the query. */
export function operatorRequests(targets: readonly Target[], authorization: (at: number) => string): Malformed[] {
	return targets.flatMap((target, at) => {
		const { method, path: pattern } = target.route;
		const headers = [authorization(at), json];
		return withOperators(ownParams(target), operators[at % operators.length] ?? {}).map((variant) => {
			const parts =
				method === "GET"
					? { path: `${addressOf(target)}?${bracketed(variant)}` }
					: { path: addressOf(target), body: JSON.stringify(variant) };
			return { kind: `operator ${method} ${pattern}`, bytes: compose({ method, headers, ...parts }) };
		});
	});
}

const bracketed = (value: Record<string, unknown>): string =>
	Object.entries(value)
		.map(([name, each]) => {
			const [operator = "", operand = ""] = each && typeof each === "object" ? (Object.entries(each)[0] ?? []) : [];
			const field = operator ? `${name}[${operator}]` : name;
			return `${encodeURIComponent(field)}=${encodeURIComponent(String(operator ? operand : each))}`;
		})
		.join("&");
