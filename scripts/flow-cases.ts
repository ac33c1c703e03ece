/** Golden cases of flows: what stands in their files, and what they say about a tab. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type Difference, differences } from "../nodes/jsonata-map/case-diff.ts";
import { type FlowNode, fromFiles, isFlowFile } from "../services/editor/flow-files.ts";
import type { FlowRunner, Happened } from "../services/replay/rig/flow-runner.ts";
import type { Situation } from "../services/replay/rig/stand-ins.ts";

/** What one case says: what happens, and what the flow shall do about it. */
export interface FlowCase {
	name: string;
	subject?: string; // of the event; the suite's when not given
	press?: string; // the id of the inject node that begins the flow, in place of an event
	at?: string; // what the clock of that node says; now when not given
	order?: Record<string, unknown>; // put over the suite's `base`
	aftersale?: Record<string, unknown>; // put over the suite's, in events of after-sales
	body?: Record<string, unknown>; // what the event says beside the order and the after-sale
	push?: Record<string, unknown>; // what erp.push answers; OK when not given
	answers?: Record<string, unknown>; // what other actions answer: {"order.list": {…}}, or a refusal {error, detail}
	attempt?: number; // 8 is the last
	expect: {
		pushes?: unknown[]; // the params of erp.push; none when not given. Of objects what is named here
		calls?: { action: string; params?: object }[]; // of the actions that change something; none when not given
		settled: Happened["settled"];
		reason?: string; // why it failed or was parked, or a part of that
	};
}

/** flows/<tab>.cases.json, and flows/examples/<name>.cases.json of nodes/examples/<name>.json */
export interface FlowCases {
	subject: string;
	base: Situation["order"]; // null: the events are of no order
	aftersale?: Situation["aftersale"]; // in events of after-sales
	settings: Record<string, string>; // of the ERP connection
	cases: FlowCase[];
}

/** A tab and its cases. */
export interface Suite {
	file: string; // where the cases stand
	tab: FlowNode[];
	tabId: string;
	suite: FlowCases;
}

const root = path.resolve(import.meta.dirname, "..");
const read = (...parts: string[]): Promise<string> => readFile(path.resolve(root, ...parts), "utf8");

/** What all tabs share. */
const shared = "global.json";
/** It works in a browser only: test/dashboard.test.ts looks at it. */
const forBrowsers = "dashboard.json";

/**
 * The tabs of the repository with their cases, those of the Examples menu too, and what they share; or those of another
 * folder that have cases. A tab that is shipped switched off is tried as it is once switched on.
 * @throws Error for a tab of the repository without cases
 */
export async function readSuites(other?: string): Promise<{ suites: Suite[]; common: FlowNode[] }> {
	if (other) return readOther(other);
	const ofFolder = async (folder: string, casesFolder: string): Promise<Suite[]> => {
		const names = (await readdir(path.join(root, folder))).filter(isFlowFile);
		const tabs = names.filter((name) => name !== shared && name !== forBrowsers);
		return Promise.all(tabs.map((name) => readSuite(folder, name, casesFolder)));
	};
	const common = fromFiles(new Map([[shared, await read("flows", shared)]]));
	const suites = [...(await ofFolder("flows", "flows")), ...(await ofFolder("nodes/examples", "flows/examples"))];
	return { suites, common };
}

async function readOther(folder: string): Promise<{ suites: Suite[]; common: FlowNode[] }> {
	const names = await readdir(folder);
	const tabs = names.filter((name) => names.includes(name.replace(/\.json$/, ".cases.json")));
	const common = names.includes(shared) ? fromFiles(new Map([[shared, await read(folder, shared)]])) : [];
	return { suites: await Promise.all(tabs.map((name) => readSuite(folder, name, folder))), common };
}

async function readSuite(folder: string, name: string, casesFolder: string): Promise<Suite> {
	const file = `${casesFolder}/${name.replace(/\.json$/, ".cases.json")}`;
	const tab = fromFiles(new Map([[name, await read(folder, name)]])).map((node) =>
		node.type === "tab" ? { ...node, disabled: false } : node,
	);
	const tabId = tab.find(({ type }) => type === "tab")?.id;
	if (tabId === undefined) throw new Error(`${folder}/${name} has no tab`);
	return { file, tab, tabId, suite: JSON.parse(await read(file)) as FlowCases };
}

/** Reads change nothing, and pushes are told by themselves. */
const isDeed = ({ action }: { action: string }): boolean => !/\.(get|list)$/.test(action) && action !== "erp.push";

/** @returns in what the flow did otherwise than the case says */
export async function runCase(runner: FlowRunner, { tabId, suite }: Suite, each: FlowCase): Promise<Difference[]> {
	const { subject = suite.subject, press, at, body, answers, attempt = 1, expect } = each;
	const situation: Situation = {
		subject,
		order: suite.base && { ...suite.base, ...each.order },
		aftersale:
			suite.aftersale && subject.startsWith("hub.aftersale.") ? { ...suite.aftersale, ...each.aftersale } : null,
		push: each.push ?? { pushId: "case", state: "OK", docNo: "E1", reason: "" },
		attempt,
		...(body && { body }),
		...(answers && { answers }),
	};
	const happened = press
		? await runner.press(press, at ? new Date(at) : new Date(), situation)
		: await runner.run(tabId, situation);
	const wanted = { pushes: [], calls: [], ...expect };
	const reason = happened.reason.includes(expect.reason ?? "") ? expect.reason : happened.reason;
	return differences(wanted, { ...happened, calls: happened.calls.filter(isDeed), reason }, true);
}
