/** `hub audit verify`: whether a running hub's audit is whole. */
import { parseArgs } from "node:util";
import type { ChainPage } from "../services/audit/chain.ts";
import { type Account, HubClient } from "./hub-client.ts";

const usage = `usage: hub audit verify [--head SEQ:MAC]
Finds rows of the audit that were changed or removed. Note the head it prints, outside of the hub: given with --head
later, it also tells whether rows were cut off at the end. HUB_URL, HUB_USER and HUB_PASSWORD say which hub, and who asks.`;

type Answer = ChainPage & { noted?: boolean };

/** @returns 0, 1 when the audit is not whole, 2 for wrong arguments */
export async function auditCommand(args: string[], account: Account): Promise<number> {
	let noted: string | undefined;
	try {
		const { values, positionals } = parseArgs({ args, options: { head: { type: "string" } }, allowPositionals: true });
		if (positionals.join() !== "verify") throw new Error("what?");
		noted = values.head;
	} catch {
		console.error(usage);
		return 2;
	}
	const hub = new HubClient(account);
	const noteQuery = noted === undefined ? "" : `&noted=${encodeURIComponent(noted)}`;
	let page: Answer = await hub.get(`/audit/verify?after=0${noteQuery}`);
	let rows = page.rows;
	let whole = page.noted !== false;
	if (!whole) console.log(`head ${noted} is gone: rows were cut off or made anew`);
	for (;;) {
		for (const { seq, why } of page.broken) console.log(`row ${seq} ${why}`);
		whole &&= page.broken.length === 0;
		if (!page.more) break;
		const { seq, mac } = page.head;
		page = await hub.get(`/audit/verify?after=${seq}&mac=${mac}`);
		rows += page.rows;
	}
	console.log(`${rows} rows, ${whole ? "whole" : "NOT whole"}; head ${page.head.seq}:${page.head.mac}`);
	return whole ? 0 : 1;
}
