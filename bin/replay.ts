/** `hub replay`: asks a running hub for a dry run over its stored orders, shows the report, and pushes a part of it. */
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Pushed } from "../services/replay/push-differing.ts";
import type { Replay } from "../services/replay/replay.model.ts";
import { type Account, HubClient } from "./hub-client.ts";
import { progressLine, pushedLines, reportOf } from "./replay-report.ts";

const usage = `usage: hub replay --from TIME --to TIME [--platform P] [--shop ID] [--status S]
  what is tried, one of:
    --tab ID                               a tab as it is deployed
    --flows FILE [--flows FILE …]          a tab as it is in files, with the configuration nodes it uses
    --mapping FILE --connection ID [--kind order|change|cancel]
  beside what: --baseline pushed           what ERPs were given
               --baseline ID               a deployed tab; left out: what is deployed
  --push CAUSE    afterwards, bring the orders of that cause to the ERP
hub replay --id REPLAY [--push CAUSE]      a replay of before
HUB_URL, HUB_USER and HUB_PASSWORD say which hub, and who asks. Times as 2026-01-31 or 2026-01-31T08:00:00+08:00.`;

const text = { type: "string" } as const;
const options = {
	from: text,
	to: text,
	platform: text,
	shop: text,
	status: text,
	tab: text,
	flows: { type: "string", multiple: true },
	mapping: text,
	connection: text,
	kind: text,
	baseline: text,
	push: text,
	id: text,
} as const;

type Options = ReturnType<typeof parse>;
const parse = (args: string[]) => parseArgs({ args, options, strict: true }).values;

const lookEveryMs = 1_000;

/** @returns 0, 1 when there are differences or it failed, 2 for wrong arguments */
export async function replayCommand(args: string[], account: Account): Promise<number> {
	let given: Options;
	let wish: object | null;
	try {
		given = parse(args);
		wish = given.id ? null : await wishOf(given);
	} catch (err) {
		console.error(`${(err as Error).message}\n${usage}`);
		return 2;
	}
	const hub = new HubClient(account);
	const id = given.id ?? (await hub.post<Replay>("/replays", wish ?? {}))._id;
	const replay = await ended(hub, id);
	console.log(reportOf(replay));
	if (given.push) return pushAll(hub, id, given.push);
	return replay.state === "DONE" && !replay.different ? 0 : 1;
}

/** What POST /replays takes. @throws Error naming what is missing or contradicts */
async function wishOf({ from, to, platform, shop, status, baseline, ...what }: Options): Promise<object> {
	if (!from || !to) throw new Error("--from and --to are needed");
	const beside = baseline === undefined || baseline === "pushed" ? baseline : { deployed: baseline };
	return {
		from: instant(from),
		to: instant(to),
		...(platform && { platform }),
		...(shop && { shopId: shop }),
		...(status && { status }),
		candidate: await candidateOf(what),
		...(beside && { baseline: beside }),
	};
}

async function candidateOf({ tab, flows, mapping, connection, kind = "order" }: Options): Promise<object> {
	if ([tab, flows, mapping].filter(Boolean).length !== 1)
		throw new Error("one of --tab, --flows and --mapping is needed");
	if (tab) return { deployed: tab };
	if (flows) {
		const files = flows.map(async (file) => JSON.parse(await readFile(file, "utf8")) as object[]);
		return { flows: (await Promise.all(files)).flat() };
	}
	if (!connection) throw new Error("--mapping needs --connection");
	return { mapping: { expression: await readFile(mapping ?? "", "utf8"), kind, connectionId: connection } };
}

/** A day begins at midnight in China. */
const instant = (text: string): string => (/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00+08:00` : text);

async function ended(hub: HubClient, id: string): Promise<Replay> {
	for (;;) {
		const replay = await hub.get<Replay>(`/replays/${encodeURIComponent(id)}`);
		if (replay.state !== "RUNNING") return replay;
		console.error(progressLine(replay));
		await pause(lookEveryMs);
	}
}

async function pushAll(hub: HubClient, id: string, cause: string): Promise<number> {
	let done = 0;
	let failed = 0;
	for (let after: string | null = ""; after !== null; ) {
		const pushed: Pushed = await hub.post(`/replays/${encodeURIComponent(id)}/push`, {
			cause,
			...(after && { after }),
		});
		done += pushed.done;
		failed += pushed.failed;
		after = pushed.after;
		for (const line of pushedLines(pushed)) console.log(line);
	}
	console.log(`${done} offered to the flows, ${failed} not`);
	return failed ? 1 : 0;
}
