/** What must hold of flows before they are kept in a repository. Pure. */
import type { FlowNode } from "./flow-files.ts";

/** One line each, naming the node; never the value. */
export function flowProblems(flows: readonly FlowNode[]): string[] {
	const byId = Map.groupBy(flows, ({ id }) => id);
	return flows.flatMap((node) => {
		const at = `${node.type} ${node.id}`;
		if (typeof node.id !== "string" || !node.id || typeof node.type !== "string" || !node.type)
			return [`a node without id or type${node.z ? ` on ${node.z}` : ""}`];
		const home = node.z === undefined ? undefined : byId.get(node.z)?.[0];
		return [
			...(byId.get(node.id)?.[0] !== node ? [`${at}: the id is taken already`] : []),
			...(node.z !== undefined && home?.type !== "tab" && home?.type !== "subflow" ? [`${at}: no tab ${node.z}`] : []),
			...wiredTo(node)
				.filter((id) => byId.get(id)?.[0]?.z !== node.z)
				.map((id) => `${at}: wired to ${id}, which is not on its tab`),
			...secretsIn(node).map((place) => `${at}: ${place} looks like a secret`),
		];
	});
}

const wiredTo = ({ wires }: FlowNode): string[] => (Array.isArray(wires) ? (wires.flat() as string[]) : []);

const secretName = /secret|passw|token|api_?key|private_?key|credential|authorization/i;
const secretValue = [
	/-----BEGIN [A-Z ]*PRIVATE KEY/,
	/\b(Bearer|Basic) [\w+/=.-]{8,}/,
	/\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/, // a JWT
	/:\/\/[^\s/:@]+:[^\s/@]+@/, // a user and a password in an address
];

/** Places, as in `headers[0].value`. */
function secretsIn(value: unknown, at = ""): string[] {
	if (typeof value === "string") return value && isSecret(at, value) ? [at] : [];
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, part]) =>
		secretsIn(part, Array.isArray(value) ? `${at}[${key}]` : [at, key].filter(Boolean).join(".")),
	);
}

function isSecret(place: string, value: string): boolean {
	const key = place.split(".").at(-1) ?? "";
	return place.startsWith("credentials") || secretName.test(key) || secretValue.some((rule) => rule.test(value));
}
