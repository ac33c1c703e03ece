/** `hub secrets rotate`: brings every secret of a running hub from the old master key to the new one. */
import type { ResealPage } from "../mixins/reseal.ts";
import { type Account, HubClient } from "./hub-client.ts";

const usage = `usage: hub secrets rotate
Encrypts every stored secret anew. Before: start the hub's processes with the new key in HUB_MASTER_KEY and the one of
before in HUB_MASTER_KEY_OLD. May be stopped and run again. HUB_URL, HUB_USER and HUB_PASSWORD say which hub, and who asks.`;

interface State {
	keyId: string;
	oldKeyId: string | null;
	parts: string[];
}

type Sum = Omit<ResealPage, "after">;

/** @returns 0, 1 when secrets of another key are left, 2 for wrong arguments */
export async function secretsCommand(args: string[], account: Account): Promise<number> {
	if (args.length !== 1 || args[0] !== "rotate") {
		console.error(usage);
		return 2;
	}
	const hub = new HubClient(account);
	const { keyId, oldKeyId, parts } = await hub.get<State>("/secrets");
	console.log(`to master key ${keyId}${oldKeyId ? ` from ${oldKeyId}` : "; HUB_MASTER_KEY_OLD is not set"}`);
	let changed = 0;
	for (const part of parts) changed += (await walk(hub, part, true)).changed;
	// Looked at anew: a process that had only the old key may have written one behind us.
	let left = 0;
	for (const part of parts) {
		const { old, unreadable } = await walk(hub, part, false);
		left += old;
		if (old) console.log(`${part}: ${old} left${unreadable.length ? `; no key opens ${unreadable.join(", ")}` : ""}`);
	}
	console.log(`${changed} changed, ${left} of another key left`);
	if (!left && oldKeyId) console.log("HUB_MASTER_KEY_OLD may go");
	return left ? 1 : 0;
}

async function walk(hub: HubClient, part: string, change: boolean): Promise<Sum> {
	const sum: Sum = { documents: 0, changed: 0, old: 0, unreadable: [] };
	for (let after: string | null = ""; after !== null; ) {
		const page: ResealPage = await hub.post("/secrets/rotate", { part, after, change });
		sum.documents += page.documents;
		sum.changed += page.changed;
		sum.old += page.old;
		sum.unreadable.push(...page.unreadable);
		after = page.after;
		console.error(`${part}: ${sum.documents} ${change ? `looked at, ${sum.changed} changed` : "checked"}`);
	}
	return sum;
}
