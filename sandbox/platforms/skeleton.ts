import type { FaultName } from "../faults.ts";
import type { PlatformSimulator } from "./platform.ts";
import type { Shops } from "./shops.ts";

/** What every platform expresses in its own protocol. */
const faults: readonly FaultName[] = [
	"rate-limit",
	"expired-token",
	"business-error",
	"page-shift",
	"repeat-pages",
	"late-page",
	"unknown-status",
];

/** Paths as the platform itself has them: "/router/rest". Absent: the API is at the root; there is no such page, no such server. */
interface Paths {
	gateway?: string;
	auth?: string;
	messages?: string;
}

/** The part of a simulator that is alike everywhere. `memories`: what forgets at a reset. */
export function skeleton(
	name: string,
	{ gateway = "", auth, messages }: Paths,
	shops: Shops,
	memories: readonly { reset(): void }[],
): Omit<PlatformSimulator, "handle" | "messages" | "connect"> {
	return {
		name,
		faults,
		gatewayPath: `/${name}${gateway}`,
		authPath: auth ? `/${name}${auth}` : "",
		messagePath: messages ? `/${name}${messages}` : "",
		shops,
		reset() {
			for (const memory of memories) memory.reset();
		},
	};
}
