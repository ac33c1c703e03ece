import { randomUUID } from "node:crypto";
import { header, type Received } from "../../target.ts";

/** Signed-in sessions. They end with the process, after a while without calls, and whenever a fault wants it. */
export class Sessions {
	readonly #lastUsedMs = new Map<string, number>();
	readonly #idleMs = 20 * 60_000;

	open(nowMs: number): string {
		const id = randomUUID();
		this.#lastUsedMs.set(id, nowMs);
		return id;
	}

	/** Whether the call's session is alive. */
	use(request: Received, nowMs: number): boolean {
		const id = idIn(request);
		const lastMs = this.#lastUsedMs.get(id);
		if (lastMs === undefined || nowMs - lastMs > this.#idleMs) return false;
		this.#lastUsedMs.set(id, nowMs);
		return true;
	}

	end(request: Received): void {
		this.#lastUsedMs.delete(idIn(request));
	}
}

const idIn = (request: Received): string =>
	/(?:^|;\s*)kdservice-sessionid=([^;]+)/.exec(header(request, "cookie"))?.[1] ?? "";
